import { coveredSeconds, secondsByCluster, secondsBySource, toldPart } from '@/core/series/covered'
import { joinEdges } from '@/core/witness/join-edges'
import { restartSpanMs } from '@/core/findings/pod-restarts'
import { facetOfEdge, isCrossing, redactWorld } from '@/core/redact'
import { type Scope, scopeKey } from '@/core/scope'
import type { Window } from '@/core/time'
import type { KnownNamespace } from '@/core/access/team-namespaces'
import { type NamespaceLabels, teamsOf } from '@/core/team'
import { compactSketch } from '@/core/figures/sketch'
import type { EdgeRow, Facet, SourceFreshness, World, WorldEdge } from '@/core/world'
import { readAllFacets } from '@/server/db/names/read-all-facets'
import { type EdgeSum, readEdgeRows } from '@/server/db/buckets/read-edge-rows'
import { readEdges } from '@/server/db/names/read-edges'
import { readGaps } from '@/server/db/sources/read-gaps'
import { readNamespaces } from '@/server/db/inventory/read-namespaces'
import { readRestarts } from '@/server/db/inventory/read-restarts'
import { readSources, type StoredSource } from '@/server/db/sources/read-sources'
import { loadBaseline } from './baseline'
import { database } from './database'
import { loadGround } from './encryption-ground'
import { env } from './env'
import { firstData } from './first-data'
import { loadInventory } from './inventory'
import { liveEnd } from './live-end'
import { processWide } from './process-wide'
import { createSharedCache } from './shared-cache'
import { loadTeamRules } from './teams'
import { veiledWorld } from './veiled-source'
import type { When } from './when'

/** Views of one window ask for the same World within a moment. It is large, so few are kept and not for long. */
const worlds = () =>
  processWide('worlds', () =>
    createSharedCache<World>({ ttlMs: 5_000, entries: 6, weight: 200_000, weigh: (world) => world.edges.length }),
  )

/**
 * Everything known about a window of live data or of a recording, as the scope may see it. Its window
 * may differ from the one asked for (core/series/cover.ts). Throws AppError('unavailable') without a database.
 */
export async function loadWorld(when: When, scope: Scope): Promise<World> {
  return judged(loadTraffic(when, scope), when, scope)
}

/** A World with what its health is judged by and the ground that it ran over; the past is that of the whole window. */
export async function judged(world: Promise<World>, when: When, scope: Scope): Promise<World> {
  const { from, to } = when.window
  const [known, baseline, ground, restarts] = await Promise.all([
    world,
    loadBaseline(when, scope, readWorld),
    when.recording === null ? loadGround(when.window, scope) : undefined,
    when.recording === null ? readRestarts(database(), { from: from - restartSpanMs, to }, scope) : undefined,
  ])
  return { ...known, baseline, tolerances: env().health, ...(ground && { ground }), ...(restarts && { restarts }) }
}

/** The same without what health is judged by, for who does not ask for health. */
export async function loadTraffic({ window, recording }: When, scope: Scope): Promise<World> {
  const key = JSON.stringify([window, recording, scopeKey(scope)])
  return (await worlds().get(key, () => readWorld({ window, recording }, scope))).value
}

/** What of a World is read, and how: absent is all of it. */
export type WorldPart = {
  /** These stored edges only. */
  readonly edgeIds?: readonly number[]
  /** The inventory of a narrower scope. */
  readonly inventory?: Scope
  /** The inventory of another window: the past is named as things are named now. */
  readonly namedAs?: Window
}

/** As loadTraffic, read anew. The one place where telemetry is redacted. */
export async function readWorld(
  { window: asked, recording }: When,
  scope: Scope,
  { edgeIds, inventory: within = scope, namedAs = asked }: WorldPart = {},
): Promise<World> {
  const db = database()
  const live = recording === null
  // Asked before the rows are: what comes while they are read is not counted on.
  const end = live ? await liveEnd() : asked.to
  const [sums, facets, inventory, namespaces, gaps, sources, first, rules] = await Promise.all([
    readEdgeRows(db, { window: asked, recordingId: recording, edgeIds: edgeIds ?? null }),
    readAllFacets(db),
    live ? loadInventory(namedAs, within) : [],
    live ? readNamespaces(db, asked, within) : [],
    live ? readGaps(db, asked) : [],
    live ? readSources(db) : [],
    live ? firstData() : asked.from,
    loadTeamRules(scope),
  ])
  const telemetry = sources.filter(isTelemetry)
  const known = { from: sums.window.from, to: Math.min(sums.window.to, Math.max(end, sums.window.from)) }
  const edges = joinEdges(await nameEdges(sums.rows, facets), inventory)
  const world: World = {
    window: sums.window,
    coveredSeconds: coveredSeconds(toldPart(known, telemetry), gaps, first, telemetry.length),
    clusterSeconds: secondsByCluster(known, gaps, first, telemetry),
    sourceSeconds: secondsBySource(known, gaps, telemetry),
    edges,
    inventory,
    teams: teamsOf(namespacesOf(edges, namespaces), rules),
    gaps,
    sources: telemetry.map(freshnessOf),
  }
  return scope.all ? world : veiledWorld(redactWorld(world, scope))
}

/** Namespaces with their labels, and those that only traffic tells of: a name can be enough for a team. */
function namespacesOf(edges: readonly WorldEdge[], known: readonly NamespaceLabels[]): KnownNamespace[] {
  const found = new Map<string, KnownNamespace>(known.map((each) => [`${each.cluster}/${each.namespace}`, each]))
  for (const { edge } of edges) {
    for (const { cluster, namespace } of [edge.from, edge.to]) {
      const key = `${cluster}/${namespace}`
      if (namespace !== '' && !found.has(key)) found.set(key, { cluster, namespace, labels: null })
    }
  }
  return [...found.values()]
}

/** Ids become names. What is written this very moment may have none yet; it is there at the next read. */
async function nameEdges(sums: readonly EdgeSum[], facets: ReadonlyMap<number, Facet>): Promise<WorldEdge[]> {
  const byEdge = new Map<number, EdgeRow[]>()
  for (const sum of sums) {
    const facet = facets.get(sum.facetId)
    if (!facet) continue
    const row = rowOf(sum, facet)
    const rows = byEdge.get(sum.edgeId)
    if (rows) rows.push(row)
    else byEdge.set(sum.edgeId, [row])
  }
  const edges = await readEdges(database(), byEdge.keys())
  const joined: WorldEdge[] = []
  for (const [id, rows] of byEdge) {
    const edge = edges.get(id)
    if (!edge) continue
    // Behind the wall the other end has no name already.
    const told = isCrossing(edge) ? rows.map((row) => ({ ...row, facet: facetOfEdge(row.facet, edge) })) : rows
    joined.push({ edge, rows: told })
  }
  return joined
}

/** Written out, because a spread of so many takes ten times as long. */
const rowOf = (sum: EdgeSum, facet: Facet): EdgeRow => ({
  facet,
  flows: sum.flows,
  connections: sum.connections,
  connectionSeconds: sum.connectionSeconds,
  bytesSent: sum.bytesSent,
  bytesReceived: sum.bytesReceived,
  requests: sum.requests,
  responses: sum.responses,
  clientErrors: sum.clientErrors,
  serverErrors: sum.serverErrors,
  // One chunk instead of one per bucket: answers decode it several times.
  latency: sum.latency && compactSketch(sum.latency),
})

/** Watches of Kubernetes objects are listed beside the sources, and are none of traffic. */
export const isTelemetry = (source: Pick<StoredSource, 'type'>): boolean => source.type !== 'kubernetes'

/** What a source says of itself holds only while a collector holds it. */
export const freshnessOf = ({
  id,
  type,
  cluster,
  state,
  stateSince,
  firstEventAt,
  lastEventAt,
  toldUntil,
  lastReadAt,
  leased,
}: StoredSource): SourceFreshness =>
  leased || state === 'failed' || state === 'stopped'
    ? { id, type, cluster, state, stateSince, firstEventAt, lastEventAt, toldUntil }
    : {
        id,
        type,
        cluster,
        state: 'stopped',
        stateSince: Math.max(stateSince, lastReadAt ?? 0),
        firstEventAt,
        lastEventAt,
        toldUntil,
      }
