import type { KubernetesObject } from './object'
import { policyObject } from './policy-object'

const group = 'policy.linkerd.io'
const server = (place: string, port: number, proxyProtocol: string): KubernetesObject => {
  const podSelector = { matchLabels: { 'app.kubernetes.io/name': place.split('/')[1]?.replace(/-http$/, '') } }
  return policyObject([`${group}/v1beta3`, 'Server'], place, { podSelector, port, proxyProtocol })
}
const authorization = (place: string, target: string, authentication: readonly [kind: string, name: string]) =>
  policyObject([`${group}/v1alpha1`, 'AuthorizationPolicy'], place, {
    targetRef: { group, kind: 'Server', name: target },
    requiredAuthenticationRefs: [{ group, kind: authentication[0], name: authentication[1] }],
  })

/** What Linkerd lets in: rates knows who calls it, identity is called from another mesh and knows only from where. */
export const linkerdPolicies: readonly KubernetesObject[] = [
  server('logistics/rates-http', 8080, 'HTTP/1'),
  policyObject([`${group}/v1alpha1`, 'MeshTLSAuthentication'], 'logistics/shipping', {
    identities: ['shipping.logistics.serviceaccount.identity.linkerd.cluster.local'],
  }),
  authorization('logistics/rates-callers', 'rates-http', ['MeshTLSAuthentication', 'shipping']),
  server('accounts/identity-http', 8080, 'HTTP/1'),
  policyObject([`${group}/v1alpha1`, 'NetworkAuthentication'], 'accounts/pods', { networks: [{ cidr: '10.0.0.0/8' }] }),
  authorization('accounts/identity-callers', 'identity-http', ['NetworkAuthentication', 'pods']),
]
