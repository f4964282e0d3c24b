import type { Labels } from '../../inventory/inventory-object'
import type { ModelCatalogue } from '../catalogue'
import { type EndMatch, nothing } from '../end-match'
import type { Parsed } from '../kind'
import type { ModelObject } from '../model'
import { field, fieldsAt, isAbsent, itemsAt, type Reader, readerOf, refOf, refuse, textAt } from '../read'
import { checkHead } from '../read-head'
import { isCalico } from './calico-group'
import { cidrAt } from './calico-nets'
import { calicoKeys, objectLabels } from './calico-labels'

/** Something with labels that selectors match, and addresses that then count as it. */
export type AddressedObject = {
  readonly kind: AddressedKind
  readonly labels: Labels
  readonly cidrs: readonly string[]
  /** Who else may count as it, because not all its addresses are known. */
  readonly open: EndMatch
}
export type AddressedKind = 'NetworkSet' | 'GlobalNetworkSet' | 'HostEndpoint'

const kinds: readonly AddressedKind[] = ['NetworkSet', 'GlobalNetworkSet', 'HostEndpoint']
const known = new WeakMap<ModelCatalogue, readonly AddressedObject[]>()

/** Network sets and host endpoints of a cluster; read once. */
export function addressedObjects(catalogue: ModelCatalogue): readonly AddressedObject[] {
  const before = known.get(catalogue)
  if (before) return before
  const read = kinds.flatMap((kind) =>
    catalogue
      .objects(kind)
      .filter(isCalico)
      .map((object) => addressedObject(kind, object, catalogue)),
  )
  known.set(catalogue, read)
  return read
}

function addressedObject(kind: AddressedKind, object: ModelObject, catalogue: ModelCatalogue): AddressedObject {
  const at = readerOf(object)
  const { namespace, name } = refOf(object, kind, kind === 'NetworkSet')
  const own = labelsAt(at)
  const spec = field(at, 'spec')
  const host = kind === 'HostEndpoint'
  const cidrs = (itemsAt(field(spec, host ? 'expectedIPs' : 'nets')) ?? []).flatMap((item) => cidrAt(item) ?? [])
  const labels = objectLabels(own, namespace, namespace === null ? {} : (catalogue.namespace(namespace)?.labels ?? {}))
  const some = host ? cidrs.length === 0 : !isAbsent(field(spec, 'allowedEgressDomains'))
  const unclear: EndMatch = { is: 'unclear', doubt: `the addresses of ${kind} ${name} are not all known` }
  const open = at.problems.length > 0 ? unclear : some ? ({ is: 'every', of: [noPod, unclear] } as const) : nothing
  return { kind, labels, cidrs, open }
}

const noPod: EndMatch = { is: 'not', of: { is: 'place', places: ['workload'] } }

function labelsAt(at: Reader): Labels {
  const labels = field(field(at, 'metadata'), 'labels')
  return Object.fromEntries(Object.keys(fieldsAt(labels)).map((key) => [key, textAt(field(labels, key)) ?? '']))
}

/** Reads what is only referred to. @param list the field of the spec that holds its addresses */
export function parseAddressed(object: ModelObject, kind: AddressedKind, list: 'nets' | 'expectedIPs'): Parsed {
  const at = readerOf(object)
  checkHead(at)
  if (Object.hasOwn(labelsAt(at), calicoKeys.namespace))
    refuse(field(field(at, 'metadata'), 'labels'), `must not have ${calicoKeys.namespace}`)
  for (const item of itemsAt(field(field(at, 'spec'), list)) ?? []) cidrAt(item)
  if (at.problems.length > 0) return { problems: at.problems }
  const ref = refOf(object, kind, kind === 'NetworkSet')
  return { meaning: () => ({ ref, mode: 'enforced', replaces: null, blocks: [], tiers: [] }) }
}
