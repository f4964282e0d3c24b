'use client'

import { policyName } from '@/core/policy/policy-name'
import { StatusMark } from '../../status-mark'
import { Button } from '../../ui/button'
import { newTabId } from '../state/opened-objects'
import type { Editor } from '../use-editor'
import { alsoDeleted, renamedObjects } from './renamed'

/** Says that an object got another name, so that there will be two, and offers to delete the first as well; nothing where none did. */
export function RenamedNote({ editor: { state, read, act }, className = '' }: { editor: Editor; className?: string }) {
  const renamed = renamedObjects(state.objects, read)
  if (renamed.length === 0) return null
  return (
    <output className={`flex flex-col gap-1 ${className}`}>
      {renamed.map((one) => {
        const before = policyName(one.from.ref)
        return (
          <span key={one.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <StatusMark
              status="warn"
              label={`This creates ${policyName(one.to)} beside ${before}, which stays as it is.`}
              showLabel
            />
            <Button
              size="sm"
              onClick={() => act({ type: 'replaced', objects: alsoDeleted(state.objects, one, newTabId()) })}
            >
              Delete {before} too
            </Button>
          </span>
        )
      })}
    </output>
  )
}
