import type { InventoryKind } from '@/core/inventory/inventory-object'
import { policyInventoryKinds } from '@/core/policy/inventory-policy'
import type { PolicyKind } from '@/core/policy/kind'
import type { Resource } from './resource'
import { trimPolicy } from './trim-policy'
import * as trim from './trim'

/** A kind that is watched: where it is served, best version first, and what is kept of an object. */
export type WatchedKind = {
  readonly kind: InventoryKind
  readonly resources: readonly [Resource, ...Resource[]]
  readonly trim: trim.Trim
  /** Set where much is known without it: an account that may not read it is no trouble. */
  readonly optional?: true
  /** Set where many clusters do not serve it: it is asked for only where discovery tells that it is there. */
  readonly discovered?: true
}

const at = (group: string, plural: string, first: string, ...older: string[]): WatchedKind['resources'] => [
  { group, version: first, plural },
  ...older.map((version) => ({ group, version, plural })),
]

const resourcesOf = ({ group, plural, versions: [first, ...older] }: PolicyKind): WatchedKind['resources'] =>
  at(group, plural, first, ...older)

/** Every kind that policies are made of, in the versions that the policy engine reads. */
const policies = [...policyInventoryKinds].map(([kind, [best, ...others]]): WatchedKind => {
  const [first, ...older] = resourcesOf(best)
  return {
    kind,
    resources: [first, ...older, ...others.flatMap(resourcesOf)],
    trim: trimPolicy(kind),
    discovered: true,
  }
})

/** Every kind of the inventory. To watch one more, add a line; policies are those of core/policy/kinds.ts. */
export const watchedKinds: readonly WatchedKind[] = [
  { kind: 'Namespace', resources: at('', 'namespaces', 'v1'), trim: trim.trimNamespace },
  { kind: 'Node', resources: at('', 'nodes', 'v1'), trim: trim.trimNode },
  { kind: 'Pod', resources: at('', 'pods', 'v1'), trim: trim.trimPod },
  { kind: 'ReplicaSet', resources: at('apps', 'replicasets', 'v1'), trim: trim.trimWorkload('ReplicaSet') },
  { kind: 'Deployment', resources: at('apps', 'deployments', 'v1'), trim: trim.trimWorkload('Deployment') },
  { kind: 'StatefulSet', resources: at('apps', 'statefulsets', 'v1'), trim: trim.trimWorkload('StatefulSet') },
  { kind: 'DaemonSet', resources: at('apps', 'daemonsets', 'v1'), trim: trim.trimWorkload('DaemonSet') },
  { kind: 'Job', resources: at('batch', 'jobs', 'v1'), trim: trim.trimWorkload('Job') },
  { kind: 'CronJob', resources: at('batch', 'cronjobs', 'v1', 'v1beta1'), trim: trim.trimWorkload('CronJob') },
  { kind: 'Service', resources: at('', 'services', 'v1'), trim: trim.trimService },
  {
    kind: 'EndpointSlice',
    resources: at('discovery.k8s.io', 'endpointslices', 'v1', 'v1beta1'),
    trim: trim.trimEndpointSlice,
  },
  { kind: 'ServiceAccount', resources: at('', 'serviceaccounts', 'v1'), trim: trim.trimServiceAccount },
  {
    kind: 'CiliumNode',
    resources: at('cilium.io', 'ciliumnodes', 'v2'),
    trim: trim.trimCiliumNode,
    discovered: true,
  },
  {
    kind: 'CiliumConfig',
    resources: [{ group: '', version: 'v1', plural: 'configmaps', only: trim.ciliumConfig }],
    trim: trim.trimCiliumConfig,
    optional: true,
  },
  {
    kind: 'FelixConfiguration',
    // Calico serves one or both groups, of the same objects.
    resources: [
      { group: 'crd.projectcalico.org', version: 'v1', plural: 'felixconfigurations' },
      { group: 'projectcalico.org', version: 'v3', plural: 'felixconfigurations' },
    ],
    trim: trim.trimFelixConfiguration,
    optional: true,
    discovered: true,
  },
  ...policies,
]
