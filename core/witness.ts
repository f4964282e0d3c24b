import { addKnown } from './tally'
import type { Reporter } from './verdict'
import type { EdgeRow, Facet } from './world'

/** Who saw traffic: one reporter of one source instance, with all that it counted on an edge. */
export type Witness = {
  readonly source: string
  readonly type: string
  readonly reporter: Reporter
  flows: number | null
  requests: number | null
  responses: number | null
  latency: boolean
}

/** Is this what that witness saw? */
export const isBy = ({ source, reporter }: Witness, facet: Facet): boolean =>
  facet.reporter === reporter && facet.source === source

/** Witnesses in the order of rows. `types`: source instance → type; where it is not known, the first word of the instance. */
export function witnessesOf(rows: readonly EdgeRow[], types: ReadonlyMap<string, string>): Witness[] {
  const found: Witness[] = []
  for (const row of rows) {
    let witness: Witness | undefined
    for (const one of found) if (isBy(one, row.facet)) witness = one
    if (!witness) found.push((witness = newWitness(row.facet, types)))
    witness.flows = addKnown(witness.flows, row.flows)
    witness.requests = addKnown(witness.requests, row.requests)
    witness.responses = addKnown(witness.responses, row.responses)
    witness.latency ||= row.latency !== null && row.latency.length > 0
  }
  return found
}

function newWitness({ source, reporter }: Facet, types: ReadonlyMap<string, string>): Witness {
  const type = types.get(source) ?? /^[a-z0-9]*/.exec(source)?.[0] ?? source
  return { source, type, reporter, flows: null, requests: null, responses: null, latency: false }
}

/** `source/reporter` of everyone who saw the rows: `first`, then the others in order. */
export function witnessNames(rows: readonly EdgeRow[], first: Witness | null): readonly string[] {
  const others = new Set<string>()
  for (const { facet } of rows) if (!first || !isBy(first, facet)) others.add(nameOf(facet))
  const names = [...others].sort()
  return first ? [nameOf(first), ...names] : names
}

const nameOf = ({ source, reporter }: Pick<Facet, 'source' | 'reporter'>) => `${source}/${reporter}`
