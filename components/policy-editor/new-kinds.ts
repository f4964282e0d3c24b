import type { NewKind } from '@/core/policy/edit/new-policy'
import type { PolicyGround } from '@/core/policy/ground'
import { calicoGroup } from '@/core/policy/policy-name'

/** A kind that can be begun, with what it is for. */
export type KindChoice = {
  readonly kind: NewKind
  readonly title: string
  readonly sentence: string
}

const kubernetes: KindChoice = {
  kind: 'NetworkPolicy',
  title: 'NetworkPolicy',
  sentence: 'Whom pods of one namespace may talk with. Every CNI reads it; there is no deny.',
}
const cluster: KindChoice = {
  kind: 'ClusterNetworkPolicy',
  title: 'ClusterNetworkPolicy',
  sentence: 'Rules of the platform for many namespaces, before or after those of their teams.',
}
const calico: readonly KindChoice[] = [
  {
    kind: 'CalicoNetworkPolicy',
    title: 'NetworkPolicy of Calico',
    sentence: 'Ordered rules with deny, in a tier, for one namespace.',
  },
  {
    kind: 'GlobalNetworkPolicy',
    title: 'GlobalNetworkPolicy of Calico',
    sentence: 'The same for the whole cluster, and for its nodes.',
  },
]
const cilium: readonly KindChoice[] = [
  {
    kind: 'CiliumNetworkPolicy',
    title: 'CiliumNetworkPolicy',
    sentence: 'DNS names, entities, deny and HTTP, for one namespace.',
  },
  {
    kind: 'CiliumClusterwideNetworkPolicy',
    title: 'CiliumClusterwideNetworkPolicy',
    sentence: 'The same for the whole cluster.',
  },
]
const istio: readonly KindChoice[] = [
  {
    kind: 'AuthorizationPolicy',
    title: 'AuthorizationPolicy of Istio',
    sentence: 'Who may ask for what, by the identity that the mesh proves.',
  },
  {
    kind: 'PeerAuthentication',
    title: 'PeerAuthentication of Istio',
    sentence: 'Whether connections must be encrypted with mTLS.',
  },
]

/** Kinds that can be begun in this cluster: those that it is seen to read. */
export function newKinds({ model, profile }: PolicyGround): readonly KindChoice[] {
  const has = (group: string) =>
    model.objects.some(({ apiVersion }) => typeof apiVersion === 'string' && apiVersion.startsWith(`${group}/`))
  const mesh = model.workloads.some((one) => one.mesh === 'istio')
  return [
    kubernetes,
    ...(has('policy.networking.k8s.io') ? [cluster] : []),
    ...(profile === 'calico' || has(calicoGroup) ? calico : []),
    ...(profile === 'cilium' || has('cilium.io') ? cilium : []),
    ...(mesh || has('security.istio.io') ? istio : []),
  ]
}
