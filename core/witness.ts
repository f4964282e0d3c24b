import { addKnown } from './tally'
import type { Reporter } from './verdict'
import type { EdgeRow } from './world'

/** Who saw traffic: one reporter of one source instance, with all that it counted on an edge. */
export type Witness = {
  readonly source: string
  readonly type: string
  readonly reporter: Reporter
  readonly rows: EdgeRow[]
  flows: number | null
  requests: number | null
  responses: number | null
  latency: boolean
}

/** Rows by witness, in the order of rows. `types`: source instance → type; where it is not known, the first word of the instance. */
export function witnessesOf(rows: readonly EdgeRow[], types: ReadonlyMap<string, string>): Witness[] {
  const found: Witness[] = []
  for (const row of rows) {
    const { source, reporter } = row.facet
    let witness: Witness | undefined
    for (const one of found) if (one.reporter === reporter && one.source === source) witness = one
    if (!witness) {
      const type = types.get(source) ?? /^[a-z0-9]*/.exec(source)?.[0] ?? source
      witness = { source, type, reporter, rows: [], flows: null, requests: null, responses: null, latency: false }
      found.push(witness)
    }
    witness.rows.push(row)
    witness.flows = addKnown(witness.flows, row.flows)
    witness.requests = addKnown(witness.requests, row.requests)
    witness.responses = addKnown(witness.responses, row.responses)
    witness.latency ||= row.latency !== null && row.latency.length > 0
  }
  return found
}
