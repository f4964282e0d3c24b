import type { Blame, BlameEnd } from './blame'
import type { Ailment } from './blame-shares'
import { blameSentence } from './blame-words'
import type { Endpoint } from '../endpoint'
import { findBlame } from './blame'
import { callId } from '../findings/context'
import type { FindingOnset, NearChange } from '../findings/finding'
import { nearestChange } from './find-attention'
import { healthRank, judgeEdge } from './health'
import type { Mark } from '../marks/mark'
import { measuresOf } from './measure'
import { onsetsOf } from './onset-steps'
import { selectEdges } from '../graph/selection'
import type { StepRow } from '../series/step-row'
import type { Window } from '../time'
import { type Call, indexTraffic } from '../witness/traffic'
import { storedIds, type World, type WorldEdge } from '../world'

export type WhyHop = {
  /** Id of the edge on the map at level workload. */
  readonly id: string
  readonly from: Endpoint
  readonly to: Endpoint
  /** Of the errors or time that was asked about, 0..1. */
  readonly share: number
}

/** Why a node or edge is unwell: where it begins, and since when. */
export type Why = {
  /** null: neither errors nor latency make it unwell, and all else is null or empty. */
  readonly ailment: Ailment | null
  /** Where it begins, as a sentence; '' where nothing can be said. */
  readonly sentence: string
  readonly hops: readonly WhyHop[]
  readonly end: BlameEnd | null
  readonly exact: boolean
  /** When it began here, and at the last hop. */
  readonly onset: FindingOnset | null
  readonly there: FindingOnset | null
  readonly change: NearChange | null
  readonly changesSeen: boolean
}

/** Before anything is looked up over time. */
export type WhyDraft = {
  readonly blame: Blame | null
  readonly endpoints: readonly string[]
  /** Edges whose steps tell when it began here, and there. */
  readonly own: readonly WorldEdge[]
  readonly there: readonly WorldEdge[]
}

/** Where the trouble of a node or edge of the map begins. O(edges). */
export function draftWhy(world: World, id: string): WhyDraft {
  const { incoming } = selectEdges(world, id)
  const traffic = indexTraffic(world)
  const measures = measuresOf(world)
  const selected = new Set(incoming.map(({ edge }) => edge.id))
  let worst: { call: Call; rank: number; ailment: Ailment } | null = null
  for (const call of traffic.calls) {
    if (!selected.has(call.edge.id)) continue
    const { health, cause } = judgeEdge(call.tally, measures.ofEdge(call, call.l7))
    const ailment = cause === 'latency' ? 'latency' : cause === 'errors' || cause === 'clientErrors' ? 'errors' : null
    const rank = healthRank(health)
    if (ailment && (!worst || rank > worst.rank)) worst = { call, rank, ailment }
  }
  if (!worst) return { blame: null, endpoints: [], own: [], there: [] }
  const blame = findBlame(traffic, worst.call.toKey, worst.ailment)
  const last = blame.hops.at(-1)?.call
  return {
    blame,
    endpoints: [worst.call.toKey, ...blame.hops.map(({ call }) => call.toKey)],
    own: incoming,
    there: last ? [last] : [],
  }
}

export type WhyOverTime = {
  readonly window: Window
  readonly stepMs: number
  readonly rows: readonly StepRow[]
  readonly marks: readonly Mark[]
  readonly changesSeen: boolean
}

export function finishWhy({ blame, endpoints, own, there }: WhyDraft, over: WhyOverTime): Why {
  const nothing = { onset: null, there: null, change: null, changesSeen: over.changesSeen }
  if (!blame) return { ailment: null, sentence: '', hops: [], end: null, exact: true, ...nothing }
  const onset = onsetAmong(own, blame.ailment, over)
  const begun = onsetAmong(there, blame.ailment, over)
  const first = begun ?? onset
  return {
    ailment: blame.ailment,
    sentence: blameSentence(blame),
    hops: blame.hops.map(({ call, share }) => ({ id: callId(call), from: call.edge.from, to: call.edge.to, share })),
    end: blame.end,
    exact: blame.exact,
    onset,
    there: begun,
    change: first && !first.atLeast ? nearestChange(over.marks, endpoints, first.at) : null,
    changesSeen: over.changesSeen,
  }
}

/** Latency speaks where both rose: it is what people feel first, and its levels say more. */
function onsetAmong(edges: readonly WorldEdge[], ailment: Ailment, over: WhyOverTime): FindingOnset | null {
  if (edges.length === 0) return null
  const ids = new Set(edges.flatMap(storedIds))
  const { errors, p95 } = onsetsOf(
    over.rows.filter(({ edgeId }) => ids.has(edgeId)),
    { ...over, limits: { errors: 0.01, p95: null } },
  )
  if (ailment === 'errors' && errors) return { figure: 'errors', ...errors }
  if (p95) return { figure: 'p95', ...p95 }
  return errors && { figure: 'errors', ...errors }
}
