import { type Decoded, numberOf } from '../protobuf'
import type { FlowKey } from './messages'
import type { Bucket, Counted } from './ring'

export type Filter = (key: FlowKey) => boolean

const fuzzy = 1
/** Either spelling of a network's name stands for both. */
const spellings: Readonly<Record<string, string>> = { 'PUBLIC NETWORK': 'pub', 'PRIVATE NETWORK': 'pvt' }

/** One of the values within a field, all fields that say something. */
export function filterOf(given: Decoded | undefined): Filter {
  if (!given) return () => true
  const texts = (field: string, of: (key: FlowKey) => string): Filter => {
    const wanted = (given[field] ?? []).map((match) => {
      const { value = [''], type = [0] } = match as Decoded
      const text = String(value[0])
      return { text: spellings[text] ?? text, isPart: type[0] === fuzzy }
    })
    return (key) =>
      !wanted.length || wanted.some(({ text, isPart }) => (isPart ? of(key).includes(text) : of(key) === text))
  }
  const numbers = (wanted: readonly unknown[] | undefined, of: (key: FlowKey) => number): Filter => {
    const set = new Set((wanted ?? []).filter((value) => value !== 0))
    return (key) => !set.size || set.has(of(key))
  }
  const ports = given['destPorts']?.map((match) => numberOf(match as Decoded, 'port'))
  const filters = [
    texts('sourceNames', (key) => key.sourceName),
    texts('sourceNamespaces', (key) => key.sourceNamespace),
    texts('destNames', (key) => key.destName),
    texts('destNamespaces', (key) => key.destNamespace),
    texts('protocols', (key) => key.proto),
    numbers(ports, (key) => key.destPort),
    numbers(given['actions'], (key) => key.action),
    numbers(given['reporter'], (key) => key.reporter),
  ]
  return (key) => filters.every((one) => one(key))
}

const counters = ['packetsIn', 'packetsOut', 'bytesIn', 'bytesOut', 'started', 'completed', 'live'] as const

/** One flow for each key, summed over the buckets, newest first; live connections are summed too, as Goldmane does. */
export function sumFlows(buckets: Iterable<Bucket>, filter: Filter): Counted[] {
  const sums = new Map<string, Counted>()
  for (const bucket of buckets)
    for (const [id, flow] of bucket.flows) {
      if (!filter(flow.report.key)) continue
      const sum = sums.get(id)
      if (!sum) {
        sums.set(id, { ...flow })
        continue
      }
      sum.end = flow.end
      for (const name of counters) sum[name] += flow[name]
    }
  return [...sums.values()].sort((a, b) => b.start - a.start)
}

type Sort = (flow: Counted) => string
const sorts: readonly (Sort | null)[] = [
  null,
  ({ report }) => report.key.destName,
  ({ report }) => report.key.destNamespace,
  null,
  ({ report }) => report.key.sourceName,
  ({ report }) => report.key.sourceNamespace,
]

/** Sorted by one field; by time they are already. Null where Goldmane refuses. */
export function sortFlows(flows: readonly Counted[], by: readonly unknown[]): readonly Counted[] | null {
  if (by.length > 1) return null
  const [first] = by
  const field = first === undefined ? 0 : numberOf(first as Decoded, 'sortBy')
  if (field === 0) return flows
  const of = sorts[field]
  return of ? [...flows].sort((a, b) => of(a).localeCompare(of(b))) : null
}

/** What each type of hint lists. */
export const hintOf: readonly ((key: FlowKey) => readonly string[])[] = [
  () => [],
  (key) => [key.destName],
  (key) => [key.sourceName],
  (key) => [key.destNamespace],
  (key) => [key.sourceNamespace],
  (key) => hitsOf(key).flatMap(({ tier }) => tier ?? []),
  (key) => hitsOf(key).flatMap(({ name }) => name ?? []),
  (key) => hitsOf(key).map(({ kind }) => String(kind)),
  (key) => hitsOf(key).flatMap(({ namespace }) => namespace ?? []),
]
const hitsOf = ({ policies }: FlowKey) => [...policies.enforced, ...policies.pending]
