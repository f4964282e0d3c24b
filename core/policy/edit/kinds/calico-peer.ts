import type { Direction } from '../../normal-form'
import type { Fields } from '../../read'
import { valueAt } from '../object-op'
import type { Path } from '../path'
import type { AlsoSays, At, Peer, Several } from '../visual'
import { calicoNamespaces, calicoNamespaceText, pickOf, selectorText } from './calico-labels'
import { alsoIn, fieldsOf, listAt, textOf, withValue, yamlOf } from './fields'
import { isRefused, type Next, refused, type Refused } from './kind-editor'

const portFields = ['ports', 'notPorts']
export const entityOf = (direction: Direction) => (direction === 'ingress' ? 'source' : 'destination')
const isGiven = (value: unknown) =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

/** Whom `source` or `destination` names, without its ports. `global`: of a policy without a namespace. */
export function calicoPeersOf(rule: Fields, direction: Direction, path: Path, global: boolean): Several<Peer> {
  const name = entityOf(direction)
  const entity = withoutPorts(fieldsOf(rule[name]))
  const given = Object.keys(entity).filter((key) => isGiven(entity[key]))
  if (given.length === 0) return { are: 'everything' }
  const listed = given.length === 1 ? listedPeers(entity, [...path, name]) : null
  if (listed) return { are: 'some', items: listed }
  return { are: 'some', items: [{ path: [...path, name], value: wholePeer(entity, given, global) }] }
}

const withoutPorts = (entity: Fields): Fields =>
  Object.fromEntries(Object.entries(entity).filter(([key]) => !portFields.includes(key)))

/** What is a list of its own: each item is a peer. */
function listedPeers(entity: Fields, path: Path): readonly At<Peer>[] | null {
  const items = (list: Path, peer: (text: string) => Peer) =>
    listAt(entity, list).flatMap((item, i): readonly At<Peer>[] => {
      const text = textOf(item)
      return text === null ? [] : [{ path: [...path, ...list, i], value: peer(text) }]
    })
  if (isGiven(entity.nets)) return items(['nets'], (cidr) => ({ is: 'range', cidrs: [cidr], except: [] }))
  if (isGiven(entity.domains)) return items(['domains'], (name) => ({ is: 'domain', names: [name] }))
  const accounts = fieldsOf(entity.serviceAccounts)
  if (!isGiven(entity.serviceAccounts) || isGiven(accounts.selector) || !isGiven(accounts.names)) return null
  return items(['serviceAccounts', 'names'], (name) => ({ is: 'account', accounts: [{ namespace: null, name }] }))
}

function wholePeer(entity: Fields, given: readonly string[], global: boolean): Peer {
  const only = (...keys: readonly string[]) => given.every((key) => keys.includes(key))
  if (only('selector', 'namespaceSelector')) {
    const namespaces = calicoNamespaces(textOf(entity.namespaceSelector), global ? 'all' : 'own')
    return { is: 'pods', namespaces, pods: pickOf(textOf(entity.selector)) }
  }
  const texts = (key: string) => listAt(entity, [key]).flatMap((item) => textOf(item) ?? [])
  if (only('nets', 'notNets') && isGiven(entity.nets))
    return { is: 'range', cidrs: texts('nets'), except: texts('notNets') }
  const { name, namespace, ...rest } = fieldsOf(entity.services)
  const [service, of] = [textOf(name), textOf(namespace)]
  if (only('services') && service !== null && Object.keys(rest).length === 0)
    return { is: 'service', namespace: of ?? '', name: service }
  return { is: 'other', yaml: yamlOf(entity) }
}

const oneSort = refused('A rule of Calico names one sort of peer: ranges, or pods of one selector. Add another rule.')

/** The rule with other peers; the ports beside them stay. */
export function withCalicoPeers(
  rule: Fields,
  next: Next<Peer>,
  direction: Direction,
  global: boolean,
): Fields | Refused {
  const name = entityOf(direction)
  const entity = fieldsOf(rule[name])
  const ports = Object.fromEntries(Object.entries(entity).filter(([key]) => portFields.includes(key)))
  if (next === 'everything') return withEntity(rule, name, ports)
  const whole = next.length === 1 ? next[0] : undefined
  if (whole && 'keep' in whole && whole.keep.length === 1) return rule
  const peers = next.map((item) => ('keep' in item ? keptPeer(rule, item.keep) : item.value))
  const written = entityFor(peers, global, entity)
  return isRefused(written) ? written : withEntity(rule, name, { ...written, ...ports })
}

/** One item of a list that stays; a peer that is a whole selector cannot stand beside others. */
function keptPeer(rule: Fields, path: Path): Peer {
  const text = textOf(valueAt(rule, path))
  if (text === null || path.length < 3) return { is: 'other', yaml: '' }
  if (path[1] === 'nets') return { is: 'range', cidrs: [text], except: [] }
  if (path[1] === 'domains') return { is: 'domain', names: [text] }
  return { is: 'account', accounts: [{ namespace: null, name: text }] }
}

function entityFor(peers: readonly Peer[], global: boolean, before: Fields): Fields | Refused {
  const [first] = peers
  if (!first || peers.some(({ is }) => is !== first.is)) return oneSort
  const ranges = peers.flatMap((peer) => (peer.is === 'range' ? [peer] : []))
  if (first.is === 'range') {
    const except = ranges.flatMap((range) => range.except)
    if (except.length > 0 && ranges.length > 1)
      return refused('Exceptions count for all ranges of a rule. Add another rule.')
    return { nets: ranges.flatMap(({ cidrs }) => cidrs), ...(except.length > 0 ? { notNets: except } : {}) }
  }
  if (first.is === 'domain') return { domains: peers.flatMap((peer) => (peer.is === 'domain' ? peer.names : [])) }
  if (first.is === 'account') {
    const accounts = peers.flatMap((peer) => (peer.is === 'account' ? peer.accounts : []))
    const spaces = new Set(accounts.map(({ namespace }) => namespace))
    const [space] = spaces
    if (spaces.size > 1) return refused('Service accounts of a rule are of the same namespaces. Add another rule.')
    const names = accounts.map(({ name }) => name)
    const selector = space ? calicoNamespaceText({ pick: 'named', names: [space] }, global) : null
    return { ...(selector === null ? {} : { namespaceSelector: selector }), serviceAccounts: { names } }
  }
  if (peers.length > 1) return oneSort
  if (first.is === 'service') return { services: { name: first.name, namespace: first.namespace } }
  if (first.is !== 'pods') return refused('Calico names pods, ranges, domains, service accounts and services only.')
  return podsEntity(first, global, before)
}

function podsEntity({ namespaces, pods }: Extract<Peer, { is: 'pods' }>, global: boolean, before: Fields): Fields {
  const namespaceSelector = calicoNamespaceText(namespaces, global)
  const old = textOf(before.selector)
  const text = selectorText(pods)
  const selector = old !== null && selectorText(pickOf(old)) === text ? old : text
  const everyone = selector === 'all()' && old === null && namespaceSelector !== null
  return {
    ...(namespaceSelector === null ? {} : { namespaceSelector }),
    ...(everyone ? {} : { selector }),
  }
}

const withEntity = (rule: Fields, name: string, entity: Fields): Fields =>
  withValue(rule, [name], Object.keys(entity).length === 0 ? undefined : entity)

/** What the entities say that is shown neither as peers nor as ports. */
export function calicoAlso(rule: Fields, direction: Direction, path: Path): readonly AlsoSays[] {
  const own = direction === 'ingress' ? 'destination' : 'source'
  const name = entityOf(direction)
  const shown = own === 'destination' ? ['ports'] : []
  const peer = Object.fromEntries(
    Object.entries(fieldsOf(rule[name])).filter(
      ([key]) => key === 'notPorts' || (key === 'ports' && name === 'source'),
    ),
  )
  return [...alsoIn(fieldsOf(rule[own]), [...path, own], shown), ...alsoIn(peer, [...path, name], [])]
}
