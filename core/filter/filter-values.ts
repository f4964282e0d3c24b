import { type Endpoint, endpointLabel } from '../endpoint'
import { recordWords } from '../encryption/record-class'
import { viewOf } from '../figures/family'
import type { FilterField, Side } from './filter-ast'
import { endTest } from './filter-end'
import type { FilterFacts } from './filter-facts'
import { natures } from './filter-terms'
import { sourceParts } from '../witness/witness'
import type { World, WorldEdge } from '../world'

/** A value that a field of the filter has in a World, and on how many edges. */
export type FieldValue = { readonly value: string; readonly edges: number }

/** Values that one field has. */
export type FieldValues = { readonly field: FilterField; readonly values: readonly FieldValue[] }

export type ValuesQuestion = {
  readonly field: FilterField
  /** Of the caller or the callee only. */
  readonly side?: Side
  /** Part of the value; '' is any. */
  readonly text: string
  readonly limit: number
}

/** Values that begin with the text before those that hold it, each the most frequent first. O(edges). */
export function filterValues(
  world: Pick<World, 'edges'>,
  { field, side, text, limit }: ValuesQuestion,
  facts: FilterFacts,
): readonly FieldValue[] {
  const valuesOf = reader(field, side, facts)
  const counts = new Map<string, number>()
  if (valuesOf)
    for (const edge of world.edges)
      for (const value of new Set(valuesOf(edge))) if (value) counts.set(value, (counts.get(value) ?? 0) + 1)
  const typed = text.toLowerCase()
  const rank = (value: string) => (value.toLowerCase().startsWith(typed) ? 0 : 1)
  return named(field, counts)
    .filter(([value]) => value.toLowerCase().includes(typed))
    .sort(([a, n], [b, m]) => rank(a) - rank(b) || m - n || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([value, edges]) => ({ value, edges }))
}

type Reader = (edge: WorldEdge) => readonly string[]

function reader(field: FilterField, side: Side | undefined, facts: FilterFacts): Reader | null {
  const ends =
    (read: (endpoint: Endpoint) => string): Reader =>
    ({ edge }) =>
      side ? [read(edge[side])] : [read(edge.from), read(edge.to)]
  const seen =
    (read: (row: WorldEdge['rows'][number]['facet']) => string): Reader =>
    ({ rows }) =>
      rows.map(({ facet }) => read(facet))
  switch (field) {
    case 'ns':
      return ends((e) => e.namespace)
    case 'cluster':
      return ends((e) => e.cluster)
    case 'kind':
      return ends((e) => e.kind)
    case 'team':
      return ends(facts.team)
    case 'app':
      return ends(facts.app)
    case 'role':
      return ends((e) => facts.role(e) ?? '')
    case 'name':
      return ends(endpointLabel)
    case 'from':
      return ({ edge }) => [endpointLabel(edge.from)]
    case 'to':
      return ({ edge }) => [endpointLabel(edge.to)]
    case 'is': {
      const tests = natures.map((value) => ({ value, is: endTest({ type: 'term', field, op: '=', value }, facts) }))
      return ({ edge }) =>
        tests.filter(({ is }) => [edge.from, edge.to].some((end) => is?.(end))).map(({ value }) => value)
    }
    case 'op':
      return ({ edge }) => facts.operations(edge)
    case 'port':
      return ({ edge }) => (edge.port > 0 ? [String(edge.port)] : [])
    case 'proto':
      return ({ edge, rows }) => [edge.protocol, ...rows.map(({ facet }) => (facet.l7 === 'none' ? '' : facet.l7))]
    case 'verdict':
      return seen((facet) => facet.verdict)
    case 'reason':
      return seen((facet) => facet.reason)
    case 'source':
      return seen((facet) => sourceParts(facet.source).type)
    case 'seen':
      return seen((facet) => viewOf(facet.source) ?? '')
    case 'encrypted':
      return ({ edge, rows }) => wordsOf(edge, rows, facts)
    case 'tunnel':
      return ({ edge, rows }) => (wordsOf(edge, rows, facts).includes('tunnel') ? ['yes'] : [])
    default:
      return null
  }
}

/** The classes of an edge; `partly` where it has more than one kind. */
function wordsOf(edge: WorldEdge['edge'], rows: WorldEdge['rows'], { encryption }: FilterFacts): readonly string[] {
  const known = encryption?.(edge)
  if (!known) return rows.flatMap(({ facet }) => [...recordWords(facet)])
  const { summary, units } = known
  const classes = Object.values(units).flatMap((shares) => shares?.map((each) => each.class) ?? [])
  return summary === 'mixed' ? ['partly', ...classes] : [summary, ...classes]
}

/** A name that only one namespace has is enough by itself. */
function named(field: FilterField, counts: ReadonlyMap<string, number>): [string, number][] {
  if (field !== 'name' && field !== 'from' && field !== 'to') return [...counts]
  const short = (label: string) => label.slice(label.indexOf('/') + 1)
  const sharing = new Map<string, number>()
  for (const label of counts.keys()) sharing.set(short(label), (sharing.get(short(label)) ?? 0) + 1)
  const plain = (label: string) => field === 'name' || sharing.get(short(label)) === 1
  const found = new Map<string, number>()
  for (const [label, n] of counts) {
    const value = plain(label) ? short(label) : label
    found.set(value, (found.get(value) ?? 0) + n)
  }
  return [...found]
}
