import type { Parsed, PolicyKind } from './kind'
import { adminNetworkPolicy, baselineAdminNetworkPolicy } from './kinds/admin-network-policy'
import { calicoGlobalNetworkPolicy } from './kinds/calico-global-network-policy'
import { calicoGlobalNetworkSet } from './kinds/calico-global-network-set'
import { calicoHostEndpoint } from './kinds/calico-host-endpoint'
import { calicoNetworkPolicy } from './kinds/calico-network-policy'
import { calicoNetworkSet } from './kinds/calico-network-set'
import { calicoStagedGlobalNetworkPolicy } from './kinds/calico-staged-global-network-policy'
import { calicoStagedKubernetesNetworkPolicy } from './kinds/calico-staged-kubernetes-network-policy'
import { calicoStagedNetworkPolicy } from './kinds/calico-staged-network-policy'
import { calicoTier } from './kinds/calico-tier'
import { ciliumCidrGroup } from './kinds/cilium-cidr-group'
import { ciliumClusterwideNetworkPolicy } from './kinds/cilium-clusterwide-network-policy'
import { ciliumNetworkPolicy } from './kinds/cilium-network-policy'
import { clusterNetworkPolicy } from './kinds/cluster-network-policy'
import { istioAuthorizationPolicy } from './kinds/istio-authorization'
import { istioDestinationRule } from './kinds/istio-destination-rule'
import { istioPeerAuthentication } from './kinds/istio-peer-authentication'
import { meshTlsAuthentication, networkAuthentication } from './kinds/linkerd-authentication'
import { linkerdAuthorizationPolicy } from './kinds/linkerd-authorization'
import { linkerdRoutes } from './kinds/linkerd-route'
import { linkerdServer } from './kinds/linkerd-server'
import { linkerdServerAuthorization } from './kinds/linkerd-server-authorization'
import { networkPolicy } from './kinds/network-policy'
import type { ModelObject } from './model'

/** Every kind that is read. To read one more, add a file below `kinds/` and a line. */
export const policyKinds: readonly PolicyKind[] = [
  networkPolicy,
  clusterNetworkPolicy,
  adminNetworkPolicy,
  baselineAdminNetworkPolicy,
  istioPeerAuthentication,
  istioAuthorizationPolicy,
  istioDestinationRule,
  linkerdServer,
  linkerdAuthorizationPolicy,
  linkerdServerAuthorization,
  meshTlsAuthentication,
  networkAuthentication,
  ...linkerdRoutes,
  ...calicoNetworkPolicy,
  ...calicoGlobalNetworkPolicy,
  ...calicoStagedNetworkPolicy,
  ...calicoStagedGlobalNetworkPolicy,
  ...calicoStagedKubernetesNetworkPolicy,
  ...calicoTier,
  ...calicoNetworkSet,
  ...calicoGlobalNetworkSet,
  ...calicoHostEndpoint,
  ciliumNetworkPolicy,
  ciliumClusterwideNetworkPolicy,
  ciliumCidrGroup,
]

/** The kind of an object, whatever its version; null for one that is none of these. */
export function kindOf({ apiVersion, kind }: ModelObject): PolicyKind | null {
  if (typeof apiVersion !== 'string') return null
  const group = apiVersion.split('/')[0]
  return policyKinds.find((one) => one.kind === kind && one.group === group) ?? null
}

/** Reads an object of this kind; a version that is not known is a problem. */
export function parseObject(kind: PolicyKind, object: ModelObject): Parsed {
  const { apiVersion } = object
  if (kind.versions.some((version) => apiVersion === `${kind.group}/${version}`)) return kind.parse(object)
  const known = kind.versions.map((version) => `${kind.group}/${version}`).join(' or ')
  return { problems: [{ path: 'apiVersion', reason: `must be ${known}` }] }
}
