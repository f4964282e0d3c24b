import type { Cover, CoverOptions, Segment } from '../series/cover'
import { floorTo, type Tier, tierMs } from '../time'

/** Behind its end, up to how far a cover is read in no coarser steps than these; coarsest first. */
const rungs: readonly (readonly [tier: Tier, reachMs: number])[] = [
  ['6h', tierMs['1d']],
  ['1h', tierMs['6h']],
  ['15m', tierMs['1h']],
  ['5m', tierMs['15m']],
  ['1m', tierMs['5m']],
]

/**
 * The same window in finer steps towards its end, where they are kept: the start of the bucket that something was last
 * seen in is then about as old as it is itself, also right after a full hour or day. At most 60 buckets more.
 */
export function sharpEnd({ window, segments }: Cover, keptFrom: CoverOptions['keptFrom']): Cover {
  const split = (segment: Segment): readonly Segment[] => {
    const { tier, from, to } = segment
    const rung = rungs.find(([finer]) => tierMs[finer] < tierMs[tier])
    if (!rung) return [segment]
    const [finer, reachMs] = rung
    const at = Math.max(from, floorTo(window.to - reachMs, tierMs[tier]))
    if (at >= to || at < (keptFrom[finer] ?? Number.NEGATIVE_INFINITY)) return [segment]
    return [...(from < at ? [{ tier, from, to: at }] : []), ...split({ tier: finer, from: at, to })]
  }
  return { window, segments: segments.flatMap(split) }
}
