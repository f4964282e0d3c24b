import type { Parsed, PolicyKind } from './kind'
import { adminNetworkPolicy, baselineAdminNetworkPolicy } from './kinds/admin-network-policy'
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
