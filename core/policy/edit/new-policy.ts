import { istioRoot } from '../kinds/istio-values'
import type { ModelObject } from '../model'
import type { Direction } from '../normal-form'

/** Kinds that begin with a blank object. */
export const newKinds = [
  'NetworkPolicy',
  'ClusterNetworkPolicy',
  'CalicoNetworkPolicy',
  'GlobalNetworkPolicy',
  'StagedNetworkPolicy',
  'StagedGlobalNetworkPolicy',
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'AuthorizationPolicy',
  'PeerAuthentication',
] as const
export type NewKind = (typeof newKinds)[number]

/** Whom a new policy is about. `namespace` null: of the kinds without one, every namespace. */
export type NewAbout = {
  readonly name: string
  readonly namespace: string | null
  /** Empty: every pod of the namespace. */
  readonly labels: Readonly<Record<string, string>>
  /** That it governs from the start, so that nobody passes until rules let them. */
  readonly isolates: readonly Direction[]
}

/** A new object that does what is said and no more. */
export function newPolicy(kind: NewKind, about: NewAbout): ModelObject {
  const { apiVersion, namespaced, spec, written } = manners[kind]
  const namespace = namespaced
    ? {
        namespace:
          about.namespace ?? (kind === 'AuthorizationPolicy' || kind === 'PeerAuthentication' ? istioRoot : 'default'),
      }
    : {}
  return { apiVersion, kind: written ?? kind, metadata: { name: about.name, ...namespace }, spec: spec(about) }
}

type Manner = {
  readonly apiVersion: string
  readonly namespaced: boolean
  readonly written?: string
  readonly spec: (about: NewAbout) => ModelObject
}

const hasLabels = ({ labels }: NewAbout) => Object.keys(labels).length > 0
const matchLabels = (about: NewAbout): ModelObject => (hasLabels(about) ? { matchLabels: about.labels } : {})
const typesOf = ({ isolates }: NewAbout) =>
  (isolates.length > 0 ? isolates : (['ingress'] as const)).map((one) => (one === 'ingress' ? 'Ingress' : 'Egress'))
const nameLabel = 'kubernetes.io/metadata.name'

const quoted = (value: string) => `'${value}'`
const calicoSelector = ({ labels }: NewAbout) =>
  Object.entries(labels)
    .map(([key, value]) => `${key} == ${quoted(value)}`)
    .join(' && ') || 'all()'

const calico = (global: boolean) => (about: NewAbout) => ({
  tier: 'default',
  order: 1000,
  ...(global && about.namespace !== null
    ? { namespaceSelector: `projectcalico.org/name == ${quoted(about.namespace)}` }
    : {}),
  selector: calicoSelector(about),
  types: typesOf(about),
})

/** An empty rule isolates and lets nobody in. */
const cilium = (global: boolean) => (about: NewAbout) => {
  const space = global && about.namespace !== null ? { 'k8s:io.kubernetes.pod.namespace': about.namespace } : {}
  const labels = { ...space, ...about.labels }
  return {
    endpointSelector: Object.keys(labels).length > 0 ? { matchLabels: labels } : {},
    ...Object.fromEntries((about.isolates.length > 0 ? about.isolates : ['ingress']).map((one) => [one, [{}]])),
  }
}

const selector = (about: NewAbout) => (hasLabels(about) ? { selector: { matchLabels: about.labels } } : {})

const calicoVersion = 'projectcalico.org/v3'
const manners: Readonly<Record<NewKind, Manner>> = {
  NetworkPolicy: {
    apiVersion: 'networking.k8s.io/v1',
    namespaced: true,
    spec: (about) => ({ podSelector: matchLabels(about), policyTypes: typesOf(about) }),
  },
  ClusterNetworkPolicy: {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    namespaced: false,
    spec: (about) => {
      const namespaces = about.namespace === null ? {} : { matchLabels: { [nameLabel]: about.namespace } }
      const pods = { pods: { namespaceSelector: namespaces, podSelector: matchLabels(about) } }
      return { tier: 'Admin', priority: 100, subject: hasLabels(about) ? pods : { namespaces } }
    },
  },
  CalicoNetworkPolicy: { apiVersion: calicoVersion, namespaced: true, written: 'NetworkPolicy', spec: calico(false) },
  GlobalNetworkPolicy: { apiVersion: calicoVersion, namespaced: false, spec: calico(true) },
  StagedNetworkPolicy: { apiVersion: calicoVersion, namespaced: true, spec: calico(false) },
  StagedGlobalNetworkPolicy: { apiVersion: calicoVersion, namespaced: false, spec: calico(true) },
  CiliumNetworkPolicy: { apiVersion: 'cilium.io/v2', namespaced: true, spec: cilium(false) },
  CiliumClusterwideNetworkPolicy: { apiVersion: 'cilium.io/v2', namespaced: false, spec: cilium(true) },
  AuthorizationPolicy: {
    apiVersion: 'security.istio.io/v1',
    namespaced: true,
    spec: (about) => ({ ...selector(about), action: 'ALLOW', rules: [] }),
  },
  PeerAuthentication: {
    apiVersion: 'security.istio.io/v1',
    namespaced: true,
    spec: (about) => ({ ...selector(about), mtls: { mode: 'STRICT' } }),
  },
}
