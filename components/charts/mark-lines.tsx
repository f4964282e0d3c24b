import type { Mark } from '@/core/marks/mark'
import type { Window } from '@/core/time'
import { formatWhen } from '../format'
import { groupMarks, groupWords } from './mark-groups'

/** Dashed lines at what was changed, for small charts; what a line is of is told on hover. */
export function MarkLines({
  marks,
  window,
  width,
  height,
}: {
  marks: readonly Mark[]
  window: Window
  width: number
  height: number
}) {
  return groupMarks(marks, window, width, 6).map((group) => (
    <g key={group.at}>
      <title>{`${groupWords(group)} ${formatWhen(group.at, 'min')}`}</title>
      <path d={`M${group.x} 0V${height}`} stroke="var(--fg-2)" strokeDasharray="3 3" />
      <path d={`M${group.x} 0V${height}`} stroke="transparent" strokeWidth={9} />
    </g>
  ))
}
