import { addKnown } from '../figures/tally'
import type { EdgeRow } from '../world'
import type { EncryptionUnit } from './classes'
import type { Shares } from './join-layers'

/** What shares are taken in: a unit, else flows. */
export type CountedIn = EncryptionUnit | 'flows'

/** Shares by kind, and in what they were counted; null where a witness was there but counted nothing itself. */
export type RowShares<Kind extends string> = { readonly shares: Shares<Kind>; readonly countedIn: CountedIn | null }

export function countOf({ requests, connections, bytesSent, bytesReceived, flows }: EdgeRow, unit: CountedIn): number {
  if (unit === 'requests') return requests ?? 0
  if (unit === 'connections') return connections ?? 0
  return (unit === 'bytes' ? addKnown(bytesSent, bytesReceived) : flows) ?? 0
}

const others = ['connections', 'flows', 'requests', 'bytes'] as const satisfies readonly CountedIn[]

/**
 * Shares of kinds among the rows of one witness, `unknown` included. They are taken in the unit asked for where the
 * witness counted it of all that it can tell the kind of, or where it is the one whose total is shown (`teller`);
 * else in what it did count of it. Where it counted a part only in the unit and the kinds differ, nothing is known.
 * null where it tells no kind at all. O(rows).
 */
export function sharesOfRows<Kind extends string>(
  rows: readonly EdgeRow[],
  kindOf: (row: EdgeRow) => Kind | 'unknown',
  unit: CountedIn,
  teller: boolean,
): RowShares<Kind | 'unknown'> | null {
  const telling = rows.filter((row) => kindOf(row) !== 'unknown')
  const [first] = telling
  if (!first) return null
  const uniform = telling.every((row) => kindOf(row) === kindOf(first))
  const counted = telling.filter((row) => others.some((count) => countOf(row, count) > 0))
  const inUnit = counted.filter((row) => countOf(row, unit) > 0)
  if (counted.length === 0) return uniform ? whole(kindOf(first), null) : null
  if (inUnit.length === counted.length || (teller && inUnit.length > 0)) return taken(rows, kindOf, unit)
  if (inUnit.length > 0) return uniform ? taken(rows, kindOf, unit) : null
  const other = others.find((count) => counted.some((row) => countOf(row, count) > 0))
  return other ? taken(rows, kindOf, other) : null
}

const whole = <Kind extends string>(kind: Kind, countedIn: CountedIn | null): RowShares<Kind> => {
  const shares: Partial<Record<Kind, number>> = {}
  shares[kind] = 1
  return { shares, countedIn }
}

function taken<Kind extends string>(
  rows: readonly EdgeRow[],
  kindOf: (row: EdgeRow) => Kind,
  count: CountedIn,
): RowShares<Kind> {
  const shares: Partial<Record<Kind, number>> = {}
  const total = rows.reduce((sum, row) => sum + countOf(row, count), 0)
  for (const row of rows) {
    const n = countOf(row, count)
    if (n > 0) shares[kindOf(row)] = (shares[kindOf(row)] ?? 0) + n / total
  }
  return { shares, countedIn: count }
}
