import { type Endpoint, endpointKey, parseEndpointKey } from '../../endpoint'
import { chooseFolding, type FoldingOptions } from '../../graph/graph-folding'
import { drawnEdgeId } from '../../graph/graph-edges'
import { protocols } from '../../verdict'
import type { World } from '../../world'
import type { Decision } from '../decision'
import { coverWorkloads } from './coverage'
import { differenceOf } from './differs'
import type { JudgedEdge, JudgedGround } from './judge-ground'
import type { Isolation } from './policies-page'

/**
 * What the policies decide on an edge, what asks most for attention first. differs: they say one thing and another one
 * happened. undecidable: they leave it open, or an end is not known. open: nothing restricts it. by-rule: a rule allows it.
 */
export const decisionClasses = ['differs', 'denied', 'undecidable', 'open', 'by-rule'] as const
export type DecisionClass = (typeof decisionClasses)[number]

/** The map as policies see it: decisions by drawn edges, coverage by drawn nodes. */
export type PolicyLens = {
  /** Clusters whose policies are known; edges of others are not judged. */
  readonly clusters: readonly string[]
  readonly edges: readonly LensEdge[]
  readonly nodes: readonly LensNode[]
}

/** `id`: of the drawn edge. `is`: the class of those under it that asks most for attention. */
export type LensEdge = { readonly id: string; readonly is: DecisionClass }

/** Of the workloads of a drawn node: how many there are, and how many are surely isolated. `unknown`: those of which that depends on what is not known. */
export type LensNode = {
  readonly id: string
  readonly workloads: number
  readonly ingress: number
  readonly egress: number
  readonly unknown: number
}

/** Decisions and coverage where the map draws them. `options` as the map was drawn: `foldAbove` -1 folds every region. O(edges + workloads). */
export function policyLens(
  grounds: readonly JudgedGround[],
  world: Pick<World, 'inventory' | 'teams'>,
  options: FoldingOptions,
): PolicyLens {
  const { places } = chooseFolding([], world, options)
  const found = new Map<string, Endpoint | null>()
  const endpointOf = (key: string): Endpoint | null => {
    const known = found.get(key)
    if (known !== undefined) return known
    const made = parseEndpointKey(key)
    found.set(key, made)
    return made
  }
  const drawn = (id: string): string | null => {
    const [fromKey = '', toKey = '', port, name] = id.split('|')
    const [from, to] = [endpointOf(fromKey), endpointOf(toKey)]
    const protocol = protocols.find((one) => one === name)
    if (!from || !to || !protocol) return null
    return drawnEdgeId(places.of(from), places.of(to), { port: Number(port), protocol })
  }
  const worst = new Map<string, number>()
  for (const ground of grounds)
    for (const edge of ground.edges) {
      const id = drawn(edge.edge.id)
      if (id === null) continue
      const rank = decisionClasses.indexOf(decisionClass(edge, ground.ground.lastChange))
      worst.set(id, Math.min(rank, worst.get(id) ?? rank))
    }
  const nodes = new Map<string, { workloads: number; ingress: number; egress: number; unknown: number }>()
  for (const { ground, compiled } of grounds) {
    const isPartly = ground.unread.length > 0
    const isUnknown = ({ state }: Isolation) => state === 'maybe' || (state === 'open' && isPartly)
    for (const { namespace, kind, name, ingress, egress } of coverWorkloads(compiled, () => undefined)) {
      const own = endpointOf(endpointKey({ cluster: ground.cluster, namespace, kind, name }))
      if (!own) continue
      const { id } = places.of(own)
      const node = nodes.get(id) ?? { workloads: 0, ingress: 0, egress: 0, unknown: 0 }
      nodes.set(id, node)
      node.workloads++
      if (ingress.state === 'isolated') node.ingress++
      if (egress.state === 'isolated') node.egress++
      if (isUnknown(ingress)) node.unknown++
    }
  }
  return {
    clusters: grounds.map(({ ground }) => ground.cluster),
    edges: [...worst].map(([id, rank]) => ({ id, is: decisionClasses[rank] ?? 'undecidable' })),
    nodes: [...nodes].map(([id, node]) => ({ id, ...node })),
  }
}

/** What the policies decide on an edge, in one word. */
export function decisionClass(edge: JudgedEdge, lastChange: number | null): DecisionClass {
  if (differenceOf(edge, lastChange)) return 'differs'
  if (!edge.judged) return 'undecidable'
  const { decision } = edge.judged
  if (decision.verdict === 'denied') return 'denied'
  if (decision.verdict === 'undefined') return 'undecidable'
  return isByRule(decision) ? 'by-rule' : 'open'
}

const isByRule = ({ egress, ingress, mesh }: Decision): boolean =>
  [egress, ingress, mesh].some(({ rule }) => rule !== null)
