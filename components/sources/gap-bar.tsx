import type { SourceGap } from '@/core/world'
import { formatTime, plural } from '../format'

type Props = { gaps: readonly SourceGap[]; from: number; to: number }

/** Where gaps lie in a span, as parts of its width 0..1, at least a hair wide; those outside are left out. */
export function gapParts(
  gaps: readonly SourceGap[],
  from: number,
  to: number,
): { start: number; width: number; gap: SourceGap }[] {
  const length = to - from
  return gaps.flatMap((gap) => {
    const start = Math.max(from, gap.from)
    const end = Math.min(to, gap.to ?? to)
    if (end < start || start >= to || end <= from) return []
    const width = Math.max((end - start) / length, 0.004)
    return [{ start: Math.min((start - from) / length, 1 - width), width, gap }]
  })
}

/** A span of time with its gaps hatched. The list beside it says the same in words. */
export function GapBar({ gaps, from, to }: Props) {
  const parts = gapParts(gaps, from, to)
  const label = `${formatTime(from, 'min')} to now: ${parts.length === 0 ? 'no gaps' : plural(parts.length, 'gap')}`
  return (
    <div>
      <svg role="img" aria-label={label} width="100%" height="10" className="block rounded-sm bg-hover">
        <defs>
          <pattern id="gap-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="5" height="5" fill="var(--canvas)" />
            <path d="M0 0V5" stroke="var(--warn)" strokeWidth="3" />
          </pattern>
        </defs>
        {parts.map(({ start, width, gap }) => (
          <rect
            key={`${gap.from} ${gap.part} ${gap.cause}`}
            x={`${start * 100}%`}
            width={`${width * 100}%`}
            height="10"
            fill="url(#gap-hatch)"
          />
        ))}
      </svg>
      <div className="flex justify-between pt-1 text-2xs text-fg-3" aria-hidden="true">
        <span>{formatTime(from, 'min')}</span>
        <span>now</span>
      </div>
    </div>
  )
}
