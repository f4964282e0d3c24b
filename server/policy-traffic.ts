import { type Family, familyOf } from '@/core/figures/family'
import { joinEdges } from '@/core/witness/join-edges'
import type { GroundTraffic, Sighting } from '@/core/policy/ground-traffic'
import { type NamedHit, namedHit } from '@/core/policy/named-hits'
import { everything, type Scope } from '@/core/scope'
import { tierMs, type Window } from '@/core/time'
import type { EdgeRow, Facet, SourceFreshness, WorldEdge } from '@/core/world'
import { readAllFacets } from '@/server/db/names/read-all-facets'
import { readEdgeSightings } from '@/server/db/buckets/read-edge-sightings'
import { readEdges } from '@/server/db/names/read-edges'
import { readNamedRecords } from '@/server/db/flows/read-named-records'
import { readSources } from '@/server/db/sources/read-sources'
import { database } from './database'
import { loadInventory } from './inventory'
import { parsedFields } from './parsed-fields'
import { processWide } from './process-wide'
import { createSharedCache } from './shared-cache'
import { pastTheWall } from './wall'
import { freshnessOf, isTelemetry } from './world'

/** Traffic of clusters, and the sources that told it. */
export type PolicyTraffic = GroundTraffic & { readonly sources: readonly SourceFreshness[] }

const traffics = () =>
  processWide('policy-traffic', () =>
    createSharedCache<PolicyTraffic>({
      ttlMs: 60_000,
      entries: 3,
      weight: 200_000,
      weigh: ({ edges }) => edges.length,
    }),
  )

/** Traffic of a period, of live data, as far as the wall lets it through; kept for a minute. */
export async function loadPolicyTraffic(period: Window): Promise<PolicyTraffic> {
  return (await traffics().get(JSON.stringify(period), () => readTraffic(period))).value
}

async function readTraffic(period: Window): Promise<PolicyTraffic> {
  const db = database()
  const [{ rows }, facets, inventory, sources] = await Promise.all([
    readEdgeSightings(db, period),
    readAllFacets(db),
    loadInventory(period, everything),
    readSources(db),
  ])
  const byEdge = new Map<number, EdgeRow[]>()
  const sightings: Sighting[] = []
  for (const { edgeId, facetId, first, last, days, ...counters } of rows) {
    const facet = facets.get(facetId)
    if (!facet) continue
    const row = { facet, ...counters }
    const same = byEdge.get(edgeId)
    if (same) same.push(row)
    else byEdge.set(edgeId, [row])
    const { source, reporter, verdict } = facet
    sightings.push({ edgeId, source, reporter, verdict, first, last, days })
  }
  const [known, named] = await Promise.all([readEdges(db, byEdge.keys()), readNamed(period, facets)])
  const edges = [...byEdge].flatMap(([id, own]): WorldEdge[] => {
    const edge = known.get(id)
    return edge ? [{ edge, rows: own }] : []
  })
  return {
    edges: joinEdges(edges, inventory),
    sightings,
    named,
    sources: sources.filter(isTelemetry).map(freshnessOf),
  }
}

/** Enough to say which policies let pass what passes, and of what was stopped as far back as it is quick. */
const namedMs = { passed: 600_000, denied: tierMs['1d'] }

async function readNamed({ from, to }: Window, facets: ReadonlyMap<number, Facet>): Promise<readonly NamedHit[]> {
  const facetIds = [...facets].flatMap(([id, { source, verdict }]) =>
    namingFamilies.has(familyOf(source)) && (verdict === 'allowed' || verdict === 'denied') ? [id] : [],
  )
  const read = () =>
    readNamedRecords(database(), {
      facetIds,
      passed: { from: Math.max(from, to - namedMs.passed), to },
      denied: { from: Math.max(from, to - namedMs.denied), to },
    })
  // A record of a crossing edge names policies of both sides.
  return pastTheWall(read, (rows, wall) =>
    rows.flatMap(({ edgeId, facetId, shape }) => {
      const facet = facets.get(facetId)
      const hit = facet && namedHit(edgeId, facet, parsedFields(shape))
      return hit ? seenHit(hit, wall) : []
    }),
  )
}

function seenHit(hit: NamedHit, wall: Scope): readonly NamedHit[] {
  if (wall.all) return [hit]
  const namespaces = new Set([...wall.pairs].map((pair) => pair.slice(pair.lastIndexOf('/') + 1)))
  const policies = hit.policies.filter(({ namespace }) => namespace === '' || namespaces.has(namespace))
  return policies.length > 0 ? [{ ...hit, policies }] : []
}

const namingFamilies: ReadonlySet<Family | null> = new Set<Family | null>(['hubble', 'goldmane'])
