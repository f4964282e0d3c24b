import { anything, type EndMatch } from '../end-match'
import type { Parsed, PolicyKind } from '../kind'
import { labelsMatch } from '../label-match'
import { selectorAt } from '../label-selector'
import type { ModelObject } from '../model'
import { booleanAt, field, isAbsent, itemsAt, type Reader, readerOf, refOf, refuse, textAt } from '../read'
import { checkHead } from '../read-head'
import { anyText } from '../request-match'
import { authorize, authorized } from './linkerd-authorization'
import { serversOf } from './linkerd-server'
import { accountIdentity, identity, identityNames, linkerdGroup, networksAt } from './linkerd-values'

/** policy.linkerd.io ServerAuthorization, which AuthorizationPolicy took the place of. */
export const linkerdServerAuthorization: PolicyKind = {
  group: linkerdGroup,
  kind: 'ServerAuthorization',
  plural: 'serverauthorizations',
  versions: ['v1beta1', 'v1alpha1'],
  namespaced: true,
  mesh: { name: 'linkerd', root: null },
  parse,
}

function parse(object: ModelObject): Parsed {
  const at = readerOf(object)
  checkHead(at)
  const ref = refOf(object, 'ServerAuthorization', true)
  const namespace = ref.namespace ?? ''
  const spec = field(at, 'spec')
  const server = field(spec, 'server')
  const name = textAt(field(server, 'name'))
  const selector = selectorAt(field(server, 'selector'))
  if ((name === null) === (selector === null)) refuse(server, 'must have either name or selector')
  const peer = clientAt(field(spec, 'client'), namespace)
  if (at.problems.length > 0) return { problems: at.problems }
  return {
    meaning: (catalogue) => ({
      ref,
      mode: 'enforced',
      replaces: null,
      blocks: serversOf(catalogue, namespace)
        .filter((one) => (selector ? labelsMatch(selector, one.labels) : one.ref.name === name))
        .map((one) => authorize(authorized(catalogue, one), peer, 'spec.client')),
      tiers: [],
    }),
  }
}

/** From one of the networks, and with one of the identities. */
function clientAt(at: Reader, namespace: string): EndMatch {
  const networks = networksAt(field(at, 'networks'))
  const free = booleanAt(field(at, 'unauthenticated')) === true
  const mesh = field(at, 'meshTLS')
  if (free === !isAbsent(mesh)) refuse(at, 'must have either unauthenticated or meshTLS')
  const names = identityNames(field(mesh, 'identities'))
  const accounts = (itemsAt(field(mesh, 'serviceAccounts')) ?? []).map((one) =>
    accountIdentity(textAt(field(one, 'namespace')) ?? namespace, textAt(field(one, 'name')) ?? ''),
  )
  const anyTls = booleanAt(field(mesh, 'unauthenticatedTLS')) === true
  const who: EndMatch = free ? anything : identity(anyTls ? anyText : [...names, ...accounts])
  return networks ? { is: 'every', of: [networks, who] } : who
}
