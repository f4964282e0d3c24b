import { factsOf } from '../filter/facts-of-world'
import type { Scope } from '../scope'
import type { Window } from '../time'
import type { SourceGap, World, WorldEdge } from '../world'
import { buildEncryption } from './build-encryption'
import { type Coverage, type EncryptionUnit, encryptionUnits } from './classes'
import type { ClassifiedEdge, ClassifiedWorld } from './classify-world'
import { addAmounts, coverageOf } from './coverage'
import type { EncryptionAnswer, PlainEdge } from './encryption-answer'
import { type EncryptionException, exceptionTest } from './exception'

/** Who accepts that an edge is in plaintext, why and until when. */
export type Accepted = Omit<EncryptionException, 'filter'>

export type EncryptionPage = Omit<EncryptionAnswer, 'plaintext'> & {
  readonly window: Window
  /** Seconds of the window in which any source told anything. */
  readonly coveredSeconds: number
  readonly gaps: readonly SourceGap[]
  /** The namespaces to which it is limited, because who asks sees no others; null: to none. */
  readonly part: EncryptionPart | null
  /** Whether it is known where pods were and which proxies they had; false of a recording. */
  readonly hasGround: boolean
  readonly units: Readonly<Record<EncryptionUnit, UnitFigures>>
  /** As in EncryptionAnswer. An accepted edge counts as plaintext. */
  readonly plaintext: readonly (PlainEdge & { readonly accepted: Accepted | null })[]
  /** What of the plaintext is accepted. */
  readonly accepted: { readonly edges: number; readonly amount: number }
}

/** `namespaces`: the first ones, as `cluster/namespace`; `count`: of all. */
export type EncryptionPart = { readonly namespaces: readonly string[]; readonly count: number }

/** Namespaces of a part that are named. */
const mostNamed = 20

/** `edges`: of how many this unit was told. */
export type UnitFigures = { readonly edges: number; readonly coverage: Coverage | null }

type Asked = {
  readonly unit: EncryptionUnit
  /** Only nodes and certificates of this cluster; '' for all. Edges are narrowed before. */
  readonly cluster: string
  readonly exceptions: readonly EncryptionException[]
  /** What the World was redacted to. */
  readonly scope: Scope
}

/** The answer of the page about some edges of a World. Exceptions are those that hold at the World's end. */
export function buildEncryptionPage(world: World, classified: ClassifiedWorld, asked: Asked): EncryptionPage {
  const { unit, cluster, exceptions, scope } = asked
  const answer = buildEncryption(world, classified, unit)
  const acceptedBy = exceptionTest(exceptions, world.window.to, factsOf(world))
  const found = new Map<string, Accepted>()
  let amount = 0
  for (const each of exceptions.length > 0 ? classified.edges : []) {
    const plain = plaintextOf(each, unit)
    const exception = plain > 0 ? acceptedBy(each.worldEdge) : null
    if (!exception) continue
    const { filter: _filter, ...accepted } = exception
    found.set(each.id, accepted)
    amount += plain
  }
  const isHere = (part: { readonly cluster: string }) => cluster === '' || part.cluster === cluster
  return {
    ...answer,
    window: world.window,
    coveredSeconds: world.coveredSeconds,
    gaps: world.gaps,
    part: scope.all ? null : { namespaces: [...scope.pairs].sort().slice(0, mostNamed), count: scope.pairs.size },
    hasGround: world.ground !== undefined,
    units: unitFigures(classified.edges),
    plaintext: answer.plaintext.map((edge) => ({ ...edge, accepted: found.get(edge.id) ?? null })),
    accepted: { edges: found.size, amount },
    nodes: answer.nodes.filter(isHere),
    certificates: answer.certificates.filter(isHere),
  }
}

/** The edges of a ClassifiedWorld that a filter leaves. */
export function narrowTo(classified: ClassifiedWorld, edges: readonly WorldEdge[]): ClassifiedWorld {
  const wanted = new Set(edges)
  return { ...classified, edges: classified.edges.filter(({ worldEdge }) => wanted.has(worldEdge)) }
}

function plaintextOf({ units }: ClassifiedEdge, unit: EncryptionUnit): number {
  const amounts = units[unit]?.amounts
  return amounts ? amounts.plaintext + amounts.notEncrypted : 0
}

function unitFigures(edges: readonly ClassifiedEdge[]): EncryptionPage['units'] {
  const of = (unit: EncryptionUnit): UnitFigures => {
    const told = edges.flatMap(({ units }) => units[unit]?.amounts ?? [])
    return { edges: told.length, coverage: coverageOf(addAmounts(told)) }
  }
  const [requests, connections, bytes] = encryptionUnits
  return { requests: of(requests), connections: of(connections), bytes: of(bytes) }
}
