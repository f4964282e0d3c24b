import type { Pod } from '../model/cluster'
import { add, keep, type Labels, newSeries, observe, type Series, trim } from './series'

/** One port of one pod that is scraped. */
export type Target = {
  readonly pod: Pod
  readonly port: number
  /** What scraping adds to its series' labels. */
  readonly labels: Labels
  readonly series: Map<string, Series>
  /** The last sample that has it, once its pod is gone. */
  ended: number | null
}

export type Registry = {
  /** Adds to a counter that `key` names within its target and metric; `labels` is asked once. */
  count(target: Target, name: string, key: string, labels: () => Labels, by: number): void
  observe(
    target: Target,
    name: string,
    key: string,
    labels: () => Labels,
    value: number,
    bounds: readonly number[],
  ): void
  set(target: Target, name: string, key: string, labels: () => Labels, value: number): void
  target(pod: Pod, port: number, job: string, more?: Labels): Target
  targets(): Iterable<Target>
  /** Takes the samples that are due until then. */
  advance(until: number): void
  /** Samples are at `origin + n × sampleMs`; the newest taken, -1 before the first. */
  readonly origin: number
  readonly newest: number
}

export const sampleMs = 5_000
/** An hour. */
const keptSamples = 720
const trimEvery = 60

/** All series of all targets, sampled every 5 s, kept for an hour. Memory: O(changes). */
export function createRegistry(origin: number): Registry {
  const targets = new Map<string, Target>()
  let newest = -1

  const find = (target: Target, key: string, make: () => Series): Series => {
    let series = target.series.get(key)
    if (!series) target.series.set(key, (series = make()))
    return series
  }
  const sample = (index: number) => {
    newest = index
    for (const target of targets.values()) {
      if (target.ended === null && !target.pod.workload.pods.includes(target.pod)) target.ended = index - 1
      if (target.ended === null) for (const series of target.series.values()) if (series.changed) keep(series, index)
    }
    if (index % trimEvery === 0) forget(index - keptSamples)
  }
  const forget = (oldest: number) => {
    for (const [key, target] of targets) {
      if (target.ended !== null && target.ended < oldest) targets.delete(key)
      for (const [name, series] of target.series)
        // What has not changed for an hour is dropped, as proxies do; gauges are what they are.
        if (series.kind !== 'gauge' && !series.changed && series.changedAt < oldest) target.series.delete(name)
        else trim(series, oldest)
    }
  }
  return {
    origin,
    get newest() {
      return newest
    },
    count(target, name, key, labels, by) {
      const series = find(target, `${name} ${key}`, () => newSeries('counter', name, labels()))
      add(series.cells[0], by)
      series.changed = true
    },
    observe(target, name, key, labels, value, bounds) {
      observe(
        find(target, `${name} ${key}`, () => newSeries('histogram', name, labels(), bounds)),
        value,
      )
    },
    set(target, name, key, labels, value) {
      const series = find(target, `${name} ${key}`, () => newSeries('gauge', name, labels()))
      const [cell] = series.cells
      if (cell) cell.value = value
      series.changed = true
    },
    target(pod, port, job, more = {}) {
      const key = `${pod.uid} ${port}`
      let target = targets.get(key)
      if (!target) {
        const labels = {
          job,
          instance: `${pod.ip}:${port}`,
          namespace: pod.workload.spec.namespace,
          pod: pod.name,
          node: pod.node.name,
          ...more,
        }
        targets.set(key, (target = { pod, port, labels, series: new Map(), ended: null }))
      }
      return target
    },
    targets: () => targets.values(),
    advance(until) {
      const due = Math.floor((until - origin) / sampleMs)
      for (let index = newest + 1; index <= due; index++) sample(index)
    },
  }
}
