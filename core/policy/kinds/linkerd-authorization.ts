import type { ModelCatalogue } from '../catalogue'
import { anything, type EndMatch } from '../end-match'
import type { Parsed, PolicyKind } from '../kind'
import type { ModelObject } from '../model'
import type { Block } from '../normal-form'
import { field, isAbsent, itemsAt, type Reader, readerOf, refOf, refuse, textAt, unknownFields } from '../read'
import { checkHead } from '../read-head'
import type { RequestMatch } from '../request-match'
import { linkerdTier } from '../tiers'
import { authenticationOf } from './linkerd-authentication'
import { routedRequest, routesOf } from './linkerd-route'
import { authorizationOrder, type LinkerdServer, serversOf } from './linkerd-server'
import { accountIdentity, identity, linkerdGroup } from './linkerd-values'

/** policy.linkerd.io AuthorizationPolicy: lets clients in to a Server, a route or all Servers of a namespace. */
export const linkerdAuthorizationPolicy: PolicyKind = {
  group: linkerdGroup,
  kind: 'AuthorizationPolicy',
  plural: 'authorizationpolicies',
  versions: ['v1alpha1'],
  namespaced: true,
  mesh: { name: 'linkerd', root: null },
  parse,
}

function parse(object: ModelObject): Parsed {
  const at = readerOf(object)
  checkHead(at)
  const ref = refOf(object, 'AuthorizationPolicy', true)
  const namespace = ref.namespace ?? ''
  const spec = field(at, 'spec')
  const target = targetAt(field(spec, 'targetRef'), namespace)
  const clients = clientsAt(field(spec, 'requiredAuthenticationRefs'), namespace)
  const strange = unknownFields(spec, ['targetRef', 'requiredAuthenticationRefs']).length > 0
  if (at.problems.length > 0) return { problems: at.problems }
  return {
    meaning: (catalogue) => {
      const of = clients(catalogue)
      const peer: EndMatch | null = of && strange ? { is: 'every', of: [of, unknownField] } : of
      const blocks = peer === null ? [] : target(catalogue).map((one) => authorize(one, peer, 'spec'))
      return { ref, mode: 'enforced', replaces: null, blocks, tiers: [] }
    },
  }
}

const unknownField: EndMatch = { is: 'unclear', doubt: 'the policy has a field that is not known here' }

/** A Server and what may be asked of it; null: anything. */
export type Authorized = { readonly server: LinkerdServer; readonly request: RequestMatch | null }

/** A block that lets clients in. */
export const authorize = ({ server, request }: Authorized, peer: EndMatch, path: string): Block => ({
  direction: 'ingress',
  tier: linkerdTier.name,
  order: authorizationOrder,
  subject: server.subject,
  isolates: false,
  rules: [{ action: 'allow', path, peer, ports: server.ports, ...(request ? { request } : {}) }],
})

/** With the routes that a Server has, only what one of them takes gets in. */
export const authorized = (catalogue: ModelCatalogue, server: LinkerdServer): Authorized => ({
  server,
  request: routedRequest(catalogue, server),
})

function targetAt(at: Reader, namespace: string): (catalogue: ModelCatalogue) => readonly Authorized[] {
  const kind = textAt(field(at, 'kind')) ?? ''
  const name = textAt(field(at, 'name')) ?? ''
  const group = textAt(field(at, 'group')) ?? ''
  for (const part of ['kind', 'name']) if (isAbsent(field(at, part))) refuse(field(at, part), 'is required')
  switch (kind) {
    case 'Server':
      return (catalogue) =>
        serversOf(catalogue, namespace)
          .filter(({ ref }) => ref.name === name)
          .map((server) => authorized(catalogue, server))
    case 'Namespace':
      if (name !== namespace) refuse(field(at, 'name'), 'must be the namespace of the policy')
      return (catalogue) => serversOf(catalogue, namespace).map((server) => authorized(catalogue, server))
    case 'HTTPRoute':
    case 'GRPCRoute':
      return (catalogue) => ofRoute(catalogue, { kind, group, namespace, name })
    default:
      if (kind !== '') refuse(field(at, 'kind'), 'must be Server, Namespace, HTTPRoute or GRPCRoute')
      return () => []
  }
}

/** Servers of a route; where it is not among the objects, every Server may be its. */
function ofRoute(
  catalogue: ModelCatalogue,
  { kind, group, namespace, name }: { kind: string; group: string; namespace: string; name: string },
): readonly Authorized[] {
  const servers = serversOf(catalogue, namespace).filter(({ opaque }) => !opaque)
  const route = routesOf(catalogue, namespace).find(
    (one) => one.kind === kind && one.name === name && (group === '' || one.group === group),
  )
  const request: RequestMatch = route?.request ?? { is: 'unclear', doubt: `the ${kind} ${name} is not known` }
  return servers.filter(({ ref }) => !route || route.servers.includes(ref.name)).map((server) => ({ server, request }))
}

type Clients = (catalogue: ModelCatalogue) => EndMatch | null

/** All must match; none is everybody. null: one of them does not exist, so that nobody is let in. */
function clientsAt(at: Reader, namespace: string): Clients {
  const items = itemsAt(at)
  if (items === null) refuse(at, 'is required')
  const refs = (items ?? []).map((item) => ({ item, kind: textAt(field(item, 'kind')) }))
  const count = (...kinds: readonly string[]) => refs.filter(({ kind }) => kind !== null && kinds.includes(kind)).length
  if (count('MeshTLSAuthentication', 'ServiceAccount') > 1) refuse(at, 'must not have more than one about identities')
  if (count('NetworkAuthentication') > 1) refuse(at, 'must not have more than one NetworkAuthentication')
  const all = refs.map(({ item, kind }): Clients => {
    const name = textAt(field(item, 'name')) ?? ''
    const space = textAt(field(item, 'namespace')) ?? namespace
    if (kind === 'ServiceAccount') return () => identity([accountIdentity(space, name)])
    if (kind === 'MeshTLSAuthentication' || kind === 'NetworkAuthentication')
      return (catalogue) => authenticationOf(catalogue, kind, space, name)
    refuse(field(item, 'kind'), 'must be MeshTLSAuthentication, NetworkAuthentication or ServiceAccount')
    return () => null
  })
  return (catalogue) => {
    const parts = all.map((clients) => clients(catalogue))
    const known = parts.filter((part) => part !== null)
    if (known.length < parts.length) return null
    return known.length === 0 ? anything : { is: 'every', of: known }
  }
}
