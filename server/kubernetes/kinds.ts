import type { InventoryKind } from '@/core/inventory-object'
import type { Resource } from './resource'
import * as trim from './trim'

/** A kind that is watched: where it is served, best version first, and what is kept of an object. */
export type WatchedKind = {
  readonly kind: InventoryKind
  readonly resources: readonly [Resource, ...Resource[]]
  readonly trim: trim.Trim
  /** Set where much is known without it: an account that may not read it is no trouble. */
  readonly optional?: true
}

const at = (group: string, plural: string, first: string, ...older: string[]): WatchedKind['resources'] => [
  { group, version: first, plural },
  ...older.map((version) => ({ group, version, plural })),
]

/** Every kind of the inventory. To watch one more, add a line. */
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
  {
    kind: 'NetworkPolicy',
    resources: at('networking.k8s.io', 'networkpolicies', 'v1'),
    trim: trim.trimPolicy('NetworkPolicy'),
  },
  {
    kind: 'PeerAuthentication',
    resources: at('security.istio.io', 'peerauthentications', 'v1', 'v1beta1'),
    trim: trim.trimPolicy('PeerAuthentication'),
  },
  {
    kind: 'DestinationRule',
    resources: at('networking.istio.io', 'destinationrules', 'v1', 'v1beta1', 'v1alpha3'),
    trim: trim.trimPolicy('DestinationRule'),
  },
  { kind: 'CiliumNode', resources: at('cilium.io', 'ciliumnodes', 'v2'), trim: trim.trimCiliumNode },
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
  },
]
