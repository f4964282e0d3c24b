import { coverOf } from '../series/covered'
import { edgeEncryption, type EncryptionDraft } from '../encryption/edge-encryption'
import { type Seats, seatsOf } from '../encryption/seats'
import { type Endpoint, endpointKey } from '../endpoint'
import type { FilterFacts } from './filter-facts'
import type { Role } from '../inventory/role'
import type { Edge, World, WorldEdge } from '../world'

/** Facts of a World, and of the one before it where `is:new` is asked. O(inventory + edges before). */
export function factsOf(
  world: Pick<World, 'inventory' | 'teams' | 'operations' | 'edges' | 'ground' | 'sourceSeconds'>,
  before: Pick<World, 'edges'> | null = null,
): FilterFacts {
  const roles = new Map<string, Role>()
  const apps = new Map<string, string>()
  for (const { endpoint, role, app } of world.inventory) {
    if (role !== null) roles.set(endpointKey(endpoint), role)
    if (app !== null) apps.set(endpointKey(endpoint), app)
  }
  return {
    team: ({ cluster, namespace }) => world.teams.get(`${cluster}/${namespace}`) ?? '',
    app: (endpoint) => (apps.size === 0 ? '' : (apps.get(endpointKey(endpoint)) ?? '')),
    role: (endpoint) => (roles.size === 0 ? null : (roles.get(endpointKey(endpoint)) ?? null)),
    operations: ({ id }) => world.operations?.get(id) ?? [],
    encryption: encryptionOf(world),
    isNew: before && newTest(before),
  }
}

/** Asked for few edges or for all; each is classified once. */
function encryptionOf(
  world: Pick<World, 'inventory' | 'edges' | 'ground' | 'sourceSeconds'>,
): (edge: Edge) => EncryptionDraft | null {
  let known: { readonly seats: Seats; readonly edges: ReadonlyMap<Edge, WorldEdge> } | null = null
  const drafts = new Map<Edge, EncryptionDraft>()
  return (edge) => {
    known ??= { seats: seatsOf(world), edges: new Map(world.edges.map((each) => [each.edge, each])) }
    const worldEdge = known.edges.get(edge)
    if (!worldEdge) return null
    let draft = drafts.get(edge)
    if (!draft) drafts.set(edge, (draft = edgeEncryption(worldEdge, known.seats, coverOf(world, edge))))
    return draft
  }
}

/** Few filters ask it, so what was there before is gathered at the first question. */
function newTest(before: Pick<World, 'edges'>): (part: Edge | Endpoint) => boolean {
  let known: Set<string> | null = null
  return (part) => {
    known ??= keysIn(before)
    return !known.has('port' in part ? edgeKey(part) : endpointKey(part))
  }
}

function keysIn({ edges }: Pick<World, 'edges'>): Set<string> {
  const keys = new Set<string>()
  for (const { edge } of edges) keys.add(endpointKey(edge.from)).add(endpointKey(edge.to)).add(edgeKey(edge))
  return keys
}

const edgeKey = ({ from, to, port, protocol }: Edge) => `${endpointKey(from)}|${endpointKey(to)}|${port}|${protocol}`
