import type { Labels, MeshProxy, WorkloadObject } from '../inventory/inventory-object'
import { standsAlone } from '../inventory/inventory-items'
import type { GroundPods } from './ground-pods'
import type { Workload } from './model'
import { type PortProtocol, portProtocols } from './ports'
import { isStableLabel } from './suggest/stable-labels'

/**
 * Workloads out of pods that are alike. Labels that only tell one controller's pods apart (of a rollout, of one pod) are
 * left out unless `written`, the policies as text, names them: else each pod of a StatefulSet would be a workload.
 * Controllers without pods are there with what their template says, so that what they did in the period has an end.
 * By namespace, name and kind. O(pods).
 */
export function buildWorkloads(
  pods: readonly GroundPods[],
  controllers: readonly WorkloadObject[],
  written: string,
): readonly Workload[] {
  const keeps = keeper(written)
  const found = new Map<string, Workload>()
  const alive = new Set<string>()
  const add = (group: GroundPods) => {
    const workload = workloadOf(group, keeps)
    const { ips, nodes, placedAt, ...rest } = workload
    const key = JSON.stringify(rest)
    const known = found.get(key)
    found.set(
      key,
      known
        ? {
            ...known,
            ips: [...known.ips, ...ips],
            nodes: union(known.nodes, nodes),
            placedAt: Math.max(known.placedAt ?? 0, placedAt ?? 0),
          }
        : workload,
    )
    alive.add(controllerKey(group))
  }
  for (const group of pods) if (!group.done) add(group)
  // Of what has run, the last is enough to say who it was.
  for (const group of pods) if (group.done && !alive.has(controllerKey(group))) add(group)
  for (const object of controllers)
    if (standsAlone(object) && !alive.has(controllerKey(object))) {
      const workload = withoutPods(object, keeps)
      found.set(JSON.stringify([workload.namespace, workload.kind, workload.name]), workload)
    }
  return [...found.values()].sort(
    (a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name) || compare(a.kind, b.kind),
  )
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const controllerKey = ({ namespace, kind, name }: Pick<GroundPods, 'namespace' | 'kind' | 'name'>): string =>
  `${namespace}/${kind}/${name}`

const union = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])]

type Keeps = (key: string) => boolean

function keeper(written: string): Keeps {
  const known = new Map<string, boolean>()
  return (key) => {
    const had = known.get(key)
    if (had !== undefined) return had
    const keep = isStableLabel(key) || written.includes(key)
    known.set(key, keep)
    return keep
  }
}

const pick = (labels: Labels, keeps: Keeps): Labels =>
  Object.fromEntries(
    Object.entries(labels)
      .filter(([key]) => keeps(key))
      .sort(([a], [b]) => compare(a, b)),
  )

function workloadOf(group: GroundPods, keeps: Keeps): Workload {
  const { namespace, kind, name, labels, serviceAccount, hostNetwork, nodes, done } = group
  return {
    namespace,
    name,
    kind,
    labels: pick(labels, keeps),
    annotations: annotationsOf(group),
    serviceAccount: serviceAccount || 'default',
    ips: done ? [] : group.ips,
    ports: namedPorts(group),
    hostNetwork,
    nodes: done ? [] : nodes,
    placedAt: group.placedAt,
    mesh: meshOf(group.proxy),
  }
}

function withoutPods({ namespace, kind, name, podLabels, annotations }: WorkloadObject, keeps: Keeps): Workload {
  return {
    namespace,
    name,
    kind,
    labels: pick(podLabels, keeps),
    annotations,
    serviceAccount: 'default',
    ips: [],
    ports: [],
    hostNetwork: false,
    nodes: [],
    mesh: 'unknown',
  }
}

function namedPorts({ ports }: GroundPods): Workload['ports'] {
  return ports.flatMap(({ name, port, protocol }) => {
    const known = protocolNamed(protocol)
    return name === '' || !known ? [] : [{ name, protocol: known, port }]
  })
}

/** null: none with ports. */
export const protocolNamed = (name: string): PortProtocol | null =>
  portProtocols.find((one) => one === name.toUpperCase()) ?? null

function meshOf(proxy: MeshProxy | null): Workload['mesh'] {
  if (proxy === null) return 'unknown'
  return proxy === 'none' ? null : proxy === 'linkerd' ? 'linkerd' : 'istio'
}

/** What was kept of the annotations as numbers is written as the engine reads it. */
function annotationsOf({ annotations, skipsIn, proxy }: GroundPods): Labels {
  if (skipsIn.length === 0) return annotations
  const name =
    proxy === 'linkerd' ? 'config.linkerd.io/skip-inbound-ports' : 'traffic.sidecar.istio.io/excludeInboundPorts'
  return { ...annotations, [name]: skipsIn.join(',') }
}
