import type { Endpoint } from './endpoint'
import { inScope, seesCluster, type Scope } from './scope'
import type { Edge, EdgeRow, Facet, SourceGap, World, WorldEdge } from './world'

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
  const hasCluster = seesCluster(scope)
  const visible = (endpoint: Endpoint) =>
    endpoint.namespace === '' ? hasCluster(endpoint.cluster) : inScope(scope, endpoint)
  const own = (endpoint: Endpoint) => endpoint.namespace !== '' && inScope(scope, endpoint)
  const foreign = new Map(world.sources.filter(({ cluster }) => !hasCluster(cluster)).map(({ id, type }) => [id, type]))
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
    clusterSeconds: new Map([...world.clusterSeconds].filter(([cluster]) => hasCluster(cluster))),
    sourceSeconds: new Map([...world.sourceSeconds].filter(([cluster]) => hasCluster(cluster))),
    edges,
    inventory: world.inventory.filter(({ endpoint }) => own(endpoint)),
    teams: new Map([...world.teams].filter(([region]) => scope.pairs.has(region))),
    gaps: world.gaps.filter(({ cluster }) => hasCluster(cluster)).map(withoutPart),
    sources: world.sources.filter(({ cluster }) => hasCluster(cluster)),
  }
}

/** The part of a source is a machine, whose name is nobody's within a scope; that it was a part and not all must stay. */
export const withoutPart = (gap: SourceGap): SourceGap => (gap.part === '' ? gap : { ...gap, part: 'one part' })

/** One end of a redacted edge is foreign. What is said of it in words, paths and names could be the other side's. */
export const isCrossing = ({ from, to }: Pick<Edge, 'from' | 'to'>): boolean => isOutside(from) || isOutside(to)

/** Where the database gave no name (server/db/wall-rules.ts), the namespace says so. */
export const isOutside = (end: Endpoint): boolean =>
  end.namespace === outside.name || (end.kind === outside.kind && end.namespace === '' && end.name === outside.name)

/** How a party is called in a sentence: what stands for many is none of them. */
export const spokenName = (end: Endpoint): string => (isOutside(end) ? 'something outside your scope' : end.name)

/** A source's own codes (`POLICY_DENIED`) name nobody; other words about a foreign end might. */
const code = /^[A-Z0-9_]*$/

/** Whether a facet's reason is more than a code. */
export const hasWords = ({ reason }: Pick<Facet, 'reason'>): boolean => !code.test(reason)

/** A facet as it may be told of a redacted edge. */
export const facetOfEdge = (facet: Facet, edge: Pick<Edge, 'from' | 'to'>): Facet =>
  hasWords(facet) && isCrossing(edge) ? { ...facet, reason: '' } : facet

/** The same rows where nothing of them is foreign. `foreign`: source instances outside → type. */
function redactRows(
  rows: readonly EdgeRow[],
  foreign: ReadonlyMap<string, string>,
  crossing: boolean,
): readonly EdgeRow[] {
  const tells = ({ facet }: EdgeRow) => foreign.has(facet.source) || (crossing && hasWords(facet))
  if (!rows.some(tells)) return rows
  return rows.map((row) => {
    const { source, reason } = row.facet
    const type = foreign.get(source)
    const facet = {
      ...row.facet,
      source: type === undefined ? source : `${type} outside your scope`,
      reason: crossing && hasWords(row.facet) ? '' : reason,
    }
    return { ...row, facet }
  })
}
