import type { ModelCatalogue } from '../catalogue'
import { type EndMatch, nothing } from '../end-match'
import type { Parsed, PolicyKind } from '../kind'
import type { ModelObject } from '../model'
import { field, itemsAt, type Reader, readerOf, refOf, refuse, someItemsAt, textAt } from '../read'
import { checkHead } from '../read-head'
import type { TextMatch } from '../request-match'
import { accountIdentity, identity, identityNames, linkerdGroup, namespaceIdentity, networksAt } from './linkerd-values'
import { objectsIn } from './mesh-objects'

const common = {
  group: linkerdGroup,
  versions: ['v1alpha1'],
  namespaced: true,
  onlyReferredTo: true,
  standsAlone: true,
} as const

/** policy.linkerd.io MeshTLSAuthentication: clients by the name that they prove. */
export const meshTlsAuthentication: PolicyKind = {
  ...common,
  kind: 'MeshTLSAuthentication',
  plural: 'meshtlsauthentications',
  parse: (object) => parsed(object, 'MeshTLSAuthentication', identitiesOf(object)),
}

/** policy.linkerd.io NetworkAuthentication: clients by their address. */
export const networkAuthentication: PolicyKind = {
  ...common,
  kind: 'NetworkAuthentication',
  plural: 'networkauthentications',
  parse: (object) => parsed(object, 'NetworkAuthentication', networksOf(object)),
}

function parsed(object: ModelObject, kind: string, at: { readonly problems: Reader['problems'] }): Parsed {
  if (at.problems.length > 0) return { problems: at.problems }
  const ref = refOf(object, kind, true)
  return { meaning: () => ({ ref, mode: 'enforced', replaces: null, blocks: [], tiers: [] }) }
}

function identitiesOf(object: ModelObject) {
  const at = readerOf(object)
  checkHead(at)
  const spec = field(at, 'spec')
  const { namespace } = refOf(object, '', true)
  const named = identityNames(field(spec, 'identities'))
  const refs = (itemsAt(field(spec, 'identityRefs')) ?? []).map((ref): TextMatch => {
    const kind = textAt(field(ref, 'kind'))
    const name = textAt(field(ref, 'name')) ?? ''
    if (kind === 'Namespace') return namespaceIdentity(name)
    if (kind !== 'ServiceAccount') refuse(field(ref, 'kind'), 'must be ServiceAccount or Namespace')
    return accountIdentity(textAt(field(ref, 'namespace')) ?? namespace ?? '', name)
  })
  if (named.length + refs.length === 0) refuse(spec, 'must have identities or identityRefs')
  return { match: identity([...named, ...refs]), problems: at.problems }
}

function networksOf(object: ModelObject) {
  const at = readerOf(object)
  checkHead(at)
  const networks = field(field(at, 'spec'), 'networks')
  someItemsAt(networks, { least: 1, most: 10_000 })
  return { match: networksAt(networks) ?? nothing, problems: at.problems }
}

/** What an authentication asks of a client; null: there is none of that name, and who asks for it allows nobody. */
export function authenticationOf(
  catalogue: ModelCatalogue,
  kind: 'MeshTLSAuthentication' | 'NetworkAuthentication',
  namespace: string,
  name: string,
): EndMatch | null {
  const object = objectsIn(catalogue, linkerdGroup, kind, namespace).find((one) => refOf(one, kind, true).name === name)
  if (!object) return null
  const { match, problems } = kind === 'MeshTLSAuthentication' ? identitiesOf(object) : networksOf(object)
  return problems.length > 0 ? { is: 'unclear', doubt: `${kind} ${namespace}/${name} cannot be read` } : match
}
