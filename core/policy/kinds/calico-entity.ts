import type { ModelCatalogue } from '../catalogue'
import { anything, type EndMatch } from '../end-match'
import type { LabelMatch } from '../label-match'
import { field, fieldsAt, isAbsent, itemsAt, type Reader, refuse, textAt, unknownFields } from '../read'
import { selectedEnd } from './calico-ends'
import { accountsMatch, allOf, calicoKeys, isGiven, selectorAt } from './calico-labels'
import { netsAt, versionOf } from './calico-nets'
import { type Backends, backendsOf } from './calico-service'

/** `source` or `destination` of a rule, without its ports. */
export type Entity = {
  readonly end: (catalogue: ModelCatalogue) => EndMatch
  /** Of `services`; null: none. */
  readonly backends: ((catalogue: ModelCatalogue) => Backends) | null
  /** Families of the addresses that it names. */
  readonly versions: readonly (4 | 6)[]
  /** It has a field that is not known here, which may narrow it. */
  readonly closed: boolean
}

const fields = [
  'nets',
  'notNets',
  'selector',
  'notSelector',
  'namespaceSelector',
  'ports',
  'notPorts',
  'serviceAccounts',
  'services',
  'domains',
]

/** @param namespace of the policy; null: it is global */
export function entityAt(at: Reader, namespace: string | null): Entity {
  fieldsAt(at)
  const nets = netsAt(field(at, 'nets'))
  const notNets = netsAt(field(at, 'notNets'))
  const notSelector = selectorAt(field(at, 'notSelector'), 'labels')
  const selected = selectedAt(at, namespace, notSelector)
  const backends = backendsAt(at, namespace)
  const fixed: EndMatch[] = []
  if (nets) fixed.push(nets)
  if (notNets) fixed.push({ is: 'not', of: notNets })
  if (isGiven(at, 'domains'))
    fixed.push({ is: 'unclear', doubt: 'which addresses have these domain names is not known' })
  return {
    end: (catalogue) => {
      const of = [...fixed]
      if (selected) of.push(selectedEnd(selected, catalogue))
      if (notSelector) of.push({ is: 'not', of: selectedEnd(notSelector, catalogue) })
      if (backends) of.push(backends(catalogue).end)
      const [first = anything] = of
      return of.length < 2 ? first : { is: 'every', of }
    },
    backends,
    versions: [...(nets?.cidrs ?? []), ...(notNets?.cidrs ?? [])].map(versionOf),
    closed: unknownFields(at, fields).length > 0,
  }
}

/**
 * What its selectors say together; null: nothing. As soon as a namespaced policy selects anything, also by
 * `notSelector`, and no namespaces, only its own namespace counts.
 */
function selectedAt(at: Reader, namespace: string | null, notSelector: LabelMatch | null): LabelMatch | null {
  const spaces = selectorAt(field(at, 'namespaceSelector'), 'namespace', true)
  const labels = selectorAt(field(at, 'selector'), 'labels')
  const accounts = accountsAt(field(at, 'serviceAccounts'))
  const own: LabelMatch[] =
    namespace === null || spaces || !(labels || accounts || notSelector)
      ? []
      : [{ op: 'in', key: calicoKeys.namespace, values: [namespace] }]
  return allOf([...own, ...[spaces, accounts, labels].flatMap((part) => part ?? [])])
}

function accountsAt(at: Reader): LabelMatch | null {
  const names = (itemsAt(field(at, 'names')) ?? []).map((item) => textAt(item) ?? '')
  return accountsMatch(names, selectorAt(field(at, 'selector'), 'account'))
}

function backendsAt(at: Reader, namespace: string | null): Entity['backends'] {
  const services = field(at, 'services')
  if (isAbsent(services)) return null
  const name = textAt(field(services, 'name')) ?? ''
  const given = textAt(field(services, 'namespace')) ?? ''
  if (name === '') refuse(field(services, 'name'), 'is required')
  if (given === '' && namespace === null) refuse(field(services, 'namespace'), 'is required')
  for (const other of ['selector', 'notSelector', 'namespaceSelector', 'nets', 'notNets'])
    if (isGiven(at, other)) refuse(field(at, other), 'must not be given beside services')
  const accounts = field(at, 'serviceAccounts')
  if (!isAbsent(accounts)) refuse(accounts, 'must not be given beside services')
  return (catalogue) => backendsOf(given || (namespace ?? ''), name, catalogue)
}
