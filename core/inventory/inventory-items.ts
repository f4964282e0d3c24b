import { appOf } from './app-label'
import { type Endpoint, endpointKey } from '../endpoint'
import type { Labels, WorkloadObject } from './inventory-object'
import { type Role, roleOf } from './role'
import type { InventoryItem } from '../world'

/** Pods of one workload that have the same labels and the same Services by their slices. */
export type PodGroup = {
  readonly workload: Endpoint
  readonly labels: Labels
  readonly services: readonly string[]
  readonly pods: number
}

export type ItemSources = {
  /** Pods that are not done. */
  readonly groups: Iterable<PodGroup>
  /** Workloads that are shown also without pods. */
  readonly workloads: Iterable<{
    readonly endpoint: Endpoint
    readonly labels: Labels
    /** Its annotation `oriel.dev/health`, else that of its namespace. */
    readonly health?: string
  }>
  readonly services: readonly { readonly endpoint: Endpoint; readonly selector: Labels | null }[]
}

type Draft = {
  readonly endpoint: Endpoint
  readonly services: Set<string>
  pods: number
  role: Role | null
  health?: string
  app: string | null
}

/**
 * Workloads with the Services in front of them, and the Services, with their pods. Grows with the
 * groups' labels and the Services that select one of them.
 */
export function inventoryItems({ groups, workloads, services }: ItemSources): InventoryItem[] {
  const drafts = new Map<string, Draft>()
  const draft = (endpoint: Endpoint): Draft => {
    const key = endpointKey(endpoint)
    let found = drafts.get(key)
    if (!found) drafts.set(key, (found = { endpoint, services: new Set(), pods: 0, role: null, app: null }))
    return found
  }
  const bySelector = servicesBySelector(services)
  const selecting = ({ cluster, namespace }: Endpoint, labels: Labels): string[] =>
    Object.entries(labels)
      .flatMap((label) => bySelector.get(selectorKey(cluster, namespace, label)) ?? [])
      .filter(({ selector }) => selects(selector, labels))
      .map(({ endpoint }) => endpoint.name)

  for (const { endpoint } of services) draft(endpoint)
  for (const { workload, labels, services: named, pods } of groups) {
    const item = draft(workload)
    item.pods += pods
    item.role ??= roleOf(labels)
    item.app ??= appOf(labels)
    for (const name of new Set([...named, ...selecting(workload, labels)])) {
      item.services.add(name)
      draft({ ...workload, kind: 'Service', name }).pods += pods
    }
  }
  for (const { endpoint, labels, health } of workloads) {
    const item = draft(endpoint)
    if (health) item.health = health
    item.role ??= roleOf(labels)
    item.app ??= appOf(labels)
    for (const name of selecting(endpoint, labels)) item.services.add(name)
  }
  return [...drafts.values()].map(({ services, ...item }) => ({ ...item, services: [...services].sort() }))
}

type SelectingService = ItemSources['services'][number]

/** Services by the first label that they select, so that a pod looks at few of them. */
function servicesBySelector(services: readonly SelectingService[]): Map<string, SelectingService[]> {
  const found = new Map<string, SelectingService[]>()
  for (const service of services) {
    const [label] = Object.entries(service.selector ?? {})
    if (!label) continue
    const key = selectorKey(service.endpoint.cluster, service.endpoint.namespace, label)
    const others = found.get(key)
    if (others) others.push(service)
    else found.set(key, [service])
  }
  return found
}

/** None of its parts holds a line break. */
const selectorKey = (cluster: string, namespace: string, [key, value]: readonly [key: string, value: string]): string =>
  `${cluster}\n${namespace}\n${key}\n${value}`

/** Whether a workload is shown also without pods: old ReplicaSets, a CronJob's runs and finished Jobs are not. */
export const standsAlone = ({ kind, owner, finished, replicas }: WorkloadObject): boolean =>
  kind === 'ReplicaSet' || kind === 'Job' ? owner === null && !finished && replicas !== 0 : true

/** Whether a Service's selector picks a pod with these labels; one without a selector picks none. */
export const selects = (selector: Labels | null, labels: Labels): boolean =>
  selector !== null &&
  Object.entries(selector).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)
