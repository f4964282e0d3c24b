import { searchTest } from './dns-names'
import { endpointKey, type Endpoint } from '../endpoint'
import type { Window } from '../time'

/** Answers of one kind to one client for one name. `p95`: milliseconds, null where no answer told its latency. */
export type DnsCount = {
  readonly client: Endpoint
  /** As asked, without the last dot. */
  readonly name: string
  /** Types asked for, such as `A`; '' where the source does not tell. */
  readonly type: string
  readonly rcode: number
  readonly count: number
  readonly p95: number | null
}

/** A name as one client looked it up. */
export type DnsLookup = {
  readonly id: string
  readonly client: Endpoint
  readonly name: string
  readonly types: readonly string[]
  /** Answers, those of search domains not counted. */
  readonly answers: number
  readonly rcodes: readonly { readonly rcode: number; readonly count: number }[]
  /** Of the answers, 0 to 1. */
  readonly nxdomainShare: number
  /** 95th percentile of the slowest kind of answer, milliseconds; null: not known. */
  readonly p95: number | null
  /** Answers for this name with a search domain behind it that does not exist (`ndots`): asked for nothing. */
  readonly folded: number
}

export type DnsLookups = {
  readonly window: Window
  readonly names: readonly DnsLookup[]
  /** Names beyond those listed. */
  readonly more: number
  /** Answers that were folded into the name that was meant. */
  readonly folded: number
  /** Records that were counted, and where they begin, milliseconds; null: with the window. */
  readonly records: number
  readonly readTo: number | null
}

const nxdomain = 3

/**
 * Names by who asks for them, most first. A name that does not exist and is another name of the same client with a
 * search domain behind it (core/flows/dns-names.ts) is what a resolver tries by `ndots`: it is counted beside the name that
 * was meant, where that is known. O(counts × labels of a name).
 */
export function groupDnsLookups(counts: readonly DnsCount[]): Pick<DnsLookups, 'names' | 'folded'> {
  const asked = new Map<string, Map<string, DnsCount[]>>()
  for (const count of counts) {
    const client = endpointKey(count.client)
    const names = asked.get(client) ?? new Map<string, DnsCount[]>()
    asked.set(client, names)
    const list = names.get(count.name)
    if (list) list.push(count)
    else names.set(count.name, [count])
  }
  const names: DnsLookup[] = []
  let folded = 0
  for (const [client, own] of asked) {
    const found = new Set([...own].filter(([, list]) => !isMissing(list)).map(([name]) => name))
    const isSearch = searchTest([...found])
    const noise = new Map<string, number>()
    const kept: [string, readonly DnsCount[]][] = []
    for (const [name, list] of own) {
      if (!isMissing(list) || !isSearch(name)) {
        kept.push([name, list])
        continue
      }
      const tries = sum(list)
      folded += tries
      const meant = meantBy(name, found)
      if (meant !== null) noise.set(meant, (noise.get(meant) ?? 0) + tries)
    }
    for (const [name, list] of kept) names.push(nameOf(`${client} ${name}`, name, list, noise.get(name) ?? 0))
  }
  names.sort((a, b) => b.answers - a.answers || (a.id < b.id ? -1 : 1))
  return { names, folded }
}

const sum = (list: readonly DnsCount[]): number => list.reduce((total, { count }) => total + count, 0)

const isMissing = (list: readonly DnsCount[]): boolean => list.every(({ rcode }) => rcode === nxdomain)

/** The longest beginning of a name, at a dot, that was found; null where there is none. */
function meantBy(name: string, found: ReadonlySet<string>): string | null {
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1))
    if (found.has(name.slice(0, dot))) return name.slice(0, dot)
  return null
}

function nameOf(id: string, name: string, list: readonly DnsCount[], folded: number): DnsLookup {
  const byRcode = new Map<number, number>()
  for (const { rcode, count } of list) byRcode.set(rcode, (byRcode.get(rcode) ?? 0) + count)
  const answers = sum(list)
  const latencies = list.flatMap(({ p95 }) => p95 ?? [])
  const [first] = list
  return {
    id,
    client: first?.client ?? { cluster: '', namespace: '', kind: 'Unknown', name: '' },
    name,
    types: [...new Set(list.map(({ type }) => type).filter(Boolean))].sort(),
    answers,
    rcodes: [...byRcode].map(([rcode, count]) => ({ rcode, count })).sort((a, b) => b.count - a.count),
    nxdomainShare: answers === 0 ? 0 : (byRcode.get(nxdomain) ?? 0) / answers,
    p95: latencies.length === 0 ? null : Math.max(...latencies),
    folded,
  }
}
