import type { Family, View } from '../figures/family'
import type { Reporter } from '../verdict'
import type { Witness } from './witness'

/** What a witness is asked for; null where it cannot know. */
type Figure = (witness: Witness) => number | null

type Order = {
  readonly figure: Figure
  readonly views: readonly (View | null)[]
  readonly families: readonly Family[]
  /** Whether the nearer reporter goes before the better family. */
  readonly reporterFirst: boolean
  /** Whether all count in one unit, so that one that counted much less can be told to see a part only. */
  readonly comparable: boolean
}

/** The nearer to the server, the more of the truth a proxy sees. */
const reporterOrder: readonly Reporter[] = ['destination', 'waypoint', 'source', 'unknown']

/** Destination-side proxy, waypoint, source-side proxy, then responses that the network saw, then spans (which may be sampled). */
const bySpeech = {
  views: ['proxies', 'flows', 'spans', null],
  families: ['istio', 'linkerd', 'als', 'envoy', 'hubble', 'otlp', 'servicegraph'],
  reporterFirst: true,
  comparable: true,
} as const

/** The network sees every connection; proxies only those of their workloads. */
const byWire = {
  views: ['flows', 'proxies', 'spans', null],
  families: ['goldmane', 'hubble', 'obi', 'felix', 'istio', 'linkerd', 'als', 'envoy'],
  reporterFirst: false,
  comparable: false,
} as const

export const orders = {
  requests: { ...bySpeech, figure: (w) => w.requests },
  responses: { ...bySpeech, figure: (w) => w.responses ?? (w.latency ? 0 : null) },
  flows: { ...byWire, figure: (w) => w.flows },
  connections: { ...byWire, figure: (w) => w.connections },
  bytes: { ...byWire, figure: (w) => w.bytes },
} as const satisfies Readonly<Record<string, Order>>

/** A source that told of less than this share of what another told of is passed over: its sums are of a shorter time. */
const enoughCover = 0.9
/** A witness that counted this many times less than another of its kind sees only a part (a callee of which some pods have no proxy). */
const partial = 1.5

/**
 * The best witness of those that know the figure; null where nobody does. Who would have spoken, had
 * its source not been away for a part of the time, is added to `passedOver`. The order of `witnesses`
 * does not matter. O(witnesses).
 */
export function chooseWitness(
  witnesses: readonly Witness[],
  order: Order,
  passedOver: Set<Witness> | null,
): Witness | null {
  const { figure } = order
  let able = 0
  let only: Witness | null = null
  let longest = 0
  for (const witness of witnesses) {
    if (figure(witness) === null) continue
    able++
    only = witness
    longest = Math.max(longest, witness.cover)
  }
  if (able <= 1) return only
  const enough = longest === Infinity ? Infinity : longest * enoughCover
  const chosen = best(witnesses, order, enough)
  if (passedOver && witnesses.some((witness) => figure(witness) !== null && witness.cover < enough)) {
    const first = best(witnesses, order, 0)
    if (first && first !== chosen) passedOver.add(first)
  }
  return chosen
}

function best(witnesses: readonly Witness[], order: Order, enough: number): Witness | null {
  const { figure } = order
  const first = firstOf(witnesses, order, enough, null, 0)
  if (!first?.view || !order.comparable) return first
  let most = 0
  for (const witness of witnesses)
    if (witness.view === first.view && witness.cover >= enough) most = Math.max(most, figure(witness) ?? 0)
  return (figure(first) ?? 0) * partial >= most ? first : firstOf(witnesses, order, enough, first.view, most / partial)
}

/** The first in order of those that told of enough time, and counted at least so much in that view where one is named. */
function firstOf(
  witnesses: readonly Witness[],
  order: Order,
  enough: number,
  view: View | null,
  least: number,
): Witness | null {
  const { figure } = order
  let first: Witness | null = null
  for (const witness of witnesses) {
    const n = figure(witness)
    if (n === null || witness.cover < enough || n < least || (view && witness.view !== view)) continue
    if (!first || before(witness, first, order)) first = witness
  }
  return first
}

/** One that counted nothing speaks only where nobody counted anything. */
function before(a: Witness, b: Witness, { figure, views, families, reporterFirst }: Order): boolean {
  const [countA, countB] = [figure(a) ?? 0, figure(b) ?? 0]
  if (countA > 0 !== countB > 0) return countA > 0
  const view = rank(views, a.view) - rank(views, b.view)
  if (view !== 0) return view < 0
  const family = rank<string>(families, a.type) - rank<string>(families, b.type)
  const reporter = rank(reporterOrder, a.reporter) - rank(reporterOrder, b.reporter)
  if (reporterFirst && reporter !== 0) return reporter < 0
  if (family !== 0) return family < 0
  if (reporter !== 0) return reporter < 0
  if (a.type !== b.type) return a.type < b.type
  return countA === countB ? a.source < b.source : countA > countB
}

function rank<T>(order: readonly T[], value: T): number {
  const at = order.indexOf(value)
  return at < 0 ? order.length : at
}
