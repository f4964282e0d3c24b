'use client'

import { useState } from 'react'
import type { LinkRow } from '@/core/links/link'
import { sendJson } from '../api'
import { plural } from '../format'
import { ConfirmDialog } from '../settings/confirm-dialog'
import { useChange } from '../settings/use-change'
import { ActionMenu } from '../ui/action-menu'
import { linkMakers, type LinkMaker } from './link-makers'

/** Takes back everything that one person shared. */
export function DeleteLinks({ links }: { links: readonly LinkRow[] }) {
  const [of, setOf] = useState<LinkMaker | null>(null)
  const makers = linkMakers(links)
  if (makers.length === 0 && of === null) return null
  return (
    <>
      <ActionMenu
        label="Delete all links of a person"
        actions={makers.map((maker) => ({ label: wordsOf(maker), run: () => setOf(maker) }))}
      >
        ⋯
      </ActionMenu>
      {of && <Confirm of={of} onClose={() => setOf(null)} />}
    </>
  )
}

const wordsOf = ({ name, count }: LinkMaker) => `Delete ${plural(count, 'link')} of ${name}`

function Confirm({ of, onClose }: { of: LinkMaker; onClose: () => void }) {
  const { change, busy, problem } = useChange({
    run: () => sendJson<{ deleted: number }>('DELETE', `links/of/${of.account}`),
    done: ({ deleted }) => `${plural(deleted, 'link')} of ${of.name} deleted`,
    forget: ['links'],
    after: onClose,
  })
  return (
    <ConfirmDialog
      title={`${wordsOf(of)}?`}
      action="Delete all"
      busy={busy}
      problem={problem}
      onConfirm={() => change(undefined)}
      onClose={onClose}
    >
      <p>Their addresses lead nowhere from then on, and what frozen ones keep is deleted. This cannot be undone.</p>
    </ConfirmDialog>
  )
}
