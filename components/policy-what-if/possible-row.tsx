'use client'

import type { PossibleChange } from '@/core/policy/what-if/answer'
import { plural } from '../format'
import { EffectRow } from './effect-row'

type Props = { possible: PossibleChange; open: boolean; onToggle: () => void }

const most = 100

/** What may pass now, or may not any more, although nobody used it. */
export function PossibleRow({ possible: { changes, pairs, leftOut }, open, onToggle }: Props) {
  const all = pairs.opened + pairs.closed + pairs.unclear
  const [first] = changes
  const parts = [
    ...(pairs.opened > 0 ? [`${plural(pairs.opened, 'pair')} opened`] : []),
    ...(pairs.closed > 0 ? [`${plural(pairs.closed, 'pair')} closed`] : []),
    ...(pairs.unclear > 0 ? [`${plural(pairs.unclear, 'pair')} left open`] : []),
  ]
  return (
    <EffectRow
      title="What may pass"
      status={pairs.closed > 0 && pairs.opened === 0 ? 'unknown' : 'audit'}
      count={plural(all, 'pair')}
      isEmpty={changes.length === 0}
      summary={<span className="font-sans text-sm">{first?.sentence ?? ''}</span>}
      figure={parts.join(', ')}
      open={open}
      onToggle={onToggle}
    >
      <ul className="flex flex-col gap-0.5 text-sm">
        {changes.slice(0, most).map(({ direction, effect, workload, sentence, alike }) => (
          <li key={`${direction} ${effect} ${workload} ${sentence}`} className="text-fg-2">
            <span className="text-fg">{sentence}</span>
            {alike.length > 0 && ` The same for ${someOf(alike)}.`}
          </li>
        ))}
        {changes.length > most && <li className="text-fg-3">{plural(changes.length - most, 'more sentence')}.</li>}
        {leftOut > 0 && (
          <li className="text-fg-3">
            Of {plural(leftOut, 'more workload')} that this concerns, possible connections are not told.
          </li>
        )}
      </ul>
    </EffectRow>
  )
}

/** `a, b, c and 4 more`. */
export const someOf = (names: readonly string[], most = 5): string =>
  names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ')
