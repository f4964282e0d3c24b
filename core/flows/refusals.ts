import { edgeId, type FusedEdge } from '../witness/fused-edge'
import type { Refusal } from '../services/service-detail'
import type { Verdict } from '../verdict'

const refused = ['denied', 'error', 'audited'] as const satisfies readonly Verdict[]

/** More causes than this are not listed. */
const maxRefusals = 100

/**
 * What did not get through, grouped by cause: per edge, verdict and the source's own reason, most first.
 * Numbers are those of the edge's verdicts (core/witness/fuse.ts), in the proportion in which the reasons were counted.
 * O(rows of the edges).
 */
export function refusalsOf(
  ...sides: readonly (readonly (FusedEdge & { readonly direction: Refusal['direction'] })[])[]
): readonly Refusal[] {
  return sides
    .flat()
    .flatMap(({ worldEdge, tally, direction }) =>
      refused.flatMap((verdict) => {
        const total = tally.verdicts[verdict] ?? 0
        if (total === 0) return []
        return [...reasonsOf(worldEdge.rows, verdict, total)].map(([reason, events]) => ({
          edge: edgeId(worldEdge),
          other: direction === 'incoming' ? worldEdge.edge.from : worldEdge.edge.to,
          direction,
          port: worldEdge.edge.port,
          verdict,
          reason,
          events,
        }))
      }),
    )
    .sort((a, b) => b.events - a.events || (a.edge < b.edge ? -1 : 1))
    .slice(0, maxRefusals)
}

function reasonsOf(rows: FusedEdge['worldEdge']['rows'], verdict: Verdict, total: number): Map<string, number> {
  const reasons = new Map<string, number>()
  let seen = 0
  for (const { facet, flows, requests } of rows) {
    const n = flows ?? requests ?? 0
    if (facet.verdict !== verdict || n === 0) continue
    seen += n
    reasons.set(facet.reason, (reasons.get(facet.reason) ?? 0) + n)
  }
  if (seen === 0) return new Map([['', total]])
  for (const [reason, n] of reasons) reasons.set(reason, Math.max(1, Math.round((n * total) / seen)))
  return reasons
}
