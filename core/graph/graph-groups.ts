import { endpointType, type Endpoint } from '../endpoint'
import type { Teams } from '../team'

/** What is drawn as one node or one region: `cluster`, `team` and `namespace` hold endpoints. */
export const groupings = ['namespace', 'team'] as const
/** What the regions of the map are. */
export type Grouping = (typeof groupings)[number]

/** `cluster/namespace` of an endpoint, as lists of folded regions name it; null where it has no namespace. */
export const regionOf = ({ cluster, namespace }: Pick<Endpoint, 'cluster' | 'namespace'>): string | null =>
  namespace === '' ? null : `${cluster}/${namespace}`

/** A region of the map. `key` is what lists of folded regions name it by: no namespace holds a colon. */
export type Group = { readonly key: string; readonly endpoint: Endpoint }

/** The namespace of an endpoint; null for what lies in none. */
export function namespaceGroup({ cluster, namespace }: Endpoint): Group | null {
  if (namespace === '') return null
  return { key: `${cluster}/${namespace}`, endpoint: { cluster, namespace, kind: 'Namespace', name: namespace } }
}

/** The team of an endpoint; null where it has none. A team of two clusters is one in each. */
export function teamGroup(endpoint: Endpoint, teams: Teams): Group | null {
  const { cluster, namespace } = endpoint
  const team = namespace === '' ? undefined : teams.get(`${cluster}/${namespace}`)
  return team === undefined
    ? null
    : { key: teamRegion(cluster, team), endpoint: { cluster, namespace: '', kind: 'Team', name: team } }
}

/** How lists of folded regions name a team. */
export const teamRegion = (cluster: string, team: string): string => `${cluster}/team:${team}`

/** The cluster of an endpoint, its machines too; null for outside parties and unknown ones. */
export function clusterGroup(endpoint: Endpoint): Group | null {
  const { cluster } = endpoint
  const type = endpointType(endpoint)
  if (type === 'external' || type === 'unknown' || cluster === '') return null
  return { key: `${cluster}/cluster:`, endpoint: { cluster, namespace: '', kind: 'Cluster', name: cluster } }
}
