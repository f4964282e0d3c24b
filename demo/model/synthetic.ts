import { hashText, seededRandom, type Random } from '../random'
import type { CallSpec, Company, WorkloadSpec } from './types'

const workloadsPerNamespace = 25
const callsPerWorkload = 4
const zipfExponent = 1.1

/** A company of `count` workloads without a story: namespaces of 25, four calls out of each, a few hubs that many call. */
export function syntheticCompany(count: number, seed: number): Company {
  const random = seededRandom(hashText('synthetic', seed))
  const namespaces = Array.from({ length: Math.ceil(count / workloadsPerNamespace) }, (_, i) => ({
    name: `team-${String(i + 1).padStart(3, '0')}`,
    team: `team-${i + 1}`,
    l7: i % 4 !== 3,
  }))
  const workloads = Array.from({ length: count }, (_, i): WorkloadSpec => {
    const namespace = namespaces[Math.floor(i / workloadsPerNamespace)]
    return {
      namespace: namespace?.name ?? '',
      name: `svc-${String(i + 1).padStart(5, '0')}`,
      kind: i % 20 === 19 ? 'StatefulSet' : 'Deployment',
      replicas: 2,
      ports: [{ name: 'main', port: i % 20 === 19 ? 5432 : 8080, protocol: 'TCP' }],
    }
  })
  return { cluster: 'load-1', namespaces, workloads, outside: [], calls: [...calls(workloads, random)] }
}

function* calls(workloads: readonly WorkloadSpec[], random: Random): Generator<CallSpec> {
  // Hubs stand anywhere in the list, so that they are in different namespaces.
  const order = workloads.map((_, i) => i).sort((a, b) => hashText(String(a)) - hashText(String(b)))
  const path = (w: WorkloadSpec) => `${w.namespace}/${w.name}`
  for (const [i, from] of workloads.entries()) {
    const callees = new Set<WorkloadSpec>()
    for (let n = 0; n < callsPerWorkload; n++) {
      const near = random() < 0.6
      const base = i - (i % workloadsPerNamespace)
      const index = near ? base + Math.floor(random() * workloadsPerNamespace) : order[zipf(random, workloads.length)]
      const to = workloads[index ?? 0]
      if (to && to !== from) callees.add(to)
    }
    for (const to of callees) {
      const port = to.ports[0]?.port ?? 8080
      const p50 = 2 + random() * 40
      yield {
        from: path(from),
        to: path(to),
        port,
        protocol: port === 5432 ? 'tcp' : 'http',
        rate: 1 / (1 + zipf(random, 1000)) + 0.002,
        p50,
        p95: p50 * (1.5 + random() * 3),
        errors: random() < 0.05 ? random() * 0.08 : random() * 0.003,
        operations: ['GET /v1/items/{n}'],
      }
    }
  }
}

/** A rank in [0, n) whose odds fall by a power law (inverse of the continuous distribution). */
function zipf(random: Random, n: number): number {
  const tail = 1 - zipfExponent
  return Math.min(n - 1, Math.floor((1 + random() * (n ** tail - 1)) ** (1 / tail)) - 1)
}
