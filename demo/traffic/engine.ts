import { encodeFlow, encodeLost, lostSource } from '../hubble-relay/encode'
import type { RelayNodes } from '../hubble-relay/nodes'
import { handsOf, type Schedule } from '../incidents/schedule'
import type { Change, Churn } from '../model/churn'
import type { Cluster } from '../model/cluster'
import type { CallSpec } from '../model/types'
import { createEventIds, exponential, hashText, type Random, seededRandom } from '../random'
import { attempt, backgroundEvents, edgeKey } from './calls'
import type { Enforcement } from './enforcement'
import type { Sent } from './exchange'
import { createTimeHeap } from './heap'
import type { Witness } from './made'
import { makeCall } from './make-call'
import { createParties } from './party'
import { namedCall } from './names'
import { rhythm } from './rhythm'
import type { Truth } from './truth'
import { createTelling } from './witnesses'

export type EngineOptions = {
  readonly cluster: Cluster
  readonly churn: Churn
  readonly schedule: Schedule
  readonly nodes: RelayNodes
  readonly truth: Truth
  readonly seed: number
  readonly start: number
  /** Multiplies every call rate. */
  readonly rateScale: number
  readonly enforcement: Enforcement
  readonly onChanges: (changes: readonly Change[], now: number) => void
  /** Told of every call beside the relay's nodes. */
  readonly witnesses?: readonly Witness[]
}

export type Engine = {
  /** Lives the time until `now`; returns how many events became readable. Deterministic by seed. */
  advance(now: number): number
  paused: boolean
}

type Edge = {
  readonly spec: CallSpec
  readonly key: string
  readonly random: Random
  readonly details: Random
  nextAt: number
}

/** Time is lived in steps of this, so that the result does not depend on how often `advance` is called. */
const stepMs = 100

/** The traffic of the company: each call is a Poisson process whose rate follows the rhythm and the incidents. */
export function createEngine(options: EngineOptions): Engine {
  const { cluster, churn, schedule, nodes, truth, seed, rateScale, enforcement } = options
  const parties = createParties(cluster)
  const world = { cluster, parties, enforcement }
  const pending = createTimeHeap<Sent>()
  const ids = createEventIds(seed, options.start)
  const background = seededRandom(hashText('background', seed))
  const edges = new Map<string, Edge>()
  const telling = createTelling([{ made: (call) => truth.recordCall(call) }, ...(options.witnesses ?? [])])
  const lost = new Map<number, { count: number; first: number; last: number }>()
  let time = options.start

  const edgeOf = (spec: CallSpec): Edge => {
    const key = edgeKey(cluster, spec)
    let edge = edges.get(key)
    if (!edge) {
      const random = seededRandom(hashText(key, seed))
      const details = seededRandom(hashText(`${key} details`, seed))
      const nextAt = time + (exponential(random) / (spec.rate * rateScale)) * 1000
      edges.set(key, (edge = { spec, key, random, details, nextAt }))
    }
    return edge
  }

  const changeUntil = (now: number): void =>
    options.onChanges([...churn.advance(now), ...schedule.advance(now, handsOf(churn, now))], now)

  const live = (until: number): number => {
    changeUntil(until)
    const active = schedule.active(until)
    const effects = active.flatMap((incident) => incident.effects)
    for (const spec of [...cluster.company.calls, ...active.flatMap((incident) => incident.calls ?? [])]) {
      const edge = edgeOf(spec)
      if (edge.nextAt < time) edge.nextAt = time
      while (edge.nextAt < until) {
        const effect = effects.find((e) => e.from === spec.from && e.to === spec.to)
        const meant = effect ? { ...spec, ...effect } : spec
        const asked = namedCall(world, meant)
        const call = {
          spec: asked,
          key: asked === meant ? edge.key : edgeKey(cluster, asked),
          time: edge.nextAt,
          random: edge.random,
          ids,
        }
        const made = attempt(world, call)
        if (made) {
          for (const event of made.events) pending.push(event)
          telling.add(makeCall(cluster, call, made, edge.details, telling.contextOf(spec.from, call.time)))
        }
        const rate = spec.rate * rateScale * rhythm(edge.key, edge.nextAt)
        edge.nextAt += (exponential(edge.random) / rate) * 1000
      }
    }
    for (const event of backgroundEvents(cluster, parties, time, until, background, ids)) pending.push(event)
    telling.advance(until)
    return publish(until, new Set(active.flatMap((incident) => incident.lossyNode ?? [])))
  }

  const publish = (until: number, lossy: ReadonlySet<number>): number => {
    let published = 0
    for (let event = pending.popUntil(until); event; event = pending.popUntil(until)) {
      const node = event.node % nodes.rings.length
      if (lossy.has(node)) {
        const before = lost.get(node)
        lost.set(node, { count: (before?.count ?? 0) + 1, first: before?.first ?? event.time, last: event.time })
        continue
      }
      nodes.push(node, { time: event.time, data: encodeFlow(event.flow) })
      truth.record(event.time, event.note)
      published++
    }
    for (const [node, span] of lost) {
      const ring = nodes.rings[node]
      if (lossy.has(node) || !ring) continue
      nodes.push(node, {
        time: until,
        data: encodeLost(ring.node, until, { source: lostSource.observerQueue, ...span }),
      })
      truth.recordLost(until, span.count)
      lost.delete(node)
    }
    return published
  }

  return {
    paused: false,
    advance(now) {
      let published = 0
      for (; time + stepMs <= now; time += stepMs) {
        if (this.paused) {
          changeUntil(time)
          telling.advance(time + stepMs)
        } else published += live(time + stepMs)
      }
      if (published) nodes.flush()
      return published
    },
  }
}
