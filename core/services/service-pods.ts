import type { EndpointSliceObject, PodObject } from '../inventory/inventory-object'
import { type SelectingPolicy, selectingPolicies } from '../policy/network-policy'
import type { Window } from '../time'
import { groupBy } from '../group-by'
import { type ContainerRestarts, reasonWords } from '../marks/restart'
import { podVersion } from '../inventory/version'

/** What raw records tell of one pod. */
export type PodTraffic = {
  readonly records: number
  readonly serverErrors: number
  /** Milliseconds; null where no record has a latency. */
  readonly p95: number | null
}

/** A pod that existed in the window. */
export type ServicePod = {
  readonly name: string
  readonly node: string
  readonly ip: string
  readonly phase: string
  /** As its EndpointSlices say at the window's end; null where none names it. */
  readonly ready: boolean | null
  /** Milliseconds; `endedAt` null: it was there when the window ended. */
  readonly startedAt: number
  readonly endedAt: number | null
  readonly version: string
  readonly restarts: PodRestarts
  readonly traffic: PodTraffic | null
}

/** Of all its containers, as of the window's end. `reason`, `at`: of the newest; '' and null without any. */
export type PodRestarts = {
  readonly total: number
  readonly inWindow: number
  readonly reason: string
  readonly at: number | null
}

/** Pods of a service and the policies that select them. */
export type ServicePods = {
  readonly window: Window
  /** False where no inventory is read: then nothing is known, which is not the same as no pods. */
  readonly known: boolean
  /** The newest first, at most `maxPods` of `total`. */
  readonly pods: readonly ServicePod[]
  readonly total: number
  readonly ready: number | null
  /** Of the pods that are there, the newest first. */
  readonly versions: readonly string[]
  /** Who told `traffic` (label of the source), and of how many records; null where no record names a pod. */
  readonly sample: { readonly source: string; readonly records: number } | null
  readonly policies: readonly SelectingPolicy[]
  readonly isolated: { readonly ingress: boolean; readonly egress: boolean }
}

/** A version of a pod that was valid in the window: `to` null, still. */
export type StoredPod = { readonly pod: PodObject; readonly to: number | null }

/** Raw records of what comes in, by what they have in common: `shape` is the JSON text of it. */
export type RecordGroup = {
  readonly source: string
  readonly shape: string
  readonly records: number
  readonly serverErrors: number
  /** Milliseconds. */
  readonly latencies: readonly number[]
}

export type PodsInput = {
  readonly window: Window
  readonly known: boolean
  readonly pods: readonly StoredPod[]
  readonly slices: readonly EndpointSliceObject[]
  readonly policies: readonly { readonly kind: string; readonly name: string; readonly spec: unknown }[]
  readonly records: readonly RecordGroup[]
  readonly restarts: readonly ContainerRestarts[]
}

const maxPods = 200

/** O(pods × groups of records + slices + policies × pods). */
export function buildServicePods(input: PodsInput): ServicePods {
  const { window, known, pods, slices, policies, records } = input
  const restarts = groupBy(input.restarts, ({ uid }) => uid)
  const ready = new Map<string, boolean>()
  for (const { endpoints } of slices)
    for (const endpoint of endpoints) if (endpoint.pod) ready.set(endpoint.pod, endpoint.ready)
  const { traffic, sample } = trafficOf(pods, records)
  const rows = pods
    .map(({ pod, to }): ServicePod => {
      const end = pod.finishedAt ?? to
      // What came after the window is no news of it.
      const endedAt = end !== null && end < window.to ? end : null
      return {
        name: pod.name,
        node: pod.node,
        ip: pod.ips[0] ?? '',
        phase: pod.phase,
        ready: endedAt === null ? (ready.get(pod.uid) ?? null) : null,
        startedAt: pod.ipSince ?? pod.createdAt,
        endedAt,
        version: podVersion(pod),
        restarts: restartsOf(restarts.get(pod.uid) ?? []),
        traffic: traffic.get(pod.uid) ?? null,
      }
    })
    .sort(
      (a, b) =>
        Number(a.endedAt !== null) - Number(b.endedAt !== null) ||
        b.startedAt - a.startedAt ||
        (a.name < b.name ? -1 : 1),
    )
  const there = rows.filter(({ endedAt }) => endedAt === null)
  const told = there.filter((row) => row.ready !== null)
  const selecting = selectingPolicies(
    policies,
    pods.map(({ pod }) => pod.labels),
  )
  return {
    window,
    known,
    pods: rows.slice(0, maxPods),
    total: rows.length,
    ready: told.length === 0 ? null : told.filter((row) => row.ready).length,
    versions: [...new Set((there.length > 0 ? there : rows).map(({ version }) => version))].filter(Boolean),
    sample,
    policies: selecting,
    isolated: {
      ingress: selecting.some(({ ingress }) => ingress),
      egress: selecting.some(({ egress }) => egress),
    },
  }
}

function restartsOf(containers: readonly ContainerRestarts[]): PodRestarts {
  const last = containers.toSorted((a, b) => b.at - a.at)[0]
  return {
    total: containers.reduce((sum, { count }) => sum + count, 0),
    inWindow: containers.reduce((sum, { count, before }) => sum + count - before, 0),
    reason: last ? reasonWords(last) : '',
    at: last?.at ?? null,
  }
}

/** By the source whose records name most of the pods: another source may have seen the same calls again. */
function trafficOf(pods: readonly StoredPod[], records: readonly RecordGroup[]) {
  const bySource = new Map<string, Map<string, Draft>>()
  for (const { source, shape, records: n, serverErrors, latencies } of records) {
    const [only, ...others] = pods.filter(({ pod }) => names(shape, pod))
    if (!only || others.length > 0) continue
    const own = bySource.get(source) ?? new Map<string, Draft>()
    bySource.set(source, own)
    const draft = own.get(only.pod.uid) ?? { records: 0, serverErrors: 0, latencies: [] }
    own.set(only.pod.uid, draft)
    draft.records += n
    draft.serverErrors += serverErrors
    for (const ms of latencies) draft.latencies.push(ms)
  }
  const count = (own: ReadonlyMap<string, Draft>) => [...own.values()].reduce((sum, draft) => sum + draft.records, 0)
  const [best] = [...bySource].sort(([a, x], [b, y]) => y.size - x.size || count(y) - count(x) || (a < b ? -1 : 1))
  if (!best) return { traffic: new Map<string, PodTraffic>(), sample: null }
  const [source, own] = best
  const traffic = new Map<string, PodTraffic>()
  for (const [uid, draft] of own)
    traffic.set(uid, { records: draft.records, serverErrors: draft.serverErrors, p95: p95Of(draft.latencies) })
  return { traffic, sample: { source, records: count(own) } }
}

type Draft = { records: number; serverErrors: number; readonly latencies: number[] }

function p95Of(latencies: readonly number[]): number | null {
  const sorted = latencies.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? null
}

/** Whether the text names the pod, or its address where that is its own. */
function names(shape: string, { name, ips, hostNetwork }: PodObject): boolean {
  if (isIn(shape, name)) return true
  return !hostNetwork && ips.some((ip) => isIn(shape, ip))
}

/** As a word of its own: `cart-1` is not in `cart-10`, nor `10.0.0.1` in `10.0.0.12`. */
function isIn(text: string, word: string): boolean {
  if (word === '') return false
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const [before = '', after = ''] = [text[at - 1], text[at + word.length]]
    if (!/[\w-]/.test(before) && !/[\w-]/.test(after)) return true
  }
  return false
}
