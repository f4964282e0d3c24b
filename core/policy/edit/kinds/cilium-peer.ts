import type { Direction } from '../../normal-form'
import type { Fields } from '../../read'
import { valueAt } from '../object-op'
import type { Path } from '../path'
import type { At, Peer, Several } from '../visual'
import { endpointSelector, endpointsOf } from './cilium-labels'
import { fieldsOf, listAt, textOf, withValue, yamlOf } from './fields'
import { isRefused, type Next, refused, type Refused } from './kind-editor'
import { selectorOf, termsOf } from './selectors'

const sorts = ['Endpoints', 'Entities', 'CIDR', 'CIDRSet', 'Nodes', 'FQDNs', 'Services', 'Groups'] as const
type Sort = (typeof sorts)[number]
const nobody = ['Endpoints', 'Entities', 'CIDR', 'CIDRSet', 'Nodes']
const wayOf = (direction: Direction) => (direction === 'ingress' ? 'from' : 'to')

/** Fields of a rule that name the other end. */
export const ciliumPeerFields = (direction: Direction): readonly string[] =>
  sorts.map((sort) => `${wayOf(direction)}${sort}`)

/** The other ends of a rule. An empty rule, and an empty list, let nobody in. */
export function ciliumPeersOf(rule: Fields, direction: Direction, path: Path, absent: 'own' | 'all'): Several<Peer> {
  const lists = sorts.map((sort) => ({ sort, field: `${wayOf(direction)}${sort}` }))
  const items = lists.flatMap(({ sort, field }) =>
    listAt(rule, [field]).map((item, i): At<Peer> => ({
      path: [...path, field, i],
      value: peerOf(item, sort, absent),
    })),
  )
  const empty = lists.some(
    ({ sort, field }) => nobody.includes(sort) && Array.isArray(rule[field]) && listAt(rule, [field]).length === 0,
  )
  if (empty || Object.keys(rule).length === 0) return { are: 'nothing' }
  return items.length === 0 ? { are: 'everything' } : { are: 'some', items }
}

function peerOf(item: unknown, sort: Sort, absent: 'own' | 'all'): Peer {
  const other: Peer = { is: 'other', yaml: yamlOf(item) }
  const text = textOf(item)
  const fields = fieldsOf(item)
  const only = (...keys: readonly string[]) => Object.keys(fields).every((key) => keys.includes(key))
  switch (sort) {
    case 'Endpoints': {
      const pods = endpointsOf(item, absent)
      return pods ? { is: 'pods', ...pods } : other
    }
    case 'Entities':
      return text === null ? other : { is: 'entity', name: text }
    case 'CIDR':
      return text === null ? other : { is: 'range', cidrs: [text], except: [] }
    case 'CIDRSet': {
      const cidr = textOf(fields.cidr)
      const group = textOf(fields.cidrGroupRef)
      if (cidr !== null && only('cidr', 'except'))
        return { is: 'range', cidrs: [cidr], except: listAt(fields, ['except']).flatMap((one) => textOf(one) ?? []) }
      return group !== null && only('cidrGroupRef') ? { is: 'network-set', name: group } : other
    }
    case 'Nodes': {
      const terms = termsOf(item)
      return terms ? { is: 'nodes', labels: { terms } } : other
    }
    case 'FQDNs': {
      const name = textOf(fields.matchName) ?? textOf(fields.matchPattern)
      return name !== null && Object.keys(fields).length === 1 ? { is: 'domain', names: [name] } : other
    }
    case 'Services': {
      const { serviceName, namespace } = fieldsOf(fields.k8sService)
      const [name, of] = [textOf(serviceName), textOf(namespace)]
      return name !== null && only('k8sService') ? { is: 'service', namespace: of ?? '', name } : other
    }
    case 'Groups':
      return other
  }
}

type Written = { readonly sort: Sort; readonly items: readonly unknown[] }

/** The rule with other peers, all in one field, as Cilium refuses to put two together. */
export function withCiliumPeers(
  rule: Fields,
  next: Next<Peer>,
  direction: Direction,
  absent: 'own' | 'all',
): Fields | Refused {
  const way = wayOf(direction)
  const clear = ciliumPeerFields(direction).reduce<Fields>(
    (fields, field) => withValue(fields, [field], undefined),
    rule,
  )
  if (next === 'everything') return Object.keys(clear).length === 0 ? { [`${way}Entities`]: ['all'] } : clear
  const written: Written[] = []
  for (const item of next) {
    const one = 'keep' in item ? keptPeer(rule, item.keep, way) : writePeer(item.value, absent)
    if (isRefused(one)) return one
    written.push(one)
  }
  const asSets = written.some(({ sort }) => sort === 'CIDRSet') ? written.map(asSet) : written
  const [first] = asSets
  if (!first || asSets.some(({ sort }) => sort !== first.sort))
    return refused('A rule of Cilium names one sort of peer. Add another rule.')
  if (direction === 'ingress' && ['FQDNs', 'Services'].includes(first.sort))
    return refused('Domain names and Services are for egress only.')
  const field = `${way}${first.sort}`
  const others = ciliumPeerFields(direction).filter((one) => one !== field)
  const kept = others.reduce<Fields>((fields, one) => withValue(fields, [one], undefined), rule)
  return withValue(
    kept,
    [field],
    asSets.flatMap(({ items }) => items),
  )
}

function keptPeer(rule: Fields, path: Path, way: string): Written {
  const sort = sorts.find((one) => path[0] === `${way}${one}`) ?? 'Endpoints'
  return { sort, items: [valueAt(rule, path)] }
}

const asSet = ({ sort, items }: Written): Written =>
  sort === 'CIDR' ? { sort: 'CIDRSet', items: items.map((cidr) => ({ cidr })) } : { sort, items }

function writePeer(peer: Peer, absent: 'own' | 'all'): Written | Refused {
  switch (peer.is) {
    case 'pods': {
      const selector = endpointSelector(peer.namespaces, peer.pods, absent)
      return isRefused(selector) ? selector : { sort: 'Endpoints', items: [selector] }
    }
    case 'entity':
      return { sort: 'Entities', items: [peer.name] }
    case 'range':
      if (peer.except.length === 0) return { sort: 'CIDR', items: peer.cidrs }
      if (peer.cidrs.length > 1) return refused('Exceptions are of one range each.')
      return { sort: 'CIDRSet', items: [{ cidr: peer.cidrs[0], except: peer.except }] }
    case 'network-set':
      return { sort: 'CIDRSet', items: [{ cidrGroupRef: peer.name }] }
    case 'nodes': {
      const selector = selectorOf(peer.labels)
      return isRefused(selector) ? selector : { sort: 'Nodes', items: [selector] }
    }
    case 'domain':
      return {
        sort: 'FQDNs',
        items: peer.names.map((name) => (name.includes('*') ? { matchPattern: name } : { matchName: name })),
      }
    case 'service':
      return { sort: 'Services', items: [{ k8sService: { serviceName: peer.name, namespace: peer.namespace } }] }
    default:
      return refused('Cilium names pods, entities, ranges, nodes, domain names and Services only.')
  }
}
