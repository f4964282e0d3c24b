import type { Observation } from '@/core/observation'
import { createCatalog, createRegistry } from './catalog'
import type { FamilyReader, Labels, MetricFamily, Target } from './family'
import { type Entry, type Frame, type TargetGrowth, createFrame, createTargetGrowth } from './growth'
import type { ApiHead } from './api-heads'
import type { ApiSeries } from './parse-json'
import { type Scrapes, targetKey, targetOf } from './targets'

/** The series of one family on a server: collects an answer, then tells what grew. Memory grows with the series. */
export type FamilySeries = {
  add(series: ApiSeries): void
  /** What grew up to a time after `after`, once the whole answer is in. Each scrape of each target is read by itself. */
  take(after: number, scrapes: Scrapes): Observation[]
  /** Forgets series and targets that were not seen since `time`, and an answer that broke off. */
  forget(time: number): void
  /** Whether the target's counters began again since a time; null: it has none of this family. */
  resetSince(key: string, time: number): boolean | null
  /** Values that could not be read since the last call. */
  takeMalformed(): number
  readonly size: number
  readonly targets: number
}

type TargetState = {
  readonly growth: TargetGrowth
  readonly target: Target | null
  frames: Map<number, Frame>
  replica: string | undefined
  resetAt: number
}

type Resolved = { readonly entry: Entry; readonly state: TargetState; readonly replica: string | undefined }

/** One of several servers that scrape the same targets is followed until it is silent for this long. */
const replicaSilentMs = 60_000

export function createFamilySeries(family: MetricFamily, reader: FamilyReader, trustedFrom: number): FamilySeries {
  const catalog = createCatalog([family])
  const registry = createRegistry('')
  const states = new Map<string, TargetState>()
  let resolved = new WeakMap<ApiHead, Resolved>()
  let malformed = 0

  const stateOf = (labels: Labels): TargetState => {
    const key = targetKey(labels)
    const known = states.get(key)
    if (known) return known
    const state: TargetState = {
      growth: createTargetGrowth(trustedFrom),
      target: targetOf(labels),
      frames: new Map(),
      replica: undefined,
      resetAt: Number.NEGATIVE_INFINITY,
    }
    states.set(key, state)
    return state
  }

  const resolve = (head: ApiHead): Resolved | null => {
    const known = resolved.get(head)
    if (known) return known
    const meaning = catalog.get(head.name)
    const { replica, rest } = splitReplica(head.labels)
    const entry = meaning && registry.entry(meaning, rest)
    if (!entry) return null
    const one = { entry, state: stateOf(rest), replica }
    resolved.set(head, one)
    return one
  }

  return {
    get size() {
      return registry.size
    },
    get targets() {
      return states.size
    },
    add({ head, values, histograms }) {
      const found = resolve(head)
      if (!found) {
        malformed++
        return
      }
      const { entry, state, replica } = found
      const newest = values.at(-1)?.time ?? histograms.at(-1)?.time ?? Number.NEGATIVE_INFINITY
      if (!follows(state, replica, newest)) return
      const seen = entry.series.time ?? Number.NEGATIVE_INFINITY
      if (entry.part === 'native') {
        for (const { time, snapshot } of histograms)
          if (time > seen) frameAt(state, time).natives.push({ series: entry.series, snapshot })
        return
      }
      for (const { time, value } of values) {
        if (time <= seen) continue
        const frame = frameAt(state, time)
        frame.entries.push(entry)
        frame.values.push(value)
      }
    },
    take(after, scrapes) {
      const observations: Observation[] = []
      for (const [key, state] of states) {
        if (state.frames.size === 0) continue
        const { growth, target } = state
        const times = [...state.frames.keys()].sort((a, b) => a - b)
        const earlier = growth.last === null ? scrapes.before(key, times[0] ?? 0) : null
        // It was scraped and had nothing to tell: what it tells now is new.
        if (earlier !== null) growth.step(earlier, createFrame())
        for (const time of times) {
          const frame = state.frames.get(time)
          if (!frame) continue
          const grown = growth.step(time, frame)
          malformed += grown.malformed
          if (grown.resets > 0) state.resetAt = time
          if (time <= after || grown.samples.length + grown.histograms.length === 0) continue
          for (const one of reader.read(grown.samples, grown.histograms, target)) observations.push(one)
        }
        state.frames = new Map()
      }
      return observations
    },
    forget(time) {
      let gone = registry.forget(time)
      for (const [key, state] of states) {
        state.frames = new Map()
        if ((state.growth.last ?? time) < time && states.delete(key)) gone = true
      }
      if (gone) resolved = new WeakMap()
    },
    resetSince(key, time) {
      const state = states.get(key)
      return state ? state.resetAt > time : null
    },
    takeMalformed() {
      const n = malformed
      malformed = 0
      return n
    },
  }
}

function frameAt(state: TargetState, time: number): Frame {
  const known = state.frames.get(time)
  if (known) return known
  const frame = createFrame()
  state.frames.set(time, frame)
  return frame
}

function follows(state: TargetState, replica: string | undefined, newest: number): boolean {
  if (state.replica === replica) return true
  const fresh = state.growth.last === null && state.frames.size === 0
  if (!fresh && newest - (state.growth.last ?? newest) < replicaSilentMs) return false
  state.replica = replica
  return true
}

const replicaLabels = ['prometheus_replica', '__replica__']

/** Servers that run in pairs mark their series by one of these; the counter behind both is one. */
function splitReplica(labels: Labels): { readonly replica: string | undefined; readonly rest: Labels } {
  const name = replicaLabels.find((label) => labels[label] !== undefined)
  if (name === undefined) return { replica: undefined, rest: labels }
  const rest: Record<string, string> = Object.create(null)
  for (const label of Object.keys(labels)) if (label !== name) rest[label] = labels[label] ?? ''
  return { replica: labels[name], rest }
}
