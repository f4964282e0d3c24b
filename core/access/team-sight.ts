import { endpointType } from '../endpoint'
import { endpointsOf } from '../inventory/endpoints-of'
import { outside } from '../redact'
import { scopePair } from '../scope'
import type { World } from '../world'
import type { NamespacePair, TeamSight } from './settings-teams'

/** What is seen of a World that was redacted to a team’s scope. An edge is a pair of ends, whatever its ports. O(edges + inventory). */
export function teamSight(world: World, pairs: readonly NamespacePair[]): TeamSight {
  const workloads = new Map<string, Set<string>>()
  let services = 0
  for (const endpoint of endpointsOf(world)) {
    const type = endpointType(endpoint)
    if (type === 'service') services++
    if (type !== 'workload') continue
    const pair = scopePair(endpoint.cluster, endpoint.namespace)
    workloads.set(pair, (workloads.get(pair) ?? new Set()).add(`${endpoint.kind}/${endpoint.name}`))
  }
  const edges = new Map<string, boolean>()
  for (const { edge } of world.edges) {
    const crosses = edge.from.name === outside.name || edge.to.name === outside.name
    const ends = [edge.from, edge.to].map((end) => [end.cluster, end.namespace, end.kind, end.name])
    edges.set(JSON.stringify(ends), crosses)
  }
  return {
    namespaces: pairs.map((pair) => ({
      ...pair,
      workloads: workloads.get(scopePair(pair.cluster, pair.namespace))?.size ?? 0,
    })),
    services,
    edges: edges.size,
    crossing: [...edges.values()].filter(Boolean).length,
  }
}
