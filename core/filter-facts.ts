import { type Endpoint, endpointKey } from './endpoint'
import { type Filter, leavesOf } from './filter-ast'
import type { Role } from './role'
import type { Edge, World } from './world'

/** What is known of endpoints beyond their names; '' and null where nothing is. */
export type FilterFacts = {
  readonly team: (endpoint: Endpoint) => string
  readonly app: (endpoint: Endpoint) => string
  readonly role: (endpoint: Endpoint) => Role | null
  /** What is asked on an edge; empty where nobody told, or where it was not asked for. */
  readonly operations: (edge: Edge) => readonly string[]
  /** Was it not there in the window before? null where that window was not asked for. */
  readonly isNew: ((part: Edge | Endpoint) => boolean) | null
}

export const noFacts: FilterFacts = {
  team: () => '',
  app: () => '',
  role: () => null,
  operations: () => [],
  isNew: null,
}

/** Facts of a World, and of the one before it where `is:new` is asked. O(inventory + edges before). */
export function factsOf(
  world: Pick<World, 'inventory' | 'teams' | 'operations'>,
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
    isNew: before && newTest(before),
  }
}

function newTest(before: Pick<World, 'edges'>): (part: Edge | Endpoint) => boolean {
  const known = new Set<string>()
  for (const { edge } of before.edges) known.add(endpointKey(edge.from)).add(endpointKey(edge.to)).add(edgeKey(edge))
  return (part) => !known.has('port' in part ? edgeKey(part) : endpointKey(part))
}

const edgeKey = ({ from, to, port, protocol }: Edge) => `${endpointKey(from)}|${endpointKey(to)}|${port}|${protocol}`

/** Whether a filter asks what the window before knew. */
export const asksBefore = (filter: Filter): boolean =>
  leavesOf(filter).some((leaf) => leaf.type === 'term' && leaf.field === 'is' && leaf.value.toLowerCase() === 'new')

/** Whether a filter asks what is asked on edges. */
export const asksOperations = (filter: Filter): boolean =>
  leavesOf(filter).some((leaf) => leaf.type === 'term' && leaf.field === 'op')
