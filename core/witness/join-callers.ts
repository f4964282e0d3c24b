import { type Endpoint, endpointKey, endpointType } from '../endpoint'
import { fuse } from './fuse'
import { absorbAll, groupBy } from './join-parts'
import { isPortless } from './join-target'
import { sourceParts, witnessName } from './witness'
import type { EdgeRow, WorldEdge } from '../world'

/**
 * Calls whose caller the callee's proxy or span cannot name, because it has none of its own. Machines
 * are no candidates: they probe everything. Of several candidates nobody can tell which; where these
 * have counted the calls already, they are not counted again.
 */
export function joinCallers(edges: readonly WorldEdge[]): readonly WorldEdge[] {
  const nameless = edges.filter(({ edge, rows }) => isUnknown(edge.from) && rows.every(isSpoken))
  if (nameless.length === 0) return edges
  const byCallee = groupBy(edges, ({ edge }) => endpointKey(edge.to))
  return absorbAll(edges, nameless, (each) => {
    const { to, port, protocol } = each.edge
    const knows = new Set(each.rows.map(({ facet }) => witnessName(facet)))
    const candidates = (byCallee.get(endpointKey(to)) ?? []).filter(
      ({ edge, rows }) =>
        (isPortless(each.edge) || (edge.port === port && edge.protocol === protocol)) &&
        !isUnknown(edge.from) &&
        endpointType(edge.from) !== 'node' &&
        !rows.some(({ facet }) => knows.has(witnessName(facet))),
    )
    const [first, ...others] = candidates.toSorted((a, b) => a.edge.id - b.edge.id)
    if (!first) return null
    if (others.length === 0) return { edge: first, twice: false }
    return isCounted(each, candidates) ? { edge: first, twice: true } : null
  })
}

/** Less than this share of the nameless calls is told by others: some have no other witness. */
const mostly = 0.8

function isCounted({ rows }: WorldEdge, candidates: readonly WorldEdge[]): boolean {
  const { requests } = fuse(rows).tally
  if (requests === null) return candidates.every((each) => each.rows.some(isWire))
  const told = candidates.reduce((sum, each) => sum + (fuse(each.rows).tally.requests ?? 0), 0)
  return told >= requests * mostly
}

const isWire = ({ facet }: EdgeRow): boolean => sourceParts(facet.source).view === 'flows'

const isUnknown = (end: Endpoint) => endpointType(end) === 'unknown'

/** Told by the callee’s proxy or by a span. */
const isSpoken = ({ facet }: EdgeRow): boolean => {
  const { view } = sourceParts(facet.source)
  return view === 'proxies' || view === 'spans'
}
