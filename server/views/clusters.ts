import { z } from 'zod'
import { endpointType } from '@/core/endpoint'
import { endpointsOf } from '@/core/inventory/endpoints-of'
import type { World } from '@/core/world'
import { windowed } from '@/server/params'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadTraffic } from '@/server/world'

const clusterSchema = z.strictObject({
  name: z.string(),
  workloads: z.number().describe('That exist or had traffic in the window.'),
  services: z.number(),
  namespaces: z.array(z.strictObject({ name: z.string(), workloads: z.number() })).describe('In order of name.'),
})

/** A cluster as pickers and the sidebar name it. */
export type ClusterRow = z.infer<typeof clusterSchema>

/** Which clusters and namespaces are there? */
export const clustersView = view({
  name: 'clusters',
  path: 'clusters',
  summary: 'Clusters and their namespaces, with how many workloads and services each has.',
  params: windowed({}),
  answer: z.array(clusterSchema),
  settle: (params) => settleWindow(params),
  load: (when, scope) => loadTraffic(when, scope),
  render: (world): ClusterRow[] => clusterRows(world),
})

type Draft = { workloads: number; services: number; readonly namespaces: Map<string, number> }

function clusterRows(world: World): ClusterRow[] {
  const clusters = new Map<string, Draft>()
  const draft = (name: string) => {
    const found = clusters.get(name) ?? { workloads: 0, services: 0, namespaces: new Map<string, number>() }
    clusters.set(name, found)
    return found
  }
  for (const { cluster } of world.sources) if (cluster) draft(cluster)
  for (const endpoint of endpointsOf(world)) {
    // What is outside of a scope is of no cluster.
    if (!endpoint.cluster) continue
    const cluster = draft(endpoint.cluster)
    const type = endpointType(endpoint)
    if (type === 'service') cluster.services++
    if (type !== 'workload') continue
    cluster.workloads++
    cluster.namespaces.set(endpoint.namespace, (cluster.namespaces.get(endpoint.namespace) ?? 0) + 1)
  }
  return [...clusters]
    .map(([name, { workloads, services, namespaces }]) => ({
      name,
      workloads,
      services,
      namespaces: [...namespaces].map(([name, workloads]) => ({ name, workloads })).sort(byName),
    }))
    .sort(byName)
}

const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1)
