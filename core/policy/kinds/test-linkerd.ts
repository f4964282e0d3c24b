import type { ModelObject } from '../model'
import { object } from './test-mesh'

export const server = object('policy.linkerd.io/v1beta3', 'Server')
export const policy = object('policy.linkerd.io/v1alpha1', 'AuthorizationPolicy')
export const tls = object('policy.linkerd.io/v1alpha1', 'MeshTLSAuthentication')
export const network = object('policy.linkerd.io/v1alpha1', 'NetworkAuthentication')
export const route = object('policy.linkerd.io/v1beta3', 'HTTPRoute')
export const serverAuthorization = object('policy.linkerd.io/v1beta1', 'ServerAuthorization')

/** A Server for port 8080 of the pods `app=api`. */
export const forApi = { podSelector: { matchLabels: { app: 'api' } }, port: 8080 }
export const base = server('shop/api', forApi)

const group = 'policy.linkerd.io'
export const tlsRef = { group, kind: 'MeshTLSAuthentication', name: 'auth' }
export const networkRef = { group, kind: 'NetworkAuthentication', name: 'nets' }
export const identities = (...names: readonly string[]) => tls('shop/auth', { identities: names })
export const allow = (refs: readonly ModelObject[], target: ModelObject = { kind: 'Server', name: 'api' }) =>
  policy('shop/allow', { targetRef: { group, ...target }, requiredAuthenticationRefs: refs })
