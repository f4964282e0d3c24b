import type { Endpoint } from '@/core/endpoint'
import { familyOf } from '@/core/figures/family'
import type { SampleTrace } from '@/core/flows/sample-trace'
import { isFailure, worthLooking } from '@/core/flows/sample-trace'
import type { Scope } from '@/core/scope'
import { flowId } from '@/core/flows/flow-id'
import { traceIdOf } from '@/core/flows/trace-id'
import { storedIds } from '@/core/world'
import { readAllFacets } from '@/server/db/names/read-all-facets'
import { readFlows } from '@/server/db/flows/read-flows'
import { database } from './database'
import { loadFlow } from './flows'
import { loadServiceWorld } from './service-world'
import { traceLinks } from './tool-links'
import type { When } from './when'

/** Records looked through, and how many are shown. Each that is shown is unpacked. */
const lookedAt = 500
const budgetMs = 2_000
const tried = 12
const shown = 5

/** Requests to an endpoint that were traced and failed or took long: of the newest raw records that may name a trace. */
export async function loadSampleTraces(when: When, scope: Scope, self: Endpoint): Promise<readonly SampleTrace[]> {
  const { window, recording } = when
  const db = database()
  const [{ world, incoming }, facets] = await Promise.all([loadServiceWorld(when, scope, self), readAllFacets(db)])
  const edges = new Map(
    world.edges
      .filter(({ edge }) => incoming.has(edge.id))
      .flatMap((worldEdge) => storedIds(worldEdge).map((id) => [id, worldEdge.edge] as const)),
  )
  const facetIds = [...facets].flatMap(([id, { source, l7, reporter }]) =>
    l7 !== 'none' && reporter === 'destination' && traced.has(familyOf(source) ?? '') ? [id] : [],
  )
  if (edges.size === 0 || facetIds.length === 0) return []
  const found = await readFlows(db, {
    window,
    recordingId: recording,
    condition: {
      type: 'and',
      of: [
        { type: 'edges', ids: new Set(edges.keys()) },
        { type: 'facets', ids: new Set(facetIds) },
      ],
    },
    before: null,
    after: null,
    limit: lookedAt,
    budgetMs,
  })
  const rows = found.rows.flatMap((row) => {
    const facet = facets.get(row.facetId)
    const edge = edges.get(row.edgeId)
    return facet && edge ? [{ ...row, l7: facet.l7, reason: facet.reason, from: edge.from }] : []
  })
  const traces = new Map<string, SampleTrace>()
  for (const row of worthLooking(rows, tried)) {
    if (traces.size === shown) break
    const traceId = traceIdOf((await loadFlow(row, recording, scope))?.fields ?? {})
    if (traceId === null || traces.has(traceId)) continue
    const { time, from, summary, latencyMs, status, l7 } = row
    const id = `${flowId(row)}${recording === null ? '' : `.${recording}`}`
    const links = traceLinks(self, window, traceId)
    traces.set(traceId, { id, traceId, time, from, summary, latencyMs, status, l7, failed: isFailure(row), links })
  }
  return [...traces.values()]
}

/** Telemetry whose records may name a trace. */
const traced: ReadonlySet<string> = new Set(['otlp', 'als'])
