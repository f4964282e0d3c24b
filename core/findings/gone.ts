import { secondsOf } from '../series/covered'
import { endpointKey, endpointType } from '../endpoint'
import { isSilent } from '../series/covered'
import { countWords, rateWords, spanWords } from '../text/words'
import { storedIds, type UsualEdge, type World } from '../world'
import { affectedOf, type Audit } from './context'
import type { Draft } from './finding'

/** Fewer calls than this would have been expected in the window: their absence proves nothing. */
const leastExpected = 50

/** Calls that were there in every part of the past and stopped, by callee. Only where every source looks. */
export const gone: Audit = ({ world, baseline, traffic }) => {
  if (!baseline || baseline.parts < 2 || !allLook(world)) return []
  const here = new Set(world.edges.flatMap(storedIds))
  const missing = new Map<string, UsualEdge[]>()
  const ids = new Map<UsualEdge, number[]>()
  for (const [id, usual] of baseline.edges) ids.set(usual, [...(ids.get(usual) ?? []), id])
  for (const [usual, stored] of ids) {
    const { edge } = usual
    const rate = usual.requestRate ?? usual.flowRate ?? 0
    const expected = rate * secondsOf(world, edge.to.cluster, edge.from.cluster)
    if (usual.parts < baseline.parts || expected < leastExpected || stored.some((id) => here.has(id))) continue
    if (endpointType(edge.from) === 'node' || endpointType(edge.to) === 'node') continue
    const key = endpointKey(edge.to)
    missing.set(key, [...(missing.get(key) ?? []), usual])
  }
  const past = spanWords(baseline.window.to - baseline.window.from)
  return [...missing].map(([key, edges]): Draft => {
    const [first] = edges
    const callee = first?.edge.to.name ?? ''
    const idle = traffic.incoming(key).length === 0
    const rate = edges.reduce((sum, { requestRate, flowRate }) => sum + (requestRate ?? flowRate ?? 0), 0)
    const name =
      edges.length === 1 && first
        ? `${first.edge.from.name} → ${callee}`
        : `${countWords(edges.length, 'caller')} of ${callee}`
    return {
      audit: 'gone',
      severity: 'notice',
      title: idle ? `${callee} has no traffic any more` : `${name} stopped`,
      sentence: `In the ${past} before there were ${rateWords(rate)}; in this time nothing was seen, and every source was there.`,
      subject: idle ? key : first ? endpointKey(first.edge.from) : null,
      endpoints: [key, ...edges.map(({ edge }) => endpointKey(edge.from))],
      affected: edges.map(({ edge }) => affectedOf(edge.from)),
      evidence: [{ figure: 'calls before', value: rateWords(rate), witness: null }],
      watch: null,
      weight: rate,
    }
  })
}

/** Absence is told by those who look. */
const allLook = ({ sources, gaps, window }: World): boolean =>
  sources.every(({ state }) => state === 'running' || state === 'idle') &&
  !gaps.some((gap) => isSilent(gap) && gap.from < window.to && (gap.to ?? Infinity) > window.from)
