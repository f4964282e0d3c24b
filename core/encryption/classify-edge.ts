import { chooseWitness, orders } from '../witness/choose-witness'
import { type Witness, witnessesOf, witnessName } from '../witness/witness'
import type { EdgeCover, EdgeRow, WorldEdge } from '../world'
import { type Absence, absenceOf } from './absence'
import { type Amounts, type Basis, type EncryptionClass, encryptionClasses, type EncryptionUnit } from './classes'
import { scaleAmounts } from './coverage'
import { wayOfRow } from './way-of-row'
import { identityOfRow } from './identity-of-row'
import { type IdentityKind, joinLayers, type WayKind } from './join-layers'
import { layerWitness } from './layer-witness'
import { exactShares, identityLayer, type Layer, type LayerSources, wayLayer } from './layers'
import { passed } from './not-traffic'
import { type PlacedWay, placedWay } from './place-way'
import type { Seats } from './seats'
import type { CountedIn } from './row-shares'
import { isTlsPort } from './tls-ports'

/** A class of an edge: how much of the unit, how sure, and whose words it rests on. */
export type ClassEvidence = {
  readonly class: EncryptionClass
  readonly amount: number
  readonly basis: Basis
  readonly witnesses: readonly string[]
}

export type UnitEvidence = {
  readonly unit: CountedIn
  readonly total: number
  /** Who counted the total, as `source/reporter`. */
  readonly teller: string
  readonly amounts: Amounts
  readonly identity: Layer<IdentityKind>
  readonly way: Layer<WayKind>
  /** Most first. */
  readonly classes: readonly ClassEvidence[]
}

/** An edge with what protected it, in each unit that anybody counted; flows are events, and no unit of coverage. */
export type Classified = {
  readonly units: Readonly<Record<EncryptionUnit | 'flows', UnitEvidence | null>>
  /** Why no mesh can have encrypted it; null where one may have. */
  readonly absence: Absence | null
  readonly placed: PlacedWay
}

/** What a question of one edge and one moment takes: `inUnit` computes at each call. */
export type Classifier = Omit<Classified, 'units'> & {
  readonly inUnit: (unit: CountedIn) => UnitEvidence | null
}

/**
 * What protected the traffic of an edge. The total is that of the unit's own witness (core/witness/choose-witness.ts); each
 * layer comes from the witness that tells it best, as shares. Where one witness tells both layers of its rows, they
 * are joined row by row; else only what is certain of both is claimed (core/encryption/join-layers.ts). What was
 * refused or failed is left out. The order of rows does not matter. O(rows + pods' nodes of both ends).
 */
export function classifyEdge(worldEdge: WorldEdge, seats: Seats, cover: EdgeCover | null): Classified {
  const { absence, placed, inUnit } = classifierOf(worldEdge, seats, cover)
  return { units: unitsOnce(inUnit), absence, placed }
}

/** The same for who asks each unit once. `known`: the witnesses of all its rows, where they are known. */
export function classifierOf(
  worldEdge: WorldEdge,
  seats: Seats,
  cover: EdgeCover | null,
  known: readonly Witness[] | null = null,
): Classifier {
  const { edge } = worldEdge
  const rows = passed(worldEdge.rows)
  const witnesses = known && rows === worldEdge.rows ? known : witnessesOf(rows, cover)
  const absence = absenceOf(edge, seats)
  const placed = placedWay(edge, seats)
  const kindOf = (row: EdgeRow) => identityOfRow(row, edge)
  const sources: LayerSources = {
    rows,
    kindOf,
    untold: untoldKind(edge, rows, kindOf, absence),
    placed: placed.certain,
    identity: layerWitness(witnesses, rows, (row) => kindOf(row) !== 'unknown', 'identity'),
    way: layerWitness(witnesses, rows, (row) => wayOfRow(row) !== 'unknown', 'way'),
    isPartly: (side) => isPartlyMeshed(seats.of(side === 'source' ? edge.from : edge.to)),
  }
  const inUnit = (unit: CountedIn) => {
    const teller = chooseWitness(witnesses, orders[unit], null)
    return teller && (teller[unit] ?? 0) > 0 ? unitOf(unit, teller, sources) : null
  }
  return { inUnit, absence, placed }
}

/** Units are computed when they are first asked for: most questions are of one. */
function unitsOnce(inUnit: (unit: CountedIn) => UnitEvidence | null): Classified['units'] {
  const known = new Map<CountedIn, UnitEvidence | null>()
  const of = (unit: CountedIn): UnitEvidence | null => {
    let evidence = known.get(unit)
    if (evidence === undefined) known.set(unit, (evidence = inUnit(unit)))
    return evidence
  }
  return {
    get requests() {
      return of('requests')
    },
    get connections() {
      return of('connections')
    },
    get bytes() {
      return of('bytes')
    },
    get flows() {
      return of('flows')
    },
  }
}

/** The evidence in the first unit that anybody counted; null where nobody counted anything. */
export const firstOf = ({ inUnit }: Pick<Classifier, 'inUnit'>): UnitEvidence | null =>
  inUnit('requests') ?? inUnit('connections') ?? inUnit('bytes') ?? inUnit('flows')

/** The same of what is classified already. */
export const firstEvidence = ({ units }: Pick<Classified, 'units'>): UnitEvidence | null =>
  units.requests ?? units.connections ?? units.bytes ?? units.flows

const hbone = 15_008

/** What identity is taken for where nobody tells it. A proxy that saw it encrypted speaks against what the pods look like. */
function untoldKind(
  edge: WorldEdge['edge'],
  rows: readonly EdgeRow[],
  kindOf: (row: EdgeRow) => IdentityKind,
  absence: Absence | null,
): IdentityKind {
  if (isTlsPort(edge)) return 'presumed'
  if (edge.port === hbone && edge.protocol === 'tcp') return 'mtls'
  const isEncrypted = (row: EdgeRow) => kindOf(row) === 'mtls' || kindOf(row) === 'tls'
  return absence && !rows.some(isEncrypted) ? 'absent' : 'unknown'
}

function isPartlyMeshed(seats: ReturnType<Seats['of']>): boolean {
  if (seats === null || seats === 'outside') return false
  const bare = seats.filter(({ proxy }) => proxy === 'none').length
  return bare > 0 && bare < seats.length
}

function unitOf(unit: CountedIn, teller: Witness, sources: LayerSources): UnitEvidence {
  const total = teller[unit] ?? 0
  const of = { unit, teller }
  const identity = identityLayer(of, sources)
  const way = wayLayer(of, sources)
  const amounts = scaleAmounts(exactShares(of, sources) ?? joinLayers(identity.shares, way.shares), total)
  return {
    unit,
    total,
    teller: witnessName(teller),
    amounts,
    identity,
    way,
    classes: evidenceOf(amounts, identity, way),
  }
}

function evidenceOf(amounts: Amounts, identity: Layer<IdentityKind>, way: Layer<WayKind>): readonly ClassEvidence[] {
  const found: ClassEvidence[] = []
  for (const each of encryptionClasses) {
    const amount = amounts[each]
    if (amount > 0)
      found.push({ class: each, amount, basis: basisOf(each, identity, way), witnesses: namesOf(each, identity, way) })
  }
  return found.length > 1 ? found.sort((a, b) => b.amount - a.amount) : found
}

/** Whose words a class rests on: those of the layers that it needs. */
function namesOf(each: EncryptionClass, { witness: first }: Named, { witness: second }: Named): readonly string[] {
  if (each === 'mtls' || each === 'tls') return first === null ? [] : [first]
  if (each === 'tunnel' || each === 'same-node') return second === null ? [] : [second]
  if (first === null || first === second) return second === null ? [] : [second]
  return second === null ? [first] : [first, second]
}

type Named = { readonly witness: string | null }

/** A class is as sure as the weaker of the layers that it needs. */
function basisOf(each: EncryptionClass, { shares, basis }: Layer<IdentityKind>, way: Layer<WayKind>): Basis {
  const { plaintext = 0, absent = 0, tls = 0, presumed = 0 } = shares
  switch (each) {
    case 'mtls':
      return basis
    case 'tls':
      return tls > 0 && tls >= presumed ? 'measured' : 'inferred'
    case 'plaintext':
      return plaintext > 0 && plaintext >= absent ? 'measured' : 'inferred'
    case 'mtls+tunnel':
    case 'tunnel':
    case 'same-node':
      return way.basis
    case 'unknown':
      return 'inferred'
  }
}
