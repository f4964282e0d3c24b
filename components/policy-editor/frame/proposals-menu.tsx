'use client'

import { useState } from 'react'
import type { Proposals } from '@/core/policy/edit/proposal'
import { plural } from '../../format'
import { StatusMark } from '../../status-mark'
import { Popover } from '../../ui/popover'

type Props = {
  proposals: Proposals['proposals']
  chosen: string | null
  onChoose: (key: string) => void
}

/** The edits that do what was wished, best first. The chosen one is in the editor. */
export function ProposalsMenu({ proposals, chosen, onChoose }: Props) {
  const [open, setOpen] = useState(false)
  const at = proposals.findIndex(({ key }) => key === chosen)
  return (
    <Popover
      label="Ways to do it"
      trigger={`Way ${at + 1} of ${proposals.length}`}
      open={open}
      onOpenChange={setOpen}
      className="w-120 max-w-[90vw] p-1"
    >
      <ol aria-label="Ways to do it">
        {proposals.map((proposal, i) => (
          <li key={proposal.key}>
            <button
              type="button"
              aria-pressed={proposal.key === chosen}
              onClick={() => {
                setOpen(false)
                onChoose(proposal.key)
              }}
              className="flex w-full flex-col gap-1 rounded-sm px-2.5 py-2 text-left hover:bg-hover focus-visible:bg-hover focus-visible:-outline-offset-2 aria-pressed:bg-hover"
            >
              <span>
                {proposal.sentence} {i === 0 && <span className="text-xs text-fg-3">smallest</span>}
              </span>
              <span className="text-xs text-fg-2">{othersWords(proposal)}</span>
              {proposal.cautions.map((caution) => (
                <span key={caution} className="text-xs">
                  <StatusMark status="warn" label="Know before:" /> {caution}
                </span>
              ))}
            </button>
          </li>
        ))}
      </ol>
    </Popover>
  )
}

/** Who else is touched by an edit, in a sentence. */
export function othersWords({ othersAllowed, othersDenied }: Proposals['proposals'][number]): string {
  if (othersAllowed + othersDenied === 0) return 'Nobody else gains or loses a way.'
  const more = othersAllowed > 0 ? `${plural(othersAllowed, 'other pair')} may talk more than before` : ''
  if (othersDenied === 0) return `${more}.`
  return more
    ? `${more}, ${plural(othersDenied, 'other pair')} less.`
    : `${plural(othersDenied, 'other pair')} may talk less than before.`
}
