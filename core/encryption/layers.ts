import { isBy, type Witness, witnessName } from '../witness/witness'
import type { EdgeRow } from '../world'
import type { Amounts, Basis } from './classes'
import { addAmounts, scaleAmounts } from './coverage'
import { isSeenInTunnel, wayOfRow } from './way-of-row'
import { type IdentityKind, identityKinds, joinLayers, type Shares, type WayKind, wayKinds } from './join-layers'
import { seenShare } from './layer-witness'
import { type CountedIn, countOf, sharesOfRows } from './row-shares'

/** One layer of one unit: shares of its kinds, who told them (`source/reporter`; null: they are concluded), in what they were counted. */
export type Layer<Kind extends string> = {
  readonly shares: Shares<Kind>
  readonly witness: string | null
  readonly countedIn: CountedIn | null
  readonly basis: Basis
}

/** What the layers of an edge are read from; the same for each unit. */
export type LayerSources = {
  /** Rows of what passed. */
  readonly rows: readonly EdgeRow[]
  readonly kindOf: (row: EdgeRow) => IdentityKind
  /** What identity is where nobody tells it. */
  readonly untold: IdentityKind
  /** The way where nobody tells it. */
  readonly placed: WayKind
  readonly identity: Witness | null
  readonly way: Witness | null
  /** Whether some pods of that side have no proxy and others have, so that proxies there see a part only. */
  readonly isPartly: (side: 'destination' | 'source') => boolean
}

export type UnitTeller = { readonly unit: CountedIn; readonly teller: Witness }

const concluded = <Kind extends string>(kind: Kind, basis: Basis): Layer<Kind> => {
  const shares: Partial<Record<Kind, number>> = {}
  shares[kind] = 1
  return { shares, witness: null, countedIn: null, basis }
}
const tableOf = <Kind extends string>(kinds: readonly Kind[], basis: Basis) =>
  Object.fromEntries(kinds.map((kind) => [kind, concluded(kind, basis)])) as Readonly<Record<Kind, Layer<Kind>>>

/** Layers that nobody tells, by what they are taken for: made once, because most edges have them. */
const inferred = tableOf(identityKinds, 'inferred')
const byPlacement = tableOf(wayKinds, 'placement')

export function identityLayer(of: UnitTeller, sources: LayerSources): Layer<IdentityKind> {
  const { rows, kindOf, identity, untold } = sources
  const told = identity && sharesOfRows(rowsBy(identity, rows), kindOf, of.unit, identity === of.teller)
  if (!told) return inferred[untold]
  return {
    shares: settled(identityKinds, told.shares, seenBy(identity, of, sources), untold),
    witness: witnessName(identity),
    countedIn: told.countedIn,
    basis: 'measured',
  }
}

export function wayLayer(of: UnitTeller, { rows, way, placed }: LayerSources): Layer<WayKind> {
  if (!way) return byPlacement[placed]
  const own = rowsBy(way, rows)
  const told = sharesOfRows(own, wayOfRow, of.unit, way === of.teller)
  if (!told) return byPlacement[placed]
  return {
    shares: settled(wayKinds, told.shares, seenShare(way, of.teller, of.unit), placed),
    witness: witnessName(way),
    countedIn: told.countedIn,
    basis: own.some(isSeenInTunnel) ? 'measured' : 'placement',
  }
}

/** A witness that tells the way of at least this share of what it counted joins the layers row by row. */
const enoughTold = 0.9

/** Both layers row by row, as shares of 1; null where no witness tells them together. O(rows). */
export function exactShares(of: UnitTeller, sources: LayerSources): Amounts | null {
  const { rows, identity, kindOf, placed, untold } = sources
  if (!identity) return null
  const own = rowsBy(identity, rows)
  if (!own.some((row) => wayOfRow(row) !== 'unknown')) return null
  const count = sharesOfRows(own, kindOf, of.unit, identity === of.teller)?.countedIn
  if (!count) return null
  const total = own.reduce((sum, row) => sum + countOf(row, count), 0)
  const withWay = own.reduce((sum, row) => sum + (wayOfRow(row) === 'unknown' ? 0 : countOf(row, count)), 0)
  if (withWay < total * enoughTold) return null
  const seen = seenBy(identity, of, sources)
  const join = (kind: IdentityKind, way: WayKind, share: number) =>
    scaleAmounts(
      joinLayers({ [kind === 'unknown' ? untold : kind]: 1 }, { [way === 'unknown' ? placed : way]: 1 }),
      share,
    )
  const parts = own.map((row) => join(kindOf(row), wayOfRow(row), (countOf(row, count) / total) * seen))
  return addAmounts([...parts, join('unknown', 'unknown', 1 - seen)])
}

const rowsBy = (witness: Witness, rows: readonly EdgeRow[]) => rows.filter(({ facet }) => isBy(witness, facet))

/** How much of the total a witness of identity saw; where some pods of its side have no proxy, only what it counted itself. */
function seenBy(witness: Witness, { unit, teller }: UnitTeller, { isPartly }: LayerSources): number {
  const seen = seenShare(witness, teller, unit)
  const { reporter, view } = witness
  if (witness === teller || view !== 'proxies' || (reporter !== 'destination' && reporter !== 'source')) return seen
  return isPartly(reporter) ? Math.min(seen, (witness[unit] ?? 0) / (teller[unit] || 1)) : seen
}

/** Shares of which this part was seen; what is unknown of them, and what was not seen, is `unknown` or what it is taken for. */
function settled<Kind extends string>(
  kinds: readonly Kind[],
  shares: Shares<Kind>,
  seen: number,
  unknown: Kind,
): Shares<Kind> {
  const settled: Partial<Record<Kind, number>> = {}
  let left = 1
  for (const kind of kinds) {
    const share = kind === 'unknown' ? 0 : (shares[kind] ?? 0) * seen
    if (share > 0) settled[kind] = share
    left -= share
  }
  if (left > 1e-9) settled[unknown] = (settled[unknown] ?? 0) + left
  return settled
}
