import { chooseWitness, orders } from '../witness/choose-witness'
import type { EdgeRow } from '../world'
import { isBy, type Witness } from '../witness/witness'
import { type CountedIn, countOf } from './row-shares'

/** A layer is told by a witness of which this share of rows or more says its kind. */
const enoughCover = 0.9
/** As in core/witness/choose-witness.ts: one that counted this many times less sees a part only. */
const partial = 1.5

/**
 * The best of those that tell a kind: proxies at the callee before waypoints before proxies at the caller for
 * identity, the network before proxies for the way. null where nobody tells. O(witnesses × rows).
 */
export function layerWitness(
  witnesses: readonly Witness[],
  rows: readonly EdgeRow[],
  tells: (row: EdgeRow) => boolean,
  layer: 'identity' | 'way',
): Witness | null {
  if (!rows.some(tells)) return null
  const order = layer === 'identity' ? { ...orders.requests, comparable: false } : orders.flows
  const counts = new Map<Witness, number>()
  for (const row of rows) {
    if (!tells(row)) continue
    const witness = witnesses.find((each) => isBy(each, row.facet))
    if (witness) counts.set(witness, (counts.get(witness) ?? 0) + weightOf(row))
  }
  return chooseWitness(witnesses, { ...order, figure: (witness) => counts.get(witness) ?? null }, null)
}

const weightOf = (row: EdgeRow): number =>
  countOf(row, 'requests') + countOf(row, 'connections') + countOf(row, 'flows') || countOf(row, 'bytes')

/**
 * How much (0..1) of what the teller of a total counted a witness of a layer can have seen: less where its source
 * told of a shorter time, or where it counted much fewer of the same calls.
 */
export function seenShare(witness: Witness, teller: Witness, unit: CountedIn): number {
  if (witness === teller) return 1
  const ofTime =
    Number.isFinite(witness.cover) && Number.isFinite(teller.cover) && witness.cover < teller.cover * enoughCover
      ? witness.cover / teller.cover
      : 1
  const [n, total] = [witness.requests, teller.requests]
  const comparable = unit === 'requests' && n !== null && n > 0 && total !== null
  const ofCalls = comparable && n * partial < total ? n / total : 1
  return Math.min(ofTime, ofCalls)
}
