import { isFields } from './read'

/** Fields in the order that people write them, of every kind together: no two that stand beside each other differ in it. */
const usual = [
  'apiVersion',
  'kind',
  'metadata',
  'name',
  'namespace',
  'labels',
  'annotations',
  'spec',
  'specs',
  'stagedAction',
  'tier',
  'order',
  'priority',
  'subject',
  'namespaces',
  'pods',
  'endpointSelector',
  'nodeSelector',
  'selector',
  'mtls',
  'portLevelMtls',
  'action',
  'rules',
  'namespaceSelector',
  'podSelector',
  'serviceAccountSelector',
  'enableDefaultDeny',
  'policyTypes',
  'types',
  'ingressDeny',
  'ingress',
  'egressDeny',
  'egress',
  'matchLabels',
  'matchExpressions',
  'key',
  'operator',
  'values',
  'protocol',
  'source',
  'destination',
  'nets',
  'notNets',
  'domains',
  'serviceAccounts',
  'services',
  'from',
  'fromEndpoints',
  'fromEntities',
  'fromCIDR',
  'fromCIDRSet',
  'to',
  'operation',
  'toEndpoints',
  'toEntities',
  'toCIDR',
  'toCIDRSet',
  'toFQDNs',
  'when',
  'port',
  'endPort',
  'ports',
  'protocols',
  'toPorts',
  'http',
  'methods',
  'paths',
]

/** Where a new key belongs among those that are there. */
export function placeOfKey(keys: readonly string[], key: string): number {
  const rank = usual.indexOf(key)
  if (rank < 0) return keys.length
  for (let i = keys.length; i > 0; i--) {
    const other = usual.indexOf(keys[i - 1] ?? '')
    if (other >= 0 && other < rank) return i
  }
  return keys.some((one) => usual.indexOf(one) > rank) ? 0 : keys.length
}

/** Entries of a new map as people write them; one with other keys, such as labels, stays as it is. */
export function inUsualOrder<Entry extends readonly [string, unknown]>(entries: readonly Entry[]): readonly Entry[] {
  if (!entries.every(([key]) => usual.includes(key))) return entries
  return entries.toSorted(([a], [b]) => usual.indexOf(a) - usual.indexOf(b))
}

/** Maps of which people choose the keys. */
const ownKeys = new Set(['labels', 'annotations', 'matchLabels'])
/** What is not known stands before the rules. */
const unknownRank = usual.indexOf('ingressDeny') - 0.5

const rankOf = (key: string): number => (usual.includes(key) ? usual.indexOf(key) : unknownRank)

/** The same value with all its fields as people order them: databases keep no order. */
export function orderedAsUsual(value: unknown, under = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => orderedAsUsual(item))
  if (!isFields(value)) return value
  const entries = Object.entries(value)
  const sorted = ownKeys.has(under) ? entries : entries.toSorted(([a], [b]) => rankOf(a) - rankOf(b))
  return Object.fromEntries(sorted.map(([key, item]) => [key, orderedAsUsual(item, key)]))
}
