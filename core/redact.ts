import type { Endpoint } from './endpoint'
import { inScope, type Scope } from './scope'
import type { EdgeRow, SourceGap, World, WorldEdge } from './world'

/** What stands for every endpoint that the viewer may not see. */
export const outside: Endpoint = { cluster: '', namespace: '', kind: 'Unknown', name: 'outside your scope' }

/**
 * The World as a viewer may see it. Edges without an end inside are gone; of a crossing edge the
 * foreign end loses its name, while direction and totals stay. Outside parties, unknown ones and
 * nodes belong to nobody and keep their names where they talk with someone inside. Gaps and sources
 * are those of clusters inside, and no other source is named. O(edges + inventory).
 */
export function redactWorld(world: World, scope: Scope): World {
  if (scope.all) return world
  const clusters = new Set([...scope.pairs].map((pair) => pair.slice(0, pair.lastIndexOf('/'))))
  const visible = (endpoint: Endpoint) =>
    endpoint.namespace === '' ? clusters.has(endpoint.cluster) : inScope(scope, endpoint)
  const own = (endpoint: Endpoint) => endpoint.namespace !== '' && inScope(scope, endpoint)
  const foreign = new Map(
    world.sources.filter(({ cluster }) => !clusters.has(cluster)).map(({ id, type }) => [id, type]),
  )
  const edges: WorldEdge[] = []
  for (const worldEdge of world.edges) {
    const { from, to } = worldEdge.edge
    if (!own(from) && !own(to)) continue
    const crossing = !visible(from) || !visible(to)
    const rows = redactRows(worldEdge.rows, foreign, crossing)
    if (!crossing) edges.push(rows === worldEdge.rows ? worldEdge : { ...worldEdge, rows })
    else {
      const edge = { ...worldEdge.edge, from: visible(from) ? from : outside, to: visible(to) ? to : outside }
      edges.push({ ...worldEdge, edge, rows })
    }
  }
  return {
    ...world,
    clusterSeconds: new Map([...world.clusterSeconds].filter(([cluster]) => clusters.has(cluster))),
    sourceSeconds: new Map([...world.sourceSeconds].filter(([cluster]) => clusters.has(cluster))),
    edges,
    inventory: world.inventory.filter(({ endpoint }) => own(endpoint)),
    teams: new Map([...world.teams].filter(([region]) => scope.pairs.has(region))),
    gaps: world.gaps.filter(({ cluster }) => clusters.has(cluster)).map(withoutPart),
    sources: world.sources.filter(({ cluster }) => clusters.has(cluster)),
  }
}

/** The part of a source is a machine, whose name is nobody's within a scope; that it was a part and not all must stay. */
export const withoutPart = (gap: SourceGap): SourceGap => (gap.part === '' ? gap : { ...gap, part: 'one part' })

/** A source's own codes (`POLICY_DENIED`) name nobody; other words about a foreign end might. */
const code = /^[A-Z0-9_]*$/

/** The same rows where nothing of them is foreign. `foreign`: source instances outside → type. */
function redactRows(
  rows: readonly EdgeRow[],
  foreign: ReadonlyMap<string, string>,
  crossing: boolean,
): readonly EdgeRow[] {
  const tells = ({ facet }: EdgeRow) => foreign.has(facet.source) || (crossing && !code.test(facet.reason))
  if (!rows.some(tells)) return rows
  return rows.map((row) => {
    const { source, reason } = row.facet
    const type = foreign.get(source)
    const facet = {
      ...row.facet,
      source: type === undefined ? source : `${type} outside your scope`,
      reason: crossing && !code.test(reason) ? '' : reason,
    }
    return { ...row, facet }
  })
}
