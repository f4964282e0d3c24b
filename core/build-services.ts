import { endpointKey, endpointType, type Endpoint } from './endpoint'
import { compareFigures, type Difference } from './compare'
import { encryptedShare, type Weighed } from './encrypted-share'
import type { Figures } from './figures'
import { everythingMatches, type Filter } from './filter-ast'
import { coverOf, secondsOf } from './covered'
import { countsAt, detoursOf } from './detours'
import { factsOf } from './filter-facts'
import { compileServiceFilter } from './filter-service'
import { fuse } from './fuse'
import { nodeHealth } from './health'
import { measuresOf } from './measure'
import { buildSeries } from './build-series'
import type { ServiceRow } from './service-row'
import type { StepRow } from './step-row'
import type { Window } from './time'
import { addTally, emptyTally, figuresOf, type Tally } from './tally'
import { windowSeconds } from './time'
import type { World, WorldEdge } from './world'

export type ServiceOptions = {
  /** The World of the period before, of the same length; null where it is not asked for. */
  readonly previous: World | null
  /** Step rows of the window for the small charts; empty where they are not asked for. */
  readonly steps: readonly StepRow[]
  readonly stepMs: number
  /** Window of the small charts where it is not the World's; outside of the two moments they know nothing (core/build-series.ts). */
  readonly window?: Window
  readonly firstData?: number | null
  readonly lastData?: number | null
  readonly filter?: Filter
  /** Names of the policies that select each workload, and the clusters of which that is known. */
  readonly cover?: {
    readonly byWorkload: ReadonlyMap<string, readonly string[]>
    readonly clusters: ReadonlySet<string>
  }
}

type Party = {
  readonly endpoint: Endpoint
  incoming: Tally | null
  outgoing: Tally | null
  /** Distinct parties, as the map lists them: the machines of the cluster are none. */
  readonly callers: Set<string>
  readonly callees: Set<string>
  readonly incomingEdges: WorldEdge[]
  readonly weighed: Weighed[]
}

/**
 * One row per workload and addressed Service, with or without traffic, in order of id. Outside
 * parties and nodes are not services. Figures are of everything that comes in, whatever the filter
 * says. O(edges + step rows).
 */
export function buildServices(world: World, options: ServiceOptions): readonly ServiceRow[] {
  const parties = partiesOf(world)
  const measures = measuresOf(world)
  const previous = options.previous ? partiesOf(options.previous) : null
  const items = new Map(world.inventory.map((item) => [endpointKey(item.endpoint), item]))
  const stepsByEdge = new Map<number, StepRow[]>()
  for (const step of options.steps) {
    const rows = stepsByEdge.get(step.edgeId)
    if (rows) rows.push(step)
    else stepsByEdge.set(step.edgeId, [step])
  }
  const matches = compileServiceFilter(options.filter ?? everythingMatches, factsOf(world, options.previous))
  const rows: ServiceRow[] = []
  for (const [id, party] of [...parties].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const type = endpointType(party.endpoint)
    const item = items.get(id)
    if (type !== 'workload' && (type !== 'service' || !party.incoming)) continue
    const figures = party.incoming && figuresOf(party.incoming, secondsOf(world, party.endpoint.cluster))
    const diagnosis = nodeHealth(party.incoming, party.outgoing, measures.ofNode(party.endpoint))
    const judged = figures && { ...figures, health: diagnosis.health }
    if (!matches(party.endpoint, party.incomingEdges, () => judged)) continue
    const before = previous?.get(id)?.incoming
    const { cluster, namespace, kind, name } = party.endpoint
    const earlier = before && options.previous ? comparable(before, options.previous, cluster) : null
    const sparks = sparksOf(world, party, stepsByEdge, options)
    rows.push({
      id,
      type,
      cluster,
      namespace,
      kind,
      name,
      ...diagnosis,
      pods: item?.pods ?? 0,
      services: item?.services ?? [],
      figures,
      previous: earlier,
      differences: options.previous ? differencesOf(figures, earlier, world, options.previous, cluster) : [],
      policies: policiesOf(party.endpoint, options),
      encrypted: encryptedShare(party.weighed),
      team: world.teams.get(`${cluster}/${namespace}`) ?? null,
      ...sparks,
      callers: party.callers.size,
      callees: party.callees.size,
    })
  }
  return rows
}

/** Less of the period before says too little about it: a fresh start would read as growth everywhere. */
const minCovered = 0.5

function comparable(tally: Tally, previous: World, cluster: string): Figures | null {
  const seconds = secondsOf(previous, cluster)
  return seconds < minCovered * windowSeconds(previous.window) ? null : figuresOf(tally, seconds)
}

function differencesOf(
  now: Figures | null,
  before: Figures | null,
  world: World,
  previous: World,
  cluster: string,
): readonly Difference[] {
  if (!now || !before) return []
  return compareFigures(now, before, { now: secondsOf(world, cluster), before: secondsOf(previous, cluster) })
}

/** A Service is protected by what protects the pods behind it, which is said at their workload. */
function policiesOf(endpoint: Endpoint, { cover }: ServiceOptions): readonly string[] | null {
  if (!cover?.clusters.has(endpoint.cluster) || endpointType(endpoint) !== 'workload') return null
  return cover.byWorkload.get(endpointKey(endpoint)) ?? []
}

function partiesOf(world: World): Map<string, Party> {
  const parties = new Map<string, Party>()
  const keys = new Map<Endpoint, string>()
  const partyOf = (endpoint: Endpoint): [string, Party] => {
    let key = keys.get(endpoint)
    if (key === undefined) keys.set(endpoint, (key = endpointKey(endpoint)))
    let party = parties.get(key)
    if (!party) {
      party = {
        endpoint,
        incoming: null,
        outgoing: null,
        callers: new Set(),
        callees: new Set(),
        incomingEdges: [],
        weighed: [],
      }
      parties.set(key, party)
    }
    return [key, party]
  }
  const detours = detoursOf(world)
  for (const worldEdge of world.edges) {
    const { edge, rows } = worldEdge
    const { tally } = fuse(rows, coverOf(world, edge))
    const [fromKey, from] = partyOf(edge.from)
    const [toKey, to] = partyOf(edge.to)
    if (countsAt(detours, edge, 'from')) {
      addTally((from.outgoing ??= emptyTally()), tally)
      if (endpointType(edge.to) !== 'node') from.callees.add(toKey)
    }
    if (!countsAt(detours, edge, 'to')) continue
    addTally((to.incoming ??= emptyTally()), tally)
    if (endpointType(edge.from) !== 'node') to.callers.add(fromKey)
    to.incomingEdges.push(worldEdge)
    to.weighed.push({ rows, weight: tally.requests ?? tally.connections ?? tally.flows ?? 0 })
  }
  for (const { endpoint } of world.inventory) partyOf(endpoint)
  return parties
}

const noSparks = { requestSpark: [], errorSpark: [], p95Spark: [] }

function sparksOf(
  world: World,
  party: Party,
  stepsByEdge: ReadonlyMap<number, readonly StepRow[]>,
  { window = world.window, stepMs, firstData, lastData }: ServiceOptions,
): Pick<ServiceRow, 'requestSpark' | 'errorSpark' | 'p95Spark'> {
  if (stepsByEdge.size === 0 || !party.incoming) return noSparks
  const steps = party.incomingEdges.flatMap(({ edge }) => stepsByEdge.get(edge.id) ?? [])
  const { requestRate, flowRate, errorRatio, p95 } = buildSeries(steps, {
    ...world,
    window,
    stepMs,
    firstData,
    lastData,
  })
  const requests = requestRate.some((rate) => rate !== null && rate > 0) ? requestRate : flowRate
  return { requestSpark: requests, errorSpark: errorRatio, p95Spark: p95 }
}
