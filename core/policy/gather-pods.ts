import type { Mesh } from './end-match'
import type { LoadedPods } from './load-workload'
import { type ModelNamespace, type Workload, workloadKey } from './model'

export type GatheredPods = {
  readonly workloads: readonly Workload[]
  /** By `namespace/name`: the workload that each pod belongs to, itself where it has no controller here. */
  readonly pods: ReadonlyMap<string, Workload>
}

/**
 * Workloads out of pods and controllers: what a controller that is there too made gives it its addresses and nodes,
 * and is not counted again.
 */
export function gatherPods(loaded: readonly LoadedPods[], namespaces: readonly ModelNamespace[]): GatheredPods {
  const keyOf = (namespace: string, kind: string, name: string) => `${namespace}/${kind}/${name}`
  const byKey = new Map(loaded.map((one) => [keyOf(one.workload.namespace, one.workload.kind, one.workload.name), one]))
  const topOf = (one: LoadedPods, depth = 0): LoadedPods => {
    const above = one.owner && byKey.get(keyOf(one.workload.namespace, one.owner.kind, one.owner.name))
    return above && depth < 4 ? topOf(above, depth + 1) : one
  }
  const made = new Map<LoadedPods, LoadedPods[]>()
  for (const one of loaded) {
    const top = topOf(one)
    made.set(top, [...(made.get(top) ?? []), ...(top === one ? [] : [one])])
  }
  const meshes = new Map(namespaces.map((namespace) => [namespace.name, namespaceMesh(namespace)]))
  const podOf = new Map<string, Workload>()
  const workloads = [...made].map(([{ workload, mesh }, pods]): Workload => {
    const running = pods.find((pod) => pod.mesh !== undefined)
    const whole = {
      ...workload,
      ips: [...workload.ips, ...pods.flatMap((pod) => pod.workload.ips)],
      nodes: [...new Set([...workload.nodes, ...pods.flatMap((pod) => pod.workload.nodes)])],
      mesh: (running ? running.mesh : mesh) ?? (mesh === undefined ? (meshes.get(workload.namespace) ?? null) : null),
    }
    for (const one of [workload, ...pods.map((pod) => pod.workload)])
      if (one.kind === 'Pod') podOf.set(workloadKey(one), whole)
    return whole
  })
  return { workloads, pods: podOf }
}

/** The proxy that a namespace asks for. */
function namespaceMesh({ labels, annotations }: ModelNamespace): Mesh | null {
  if (labels['istio-injection'] === 'enabled' || labels['istio.io/dataplane-mode'] === 'ambient') return 'istio'
  if (labels['istio.io/rev'] !== undefined && labels['istio-injection'] !== 'disabled') return 'istio'
  const linkerd = annotations['linkerd.io/inject']
  return linkerd === 'enabled' || linkerd === 'ingress' ? 'linkerd' : null
}
