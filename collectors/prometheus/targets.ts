import { clean } from '@/collectors/kit/text'
import type { Gap } from '@/core/observation'
import type { Labels, Target } from './family'
import type { ApiSeries } from './parse-json'

/** Names a scraped target among all that a server scrapes. */
export const targetKey = (labels: Labels): string =>
  `${labels.cluster ?? ''}\u0000${labels.job ?? ''}\u0000${labels.instance ?? ''}`

/** What the labels that scraping adds say of the target; null where they say nothing. */
export function targetOf(labels: Labels): Target | null {
  const namespace = labels.namespace ?? labels.kubernetes_namespace ?? labels.k8s_namespace_name
  const pod = labels.pod ?? labels.kubernetes_pod_name ?? labels.pod_name ?? labels.k8s_pod_name
  const node = labels.node ?? labels.kubernetes_node ?? labels.k8s_node_name
  if (namespace === undefined && pod === undefined && node === undefined) return null
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(pod === undefined ? {} : { pod }),
    ...(node === undefined ? {} : { node }),
  }
}

/** Scrapes of each target as `up` tells them. Holds the newest few of each; O(targets). */
export type Scrapes = {
  add(up: ApiSeries): void
  /** When the target was last scraped with success before `time`; null where that is not known. */
  before(key: string, time: number): number | null
  /** Gaps that began or ended since the last call. `resetSince`: null for a target that carries nothing of ours. */
  take(now: number, resetSince: (key: string, time: number) => boolean | null): Gap[]
  /** Ends what is open. */
  close(now: number): Gap[]
  readonly down: number
}

type State = {
  readonly part: string
  /** Of scrapes that succeeded, ascending. */
  times: number[]
  newest: number
  /** Scrapes that failed since the last one that did not. */
  failed: number
  gapFrom: number | null
}

const keptTimes = 32
/** One failed scrape loses nothing: the next one tells the growth of both. */
const minFailed = 2
/** A target that is told of no more for this long was taken away. */
const forgetMs = 5 * 60_000

export function createScrapes(cluster: string): Scrapes {
  const states = new Map<string, State>()
  const gap = (part: string, from: number, to: number | null): Gap => ({
    cluster,
    from,
    to,
    cause: 'source_down',
    lost: null,
    part,
  })

  return {
    get down() {
      let n = 0
      for (const { gapFrom } of states.values()) if (gapFrom !== null) n++
      return n
    },
    add({ head: { labels }, values }) {
      const key = targetKey(labels)
      const state = states.get(key) ?? {
        part: partOf(labels),
        times: [],
        newest: Number.NEGATIVE_INFINITY,
        failed: 0,
        gapFrom: null,
      }
      states.set(key, state)
      for (const { time, value } of values) {
        if (time <= state.newest) continue
        state.newest = time
        state.failed = value === 1 ? 0 : state.failed + 1
        if (value === 1) state.times.push(time)
      }
      state.times = state.times.slice(-keptTimes)
    },
    before: (key, time) => states.get(key)?.times.findLast((at) => at < time) ?? null,
    take(now, resetSince) {
      const gaps: Gap[] = []
      for (const [key, state] of states) {
        const { part, gapFrom } = state
        const last = state.times.at(-1)
        const gone = state.newest < now - forgetMs
        if (gapFrom === null && state.failed >= minFailed && last !== undefined && resetSince(key, last) !== null) {
          state.gapFrom = last
          gaps.push(gap(part, last, null))
        } else if (gapFrom !== null && state.failed === 0 && last !== undefined) {
          // The counters went on while nobody looked, unless they began again: then what they had is lost.
          gaps.push(gap(part, gapFrom, resetSince(key, gapFrom) === false ? gapFrom : last))
          state.gapFrom = null
        } else if (gapFrom !== null && gone) gaps.push(gap(part, gapFrom, state.newest))
        if (gone) states.delete(key)
      }
      return gaps
    },
    close(now) {
      const gaps: Gap[] = []
      for (const { part, gapFrom } of states.values()) if (gapFrom !== null) gaps.push(gap(part, gapFrom, now))
      return gaps
    },
  }
}

function partOf(labels: Labels): string {
  const target = targetOf(labels)
  if (target?.namespace && target.pod) return `${target.namespace}/${target.pod}`
  return clean(`${labels.job ?? ''} ${labels.instance ?? ''}`.trim(), 200)
}
