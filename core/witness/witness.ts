import { secondsTold } from '../series/covered'
import { families, familyOf, type View, views } from '../figures/family'
import { addKnown } from '../figures/tally'
import type { Reporter } from '../verdict'
import type { EdgeCover, EdgeRow, Facet } from '../world'

/** Who saw traffic: one reporter of one source, with all that it counted on an edge. */
export type Witness = {
  /** As in Facet. */
  readonly source: string
  /** The telemetry without its transport: a family, or the first word of the label. */
  readonly type: string
  /** Where it sees traffic; null where that is not known. */
  readonly view: View | null
  readonly reporter: Reporter
  /** Seconds of the window in which its source told anything; Infinity where nobody knows. */
  readonly cover: number
  flows: number | null
  connections: number | null
  bytes: number | null
  requests: number | null
  responses: number | null
  latency: boolean
}

/** Is this what that witness saw? */
export const isBy = ({ source, reporter }: Witness, facet: Facet): boolean =>
  facet.reporter === reporter && facet.source === source

/** Witnesses in the order of rows. */
export function witnessesOf(rows: readonly EdgeRow[], cover: EdgeCover | null): Witness[] {
  const found: Witness[] = []
  for (const row of rows) {
    let witness: Witness | undefined
    for (const one of found) if (isBy(one, row.facet)) witness = one
    if (!witness) found.push((witness = newWitness(row.facet, cover)))
    witness.flows = addKnown(witness.flows, row.flows)
    witness.connections = addKnown(witness.connections, row.connections)
    witness.bytes = addKnown(witness.bytes, addKnown(row.bytesSent, row.bytesReceived))
    witness.requests = addKnown(witness.requests, row.requests)
    witness.responses = addKnown(witness.responses, row.responses)
    witness.latency ||= row.latency !== null && row.latency.length > 0
  }
  return found
}

function newWitness({ source, reporter }: Facet, cover: EdgeCover | null): Witness {
  const { transport, type, view } = sourceParts(source)
  return {
    source,
    type,
    view,
    reporter,
    cover: secondsTold(cover, transport, reporter),
    flows: null,
    connections: null,
    bytes: null,
    requests: null,
    responses: null,
    latency: false,
  }
}

type Parts = {
  readonly transport: string
  readonly type: string
  readonly view: View | null
  /** `source/reporter`, as far as it was asked for. */
  readonly names: Partial<Record<Reporter, string>>
}

/** Labels are few (dictionaries of the store); asked for every row of a graph. */
const known = new Map<string, Parts>()
const maxKnown = 10_000

/** A source label in its parts: `prometheus:istio` is telemetry `istio` through `prometheus`. */
export function sourceParts(label: string): Parts {
  let parts = known.get(label)
  if (!parts) {
    const family = familyOf(label)
    const [, transport = label] = /^([a-z0-9-]+)/.exec(label) ?? []
    parts = { transport, type: family ?? transport, view: family && families[family], names: {} }
    if (known.size < maxKnown) known.set(label, parts)
  }
  return parts
}

/** `source/reporter` of everyone who saw the rows: `first`, then the others in order. */
export function witnessNames(rows: readonly EdgeRow[], first: Witness | null): readonly string[] {
  const others = new Set<string>()
  for (const { facet } of rows) if (!first || !isBy(first, facet)) others.add(witnessName(facet))
  const names = [...others].sort()
  return first ? [witnessName(first), ...names] : names
}

/** `source/reporter`. Every edge of a graph asks, and a text that is made anew is found slowly in a map. */
export const witnessName = ({ source, reporter }: Pick<Facet, 'source' | 'reporter'>): string =>
  (sourceParts(source).names[reporter] ??= `${source}/${reporter}`)

type Seen = readonly { readonly facet: { readonly source: string } }[]

/** Where rows were seen, in the order of `views`. */
export function viewsOf(lists: Iterable<Seen>): readonly View[] {
  const labels = new Set<string>()
  for (const rows of lists) for (const { facet } of rows) labels.add(facet.source)
  const found = new Set([...labels].map((label) => sourceParts(label).view))
  return views.filter((view) => found.has(view))
}
