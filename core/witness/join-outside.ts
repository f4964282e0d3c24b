import { type Endpoint, endpointKey, endpointType } from '../endpoint'
import { absorbAll, groupBy } from './join-parts'
import type { WorldEdge } from '../world'

/** Calls of one workload to `Internet` on a port are those to the only outside party that another source named there. */
export function joinOutside(edges: readonly WorldEdge[]): readonly WorldEdge[] {
  const nameless = edges.filter(({ edge }) => isInternet(edge.to))
  if (nameless.length === 0) return edges
  const key = ({ edge }: WorldEdge) => `${endpointKey(edge.from)}|${edge.port}|${edge.protocol}`
  const byCaller = groupBy(
    edges.filter(({ edge }) => endpointType(edge.to) === 'external' && !isInternet(edge.to)),
    key,
  )
  return absorbAll(edges, nameless, (each) => {
    const [only, ...others] = byCaller.get(key(each)) ?? []
    const sources = new Set(each.rows.map(({ facet }) => facet.source))
    // A source that names the party names all that it can: what it calls Internet is something else.
    const same = only && others.length === 0 && !only.rows.some(({ facet }) => sources.has(facet.source))
    return same ? { edge: only, twice: false } : null
  })
}

const isInternet = ({ kind, name }: Endpoint) => kind === 'External' && name === 'Internet'
