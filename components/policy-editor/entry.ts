import { parseEndpointKey } from '@/core/endpoint'

/** The ways in, each with what it names. One at a time; `draft` is the strongest. */
export const entryNames = ['draft', 'ref', 'allow', 'deny', 'why', 'isolate', 'least', 'namespace', 'new'] as const
export type EntryName = (typeof entryNames)[number]

/** What the editor was opened from. `start`: nothing, so it asks. */
export type Entry =
  | { readonly from: 'start' }
  /** A draft by its number. */
  | { readonly from: 'draft'; readonly id: number }
  /** An object by its refKey. */
  | { readonly from: 'ref'; readonly key: string }
  /** An edge of the map by its id. */
  | { readonly from: 'allow' | 'deny' | 'why'; readonly edge: string }
  /** A workload by its endpointKey; `isolate` also takes a namespace, `cluster/namespace`. */
  | { readonly from: 'isolate' | 'least'; readonly endpoint: string }
  | { readonly from: 'namespace'; readonly namespace: string }
  /** A kind by its name (`newKinds` of core/policy/edit). */
  | { readonly from: 'new'; readonly kind: string }

type Given = Readonly<Partial<Record<EntryName, string | null>>>

/** Reads the address. What cannot be read opens the start. */
export function entryOf(given: Given): Entry {
  const { draft, ref, allow, deny, why, isolate, least, namespace } = given
  if (draft && /^[1-9]\d{0,9}$/.test(draft)) return { from: 'draft', id: Number(draft) }
  if (ref) return { from: 'ref', key: ref }
  if (allow) return { from: 'allow', edge: allow }
  if (deny) return { from: 'deny', edge: deny }
  if (why) return { from: 'why', edge: why }
  if (isolate) return { from: 'isolate', endpoint: isolate }
  if (least) return { from: 'least', endpoint: least }
  if (namespace) return { from: 'namespace', namespace: namespace.split('/').at(-1) ?? namespace }
  return given.new ? { from: 'new', kind: given.new } : { from: 'start' }
}

/** The cluster that an entry names by itself; null: it does not. */
export function clusterOfEntry(entry: Entry, given: Given): string | null {
  if ('edge' in entry) {
    const [from = '', to = ''] = entry.edge.split('|')
    return (parseEndpointKey(to)?.cluster || parseEndpointKey(from)?.cluster) ?? null
  }
  if ('endpoint' in entry) return entry.endpoint.split('/')[0] || null
  if (entry.from !== 'namespace') return null
  const parts = given.namespace?.split('/') ?? []
  return parts.length === 2 ? (parts[0] ?? null) : null
}

/** What the editor was opened from, as the end of a sentence; '' where there is nothing to say. */
export function entryWords(entry: Entry): string {
  if ('edge' in entry) return `opened from the edge ${edgeWords(entry.edge)}`
  if ('endpoint' in entry) return `opened from ${parseEndpointKey(entry.endpoint)?.name ?? entry.endpoint}`
  return entry.from === 'namespace' ? `opened from namespace ${entry.namespace}` : ''
}

/** `reports → accounts-postgres :5432`. */
export function edgeWords(edge: string): string {
  const [from = '', to = '', port = ''] = edge.split('|')
  const name = (key: string) => parseEndpointKey(key)?.name ?? key
  return `${name(from)} → ${name(to)}${port === '' ? '' : ` :${port}`}`
}

/** The address that an entry was, as a draft keeps it. */
export function entryAddress(entry: Entry): string {
  const query = new URLSearchParams()
  if ('edge' in entry) query.set(entry.from, entry.edge)
  else if ('endpoint' in entry) query.set(entry.from, entry.endpoint)
  else if (entry.from === 'ref') query.set('ref', entry.key)
  else if (entry.from === 'namespace') query.set('namespace', entry.namespace)
  else if (entry.from === 'new') query.set('new', entry.kind)
  return query.size > 0 ? `/policies/edit?${query}` : ''
}

/** What an address that a draft keeps was. */
export const entryOfAddress = (address: string): Entry =>
  entryOf(Object.fromEntries(new URLSearchParams(address.split('?')[1] ?? '')))

/** What a draft was opened from, of the address that it keeps. */
export const openedFromWords = (address: string): string => entryWords(entryOfAddress(address))
