import { endpointKey, endpointType, type Endpoint } from '../endpoint'
import { compareServices } from '../compare/compare-services'
import { addAmounts, coverageOf } from '../encryption/coverage'
import { edgeEncryption, unitOfMost } from '../encryption/edge-encryption'
import { type Seats, seatsOf } from '../encryption/seats'
import type { Figures } from '../figures/figures'
import { everythingMatches, type Filter } from '../filter/filter-ast'
import { coverOf, secondsOf } from '../series/covered'
import { factsOf } from '../filter/facts-of-world'
import { compileServiceFilter } from '../filter/filter-service'
import { nodeHealth } from '../health/health'
import { measuresOf } from '../health/measure'
import { chartsOf, type ChartSteps, noCharts } from './service-charts'
import type { ServiceRow } from './service-row'
import { partiesOf, type Party } from './service-parties'
import { figuresOf } from '../figures/tally'
import type { World } from '../world'

/** No steps: the small charts are not asked for, and empty. */
export type ServiceOptions = ChartSteps & {
  /** The World of the period before, of the same length; null where it is not asked for. */
  readonly previous: World | null
  readonly filter?: Filter
  /** Rows also for those who were there in the window before and are not now. */
  readonly gone?: boolean
  /** Names of the policies that select each workload, and the clusters of which that is known. */
  readonly cover?: {
    readonly byWorkload: ReadonlyMap<string, readonly string[]>
    readonly clusters: ReadonlySet<string>
  }
}

/**
 * One row per workload and addressed Service, with or without traffic, in order of id; after them those who are gone. Outside
 * parties and nodes are not services. Figures are of everything that comes in, whatever the filter
 * says. O(edges + step rows).
 */
export function buildServices(world: World, options: ServiceOptions): readonly ServiceRow[] {
  const parties = partiesOf(world)
  const measures = measuresOf(world)
  const before = options.previous && compareServices(world, options.previous)
  const items = new Map(world.inventory.map((item) => [endpointKey(item.endpoint), item]))
  const draw = chartsOf(world, options)
  const matches = compileServiceFilter(options.filter ?? everythingMatches, factsOf(world, options.previous))
  const seats = seatsOf(world)
  const rows: ServiceRow[] = []
  for (const [id, party] of [...parties].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const type = endpointType(party.endpoint)
    const item = items.get(id)
    if (type !== 'workload' && (type !== 'service' || !party.incoming)) continue
    const figures = party.incoming && figuresOf(party.incoming, secondsOf(world, party.endpoint.cluster))
    const diagnosis = nodeHealth(party.incoming, party.outgoing, measures.ofNode(party.endpoint))
    const judged = figures && { ...figures, health: diagnosis.health }
    if (!matches(party.endpoint, party.incomingEdges, () => judged)) continue
    const { cluster, namespace, kind, name } = party.endpoint
    rows.push({
      id,
      type,
      cluster,
      namespace,
      kind,
      name,
      ...diagnosis,
      pods: item?.pods ?? null,
      services: item?.services ?? [],
      figures,
      previous: before?.figures(id) ?? null,
      differences: before?.differences(id, party) ?? [],
      policies: policiesOf(party.endpoint, options),
      encrypted: encryptedOf(world, party, seats),
      team: world.teams.get(`${cluster}/${namespace}`) ?? null,
      ...draw(party.incomingEdges),
      callers: party.callers.size,
      callees: party.callees.size,
    })
  }
  if (!before || !options.gone) return rows
  const teams = options.previous?.teams ?? world.teams
  for (const { id, party, how } of before.gone(parties)) {
    const { cluster, namespace } = party.endpoint
    const was = before.figures(id)
    if (matches(party.endpoint, party.incomingEdges, () => null))
      rows.push(goneRow(id, party, how, was, teams.get(`${cluster}/${namespace}`) ?? null))
  }
  return rows
}

/** Somebody who was there in the window before and is not now: only what it was is known. */
function goneRow(
  id: string,
  { endpoint, callers, callees }: Party,
  how: 'gone' | 'unknown',
  was: Figures | null,
  team: string | null,
): ServiceRow {
  return {
    id,
    type: endpointType(endpoint),
    ...endpoint,
    health: 'unknown',
    why: how === 'gone' ? 'Gone: it was there in the window before' : 'Not seen, and who saw it before was away',
    pods: null,
    services: [],
    figures: null,
    previous: was,
    differences: [how],
    policies: null,
    encrypted: null,
    team,
    ...noCharts,
    callers: callers.size,
    callees: callees.size,
  }
}

/** No evidence at all is no figure: bounds of 0 and 1 say nothing. */
function encryptedOf(world: World, { incomingEdges }: Party, seats: Seats): ServiceRow['encrypted'] {
  const edges = incomingEdges.map((each) => edgeEncryption(each, seats, coverOf(world, each.edge)))
  const unit = unitOfMost(edges)
  const coverage = unit && coverageOf(addAmounts(edges.flatMap(({ amounts }) => amounts[unit] ?? [])))
  if (!unit || !coverage || (coverage.least === 0 && coverage.most === 1)) return null
  return { unit, ...coverage }
}

/** A Service is protected by what protects the pods behind it, which is said at their workload. */
function policiesOf(endpoint: Endpoint, { cover }: ServiceOptions): readonly string[] | null {
  if (!cover?.clusters.has(endpoint.cluster) || endpointType(endpoint) !== 'workload') return null
  return cover.byWorkload.get(endpointKey(endpoint)) ?? []
}
