'use client'

import type { Path } from '@/core/policy/edit/path'
import { peerTexts } from '@/core/policy/edit/pick-words'
import type { At, Peer } from '@/core/policy/edit/visual'
import type { Direction } from '@/core/policy/normal-form'
import { useAnnounce } from '../../ui/announcer'
import { IconButton } from '../../ui/button'
import { BreakableText } from './breakable-text'
import { useVisual } from './visual-context'

/** One other end of a rule: its conditions as chips, to change and to take away. */
export function PeerRow({ direction, rule, peer }: { direction: Direction; rule: Path; peer: At<Peer> }) {
  const { ask, edit } = useVisual()
  const announce = useAnnounce()
  const texts = peerTexts(peer.value)
  const spoken = texts.join(', ') || 'any pod of this namespace'
  const remove = () => announce(edit({ edit: 'remove-peer', rule, peer: peer.path }) ?? 'Removed')
  return (
    <div className="group/peer flex items-start gap-1">
      <button
        type="button"
        disabled={peer.value.is === 'other'}
        onClick={() => ask({ ask: 'peer', direction, rule, at: peer.path, peer: peer.value })}
        className="-m-0.5 flex min-h-6 min-w-0 flex-1 flex-wrap gap-1 rounded-sm p-0.5 text-left enabled:hover:bg-hover"
      >
        <span className="sr-only">Change </span>
        {texts.length === 0 && <span className="text-xs text-fg-2">every pod of this namespace</span>}
        {texts.map((text) => (
          <span key={text} className="rounded-sm bg-hover px-1.5 py-px font-mono text-xs wrap-anywhere">
            <BreakableText text={text} />
          </span>
        ))}
      </button>
      <IconButton
        label={`Remove ${spoken}`}
        className="size-6! opacity-0 group-hover/peer:opacity-100 focus-visible:opacity-100"
        onClick={remove}
      >
        ×
      </IconButton>
    </div>
  )
}
