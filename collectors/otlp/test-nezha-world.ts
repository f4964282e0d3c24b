import { createAggregate } from '@/collectors/aggregate'
import { createResolver, noInventory } from '@/collectors/resolve'
import type { Observation, RequestObservation } from '@/core/observation'
import type { World, WorldEdge } from '@/core/world'
import type { BucketRow } from '@/server/db/telemetry'
import { namespace, trueEdges } from './test-nezha'

/** For tests and benchmarks: observations as the rows that a collector writes. */
export function bucketsOf(source: string, observations: readonly Observation[]): readonly BucketRow[] {
  const resolver = createResolver(noInventory)
  const aggregate = createAggregate(source, 10_000)
  for (const o of observations) {
    const { from, to } = resolver.resolveCall(o)
    aggregate.add(o, from, to)
  }
  return aggregate.take().buckets
}

/** The same edge has the same id in every World, as it has in a database. */
const ids = new Map<string, number>()

const idOf = (key: string): number => ids.get(key) ?? ids.set(key, ids.size + 1).size

/** A World of [from, to) as server/world.ts would load it of these rows. */
export function worldOf(rows: readonly BucketRow[], from: number, to: number): World {
  const edges = new Map<string, WorldEdge & { rows: BucketRow[] }>()
  for (const row of rows) {
    if (row.bucket < from || row.bucket >= to) continue
    const { port, protocol } = row.edge
    const key = `${edgeName(row)} ${port} ${protocol}`
    const known = edges.get(key)
    if (known) known.rows.push(row)
    else edges.set(key, { edge: { id: idOf(key), ...row.edge }, rows: [row] })
  }
  return {
    window: { from, to },
    coveredSeconds: (to - from) / 1000,
    clusterSeconds: new Map(),
    sourceSeconds: new Map(),
    edges: [...edges.values()],
    inventory: [],
    teams: new Map(),
    gaps: [],
    sources: [],
  }
}

/** `caller callee`, by the names of the workloads. */
export const edgeName = ({ edge }: Pick<BucketRow, 'edge'>): string => `${edge.from.name} ${edge.to.name}`

/** The mesh's own edges as its metrics would tell them: one request each at `time`. */
export function meshObservations(time: number): readonly RequestObservation[] {
  const ref = (name: string) => ({ namespace, workload: { kind: 'Deployment', name } })
  return [...trueEdges()].map((edge, i) => {
    const [from = '', to = ''] = edge.split(' ')
    return {
      type: 'request',
      family: 'istio',
      time,
      key: BigInt(i),
      cluster: 'east',
      reporter: 'destination',
      from: ref(from),
      to: ref(to),
      fromIp: '',
      toIp: '',
      port: 0,
      protocol: 'tcp',
      verdict: 'allowed',
      reason: '',
      encryption: 'mtls',
      counts: true,
      l7: 'grpc',
      requests: 1,
      responses: 1,
      clientErrors: 0,
      serverErrors: 0,
    }
  })
}
