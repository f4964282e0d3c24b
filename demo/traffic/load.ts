import { encodeFlow } from '../hubble-relay/encode'
import type { RelayNodes } from '../hubble-relay/nodes'
import type { Change, Churn } from '../model/churn'
import type { Cluster } from '../model/cluster'
import type { CallSpec } from '../model/types'
import { createEventIds, hashText, logNormal, seededRandom } from '../random'
import { callEvents, edgeKey } from './calls'
import { createParties } from './party'
import { patchTemplate, template, type Template } from './template'
import type { Enforcement } from './enforcement'
import type { Truth } from './truth'

export type LoadOptions = {
  readonly cluster: Cluster
  readonly churn: Churn
  readonly nodes: RelayNodes
  readonly truth: Truth
  readonly seed: number
  readonly start: number
  /** Events per second. */
  readonly rate: number
  readonly enforcement: Enforcement
  readonly onChanges: (changes: readonly Change[], now: number) => void
}

type Edge = { readonly spec: CallSpec; readonly key: string; variants: readonly Template[][] | null; builtAt: number }

const batchMs = 20
/** Templates name pods, so they are built anew now and then, when pods may have been replaced. */
const rebuildMs = 60_000
const variantsPerEdge = 2

/** The load generator: at `rate` events per second, calls are drawn by weight and sent from templates that are patched, not encoded. */
export function createLoad(options: LoadOptions) {
  const { cluster, churn, nodes, truth, rate, enforcement } = options
  const random = seededRandom(hashText('load', options.seed))
  const ids = createEventIds(options.seed, options.start)
  const parties = createParties(cluster)
  const edges = cluster.company.calls.map((spec): Edge => ({
    spec,
    key: edgeKey(cluster, spec),
    variants: null,
    builtAt: 0,
  }))
  const draw = weighted(edges.map((edge) => edge.spec.rate))
  let time = options.start
  let owed = 0

  const build = (edge: Edge, errors: number, at: number): Template[] => {
    const spec = { ...edge.spec, errors }
    return callEvents({ cluster, parties, enforcement }, { spec, key: edge.key, time: at, random, ids }).map((event) =>
      template(event, encodeFlow),
    )
  }
  const variantOf = (edge: Edge, now: number): readonly Template[] => {
    if (!edge.variants || now - edge.builtAt > rebuildMs) {
      edge.variants = Array.from({ length: variantsPerEdge * 2 }, (_, i) =>
        build(edge, i < variantsPerEdge ? 0 : 1, now),
      )
      edge.builtAt = now
    }
    const failed = random() < edge.spec.errors ? variantsPerEdge : 0
    return edge.variants[failed + Math.floor(random() * variantsPerEdge)] ?? []
  }

  const batch = (from: number, to: number): number => {
    owed += (rate * (to - from)) / 1000
    const spacing = (to - from) / Math.max(1, owed)
    let published = 0
    let at = from
    while (owed >= 1) {
      const edge = edges[draw(random())]
      if (!edge) break
      const latency = logNormal(random, edge.spec.p50, edge.spec.p95)
      for (const event of variantOf(edge, from)) {
        nodes.push(event.node, { time: at, data: patchTemplate(event, at, latency, ids) })
        truth.record(at, event.isResponse ? { ...event.note, latency } : event.note)
        at += spacing
        owed--
        published++
      }
    }
    return published
  }

  return {
    paused: false,
    /** Sends what is due until `now`; returns how many events. Deterministic by seed. */
    advance(now: number): number {
      let published = 0
      for (; time + batchMs <= now; time += batchMs) {
        options.onChanges(churn.advance(time + batchMs), time + batchMs)
        if (!this.paused) published += batch(time, time + batchMs)
      }
      if (published) nodes.flush()
      return published
    },
  }
}

/** Draws an index with odds by weight: x in [0, 1) by bisection of the running sum. O(log n). */
function weighted(weights: readonly number[]): (x: number) => number {
  let total = 0
  const sums = Float64Array.from(weights, (weight) => (total += weight))
  return (x) => {
    const wanted = x * total
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) > wanted) high = middle
      else low = middle + 1
    }
    return low
  }
}
