import { calleeShares } from '../health/blame-shares'
import { buildSeries } from '../series/build-series'
import { coverOf, secondsOf } from '../series/covered'
import { countsAt, detoursOf } from '../witness/detours'
import { type Endpoint, endpointKey, endpointType } from '../endpoint'
import { edgeEncryption, type EncryptionDraft, mergeEncryption } from '../encryption/edge-encryption'
import { seatsOf } from '../encryption/seats'
import { fuse, tell } from '../witness/fuse'
import { edgeId, type FusedEdge } from '../witness/fused-edge'
import { edgeHealth, healthRank, nodeHealth } from '../health/health'
import { type Measure, measuresOf } from '../health/measure'
import { latencySides } from './latency-sides'
import type { ToolLink } from '../links/link-template'
import { onsetsOf } from '../health/onset-steps'
import { refusalsOf } from '../flows/refusals'
import type { BlameShare, Presence, ServiceDetail, ServiceEdge } from './service-detail'
import type { StepRow } from '../series/step-row'
import { addTally, emptyTally, figuresOf, type Tally } from '../figures/tally'
import { timeShares } from './time-shares'
import { windowSeconds, type Window } from '../time'
import { unknownPastP95 } from '../health/tolerances'
import { indexTraffic } from '../witness/traffic'
import { witnessName } from '../witness/witness'
import type { World, WorldEdge } from '../world'

export type ServiceOptions = {
  /** The same edges over the window before; null where it is not asked for. */
  readonly previous: World | null
  /** Links to other tools, filled in. */
  readonly links?: readonly ToolLink[]
  /** Step rows of the edges that come in, and of those that go out. */
  readonly incomingSteps: readonly StepRow[]
  readonly outgoingSteps: readonly StepRow[]
  readonly stepMs: number
  /** Window of the charts where it is not the World's. */
  readonly window?: Window
  readonly firstData?: number | null
  readonly lastData?: number | null
  /** Clusters of its edges. */
  readonly clusters?: ReadonlySet<string>
}

/** Rows of callers or callees that one answer holds. */
export const maxRows = 200

/** Everything about one endpoint, from a World that holds its edges at least. O(its edges + step rows). */
export function buildService(world: World, self: Endpoint, options: ServiceOptions): ServiceDetail {
  const id = endpointKey(self)
  const incoming = sideOf(world, id, 'to')
  const outgoing = sideOf(world, id, 'from')
  const item = world.inventory.find(({ endpoint }) => endpointKey(endpoint) === id) ?? null
  const seconds = secondsOf(world, self.cluster)
  const measure = measuresOf(world).ofNode(self)
  const into = sumOf(incoming)
  const outOf = sumOf(outgoing)
  const seats = seatsOf(world)
  const encryptionOf = ({ worldEdge }: FusedEdge) => edgeEncryption(worldEdge, seats, coverOf(world, worldEdge.edge))
  const seriesOf = into || !outOf ? 'incoming' : 'outgoing'
  const steps = seriesOf === 'incoming' ? options.incomingSteps : options.outgoingSteps
  const time = { ...world, ...options, window: options.window ?? world.window }
  const figures = into && figuresOf(into, seconds)
  const presence: Presence = into || outOf ? 'traffic' : item ? 'idle' : 'absent'
  return {
    id,
    type: endpointType(self),
    ...self,
    role: item?.role ?? null,
    ...nodeHealth(into, outOf, measure),
    window: world.window,
    presence,
    services: item?.services ?? [],
    pods: item?.pods ?? null,
    incoming: figures,
    outgoing: outOf && figuresOf(outOf, seconds),
    previous: options.previous && previousOf(options.previous, self),
    seriesOf,
    series: buildSeries(steps, time),
    callers: rowsOf(world, incoming, { end: 'from', encryptionOf }),
    callees: rowsOf(world, outgoing, { end: 'to', encryptionOf, blame: blameOf(world, id) }),
    total: { callers: incoming.length, callees: outgoing.length },
    encryption: mergeEncryption(incoming.map(encryptionOf)),
    sides: latencySides(
      incoming.map(({ worldEdge }) => worldEdge),
      options.incomingSteps,
      time,
    ),
    time: timeShares(incoming, outgoing),
    refusals: refusalsOf(
      incoming.map((each) => ({ ...each, direction: 'incoming' as const })),
      outgoing.map((each) => ({ ...each, direction: 'outgoing' as const })),
    ),
    onsets: onsetsOf(options.incomingSteps, { ...time, limits: limitsOf(measure) }),
    behind: behindOf(world, self),
    links: options.links ?? [],
    gaps: world.gaps,
    sources: world.sources,
  }
}

const limitsOf = ({ tolerance: { errors, p95 } }: Measure) => ({ errors: errors.degraded, p95: p95 ?? unknownPastP95 })

/** What each callee accounts for, by the id of its edge. */
function blameOf(world: World, id: string): ReadonlyMap<number, BlameShare> {
  const shares = calleeShares(indexTraffic(world), id)
  return new Map(shares.map(({ call, errors, latency, exact }) => [call.edge.id, { errors, latency, exact }]))
}

const behindOf = ({ inventory }: World, self: Endpoint): readonly Endpoint[] =>
  endpointType(self) !== 'service'
    ? []
    : inventory
        .filter(
          ({ endpoint, services }) =>
            endpoint.namespace === self.namespace &&
            endpoint.cluster === self.cluster &&
            endpointType(endpoint) === 'workload' &&
            services.includes(self.name),
        )
        .map(({ endpoint }) => endpoint)

function sideOf(world: World, id: string, end: 'from' | 'to'): readonly FusedEdge[] {
  const detours = detoursOf(world)
  return world.edges
    .filter(({ edge }) => endpointKey(edge[end]) === id && countsAt(detours, edge, end))
    .map((worldEdge) => ({ worldEdge, ...fuse(worldEdge.rows, coverOf(world, worldEdge.edge)) }))
}

function sumOf(edges: readonly FusedEdge[]): Tally | null {
  if (edges.length === 0) return null
  const sum = emptyTally()
  for (const { tally } of edges) addTally(sum, tally)
  return sum
}

/** Less of the period before says too little about it. */
const minCovered = 0.5

function previousOf(previous: World, self: Endpoint) {
  const seconds = secondsOf(previous, self.cluster)
  const sum = sumOf(sideOf(previous, endpointKey(self), 'to'))
  return !sum || seconds < minCovered * windowSeconds(previous.window) ? null : figuresOf(sum, seconds)
}

const secondsOfEdge = (world: World, { edge }: WorldEdge) => secondsOf(world, edge.to.cluster, edge.from.cluster)

type RowParts = {
  readonly end: 'from' | 'to'
  readonly encryptionOf: (edge: FusedEdge) => EncryptionDraft
  readonly blame?: ReadonlyMap<number, BlameShare>
}

function rowsOf(
  world: World,
  edges: readonly FusedEdge[],
  { end, encryptionOf, blame }: RowParts,
): readonly ServiceEdge[] {
  const speaks = edges.some(({ tally }) => tally.requests)
  const amount = ({ tally }: FusedEdge) => (speaks ? tally.requests : tally.flows)
  const total = edges.reduce((sum, each) => sum + (amount(each) ?? 0), 0)
  const strength = ({ tally }: FusedEdge) => tally.requests ?? tally.flows ?? tally.connections ?? 0
  const measures = measuresOf(world)
  return edges
    .map((each) => ({ each, diagnosis: edgeHealth(each.tally, measures.ofEdge(each.worldEdge, each.l7)) }))
    .sort(
      (a, b) =>
        healthRank(b.diagnosis.health) - healthRank(a.diagnosis.health) ||
        strength(b.each) - strength(a.each) ||
        a.each.worldEdge.edge.id - b.each.worldEdge.edge.id,
    )
    .slice(0, maxRows)
    .map(({ each, diagnosis }) => {
      const { edge, rows } = each.worldEdge
      const { told, passedOver } = tell(rows, coverOf(world, edge))
      const n = amount(each)
      const name = (figure: keyof typeof told) => told[figure] && witnessName(told[figure])
      return {
        id: edgeId(each.worldEdge),
        key: endpointKey(edge[end]),
        other: edge[end],
        port: edge.port,
        protocol: edge.protocol,
        l7: each.l7,
        ...diagnosis,
        figures: figuresOf(each.tally, secondsOfEdge(world, each.worldEdge)),
        share: n === null || total === 0 ? null : n / total,
        encryption: mergeEncryption([encryptionOf(each)]),
        blame: blame?.get(edge.id) ?? null,
        told: {
          requests: name('requests'),
          responses: name('responses'),
          flows: name('flows'),
          connections: name('connections'),
          bytes: name('bytes'),
        },
        passedOver: passedOver.map(witnessName).sort(),
      }
    })
}
