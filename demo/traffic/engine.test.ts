import { describe, expect, test } from 'vitest'
import { createRelayNodes, type RelayNodes } from '../hubble-relay/nodes'
import { createSchedule, cycleMinutes, type Incident, incidents, leadMinutes } from '../incidents/schedule'
import { type Change, createChurn } from '../model/churn'
import { buildCluster } from '../model/cluster'
import { company } from '../model/company'
import { syntheticCompany } from '../model/synthetic'
import type { Company } from '../model/types'
import { applyChanges } from '../kubernetes-api/changes'
import { type ReadFlow, readResponse, timeOf } from '../test-reader'
import { storeOf } from '../test-world'
import { createEnforcement } from './enforcement'
import { createEngine } from './engine'
import { createLoad } from './load'
import { createTruth } from './truth'

const start = Date.UTC(2026, 0, 5, 12)
const minute = 60_000

/** The company before it joined a mesh: Cilium’s proxy reads what all of it says. */
const unmeshed: Company = {
  ...company,
  workloads: company.workloads.map((workload) => ({ ...workload, mesh: 'none' })),
}

/** A cluster on virtual time: nothing happens but by `advance`. */
function virtual(
  of: Company = unmeshed,
  { seed = 1, planned = [] as readonly Incident[], ring = 100_000, rateScale = 1 } = {},
) {
  const cluster = buildCluster(of, seed, start)
  const nodes = createRelayNodes(
    cluster.nodes.map((n) => n.name),
    ring,
    new Set(),
  )
  const truth = createTruth()
  const changes: Change[] = []
  const store = storeOf(cluster)
  const onChanges = (more: readonly Change[], now: number) => {
    changes.push(...more)
    applyChanges(store, more, now)
  }
  const schedule = createSchedule(seed, start + leadMinutes * minute, planned)
  return {
    cluster,
    nodes,
    truth,
    changes,
    schedule,
    rateScale,
    store,
    common: {
      cluster,
      churn: createChurn(cluster, seed, start),
      nodes,
      truth,
      seed,
      start,
      enforcement: createEnforcement(store),
      onChanges,
    },
  }
}

const dump = (nodes: RelayNodes) =>
  nodes.rings.flatMap((ring) =>
    Array.from({ length: ring.next - ring.oldest }, (_, i) => ring.at(ring.oldest + i)?.data ?? Buffer.alloc(0)),
  )
const flows = (nodes: RelayNodes): ReadFlow[] => dump(nodes).flatMap((data) => readResponse(data).flow ?? [])

const live = (minutes: number, stepMs = 1000, options: Parameters<typeof virtual>[1] = {}) => {
  const world = virtual(unmeshed, options)
  const engine = createEngine({ ...world.common, schedule: world.schedule, rateScale: world.rateScale })
  for (let now = start; now < start + minutes * minute; now += stepMs) engine.advance(now + stepMs)
  return { ...world, engine }
}

describe('the traffic', () => {
  const { nodes, truth } = live(1)
  const all = flows(nodes)

  test('is the same for a seed, however often time is advanced', () => {
    const a = Buffer.concat(dump(live(0.2, 100).nodes))
    const b = Buffer.concat(dump(live(0.2, 3_000).nodes))
    expect(a.equals(b)).toBe(true)
  })

  test('is a few hundred events a second, each with a name of its own, in order at each node', () => {
    expect(all.length / 60).toBeGreaterThan(200)
    expect(all.length / 60).toBeLessThan(450)
    expect(new Set(all.map((flow) => flow.uuid)).size).toBe(all.length)
    for (const ring of nodes.rings)
      for (let i = ring.oldest + 1; i < ring.next; i++)
        expect((ring.at(i)?.time ?? 0) >= (ring.at(i - 1)?.time ?? 0)).toBe(true)
  })

  test('tells of requests at the callee’s proxy, and of answers with their latency and ends turned round', () => {
    const get = all.filter((flow) => flow.l7?.http?.url.includes('catalog.v1.Products/Get'))
    const request = get.find((flow) => flow.l7?.type === 1)
    const response = get.find(
      (flow) => flow.l7?.type === 2 && flow.l4.TCP?.destination_port === request?.l4.TCP?.source_port,
    )
    expect(request).toMatchObject({
      traffic_direction: 1,
      is_reply: {},
      source: { namespace: 'storefront', workloads: [{ name: 'bff', kind: 'Deployment' }], cluster_name: 'prod-eu-1' },
      destination: { namespace: 'catalog' },
    })
    expect(response).toMatchObject({
      is_reply: { value: true },
      source: { namespace: 'catalog' },
      destination: { namespace: 'storefront' },
    })
    expect(response && request ? timeOf(response) - timeOf(request) : 0).toBeCloseTo(
      (response?.l7?.latency_ns ?? 0) / 1e6,
      2,
    )
  })

  test('tells of a refused attempt twice: as verdict and as drop', () => {
    const denied = all.filter((flow) => flow.verdict === 2)
    expect(denied.length).toBeGreaterThan(4)
    for (const { l4 } of denied) {
      const pair = denied.filter((flow) => flow.l4.TCP?.source_port === l4.TCP?.source_port)
      expect(pair.map((flow) => flow.event_type.type)).toEqual([5, 1])
      expect(pair[0]).toMatchObject({
        drop_reason: 133,
        source: { workloads: [{ name: 'reports' }] },
        destination: { namespace: 'accounts' },
      })
    }
  })

  test('marks only packets between nodes as encrypted', () => {
    const encrypted = all.filter((flow) => flow.IP.encrypted)
    expect(encrypted.length).toBeGreaterThan(5)
    expect(
      encrypted.every(
        (flow) => flow.l4.UDP?.destination_port === 51_871 && flow.destination.labels?.[0] === 'reserved:remote-node',
      ),
    ).toBe(true)
  })

  test('is what its truth says', () => {
    const counted = new Map<string, { requests: number; responses: number }>()
    for (const flow of all) {
      if (!flow.l7) continue
      const [from, to] = flow.is_reply?.value ? [flow.destination, flow.source] : [flow.source, flow.destination]
      const key = `${from.namespace}/${from.workloads?.[0]?.name} ${to.namespace}/${to.workloads?.[0]?.name}`
      const sum = counted.get(key) ?? { requests: 0, responses: 0 }
      counted.set(key, sum)
      if (flow.l7.type === 1) sum.requests++
      else sum.responses++
    }
    const { edges } = truth.read(start, start + 2 * minute)
    for (const name of ['catalog/Deployment/products', 'checkout/Deployment/payments']) {
      const sent = Object.entries(edges).filter(([key, edge]) => edge.requests && key.includes(`-> ${name} `))
      expect(sent.length).toBeGreaterThan(0)
      for (const [key, { requests, responses }] of sent) {
        const short = key
          .replace(/ \d+\/tcp$/, '')
          .replaceAll(/\/(Deployment|StatefulSet)\//g, '/')
          .replace(' -> ', ' ')
        expect([key, counted.get(short)]).toEqual([key, { requests, responses }])
      }
    }
    expect(Object.values(edges).reduce((sum, edge) => sum + edge.events, 0)).toBe(dump(nodes).length)
  })
})

describe('incidents', () => {
  const of = (id: string) =>
    incidents.filter((incident) => incident.id === id).map((incident) => ({ ...incident, at: 2, minutes: 4 }))
  const edge = (truth: ReturnType<typeof createTruth>, name: string, from: number, to: number) => {
    const { edges } = truth.read(start + from * minute, start + to * minute)
    const found = Object.entries(edges).find(([key]) => key.includes(name))?.[1]
    if (!found) throw new Error(`no traffic on ${name}`)
    return found
  }
  const failed = (statuses: Record<string, number>) =>
    Object.entries(statuses).reduce((sum, [status, n]) => sum + (/^5|^grpc/.test(status) ? n : 0), 0)

  test('a slow dependency raises latency and errors along the chain, and ends', () => {
    const { truth } = live(9, 1000, { planned: of('slow-dependency'), rateScale: 0.6 })
    for (const name of [
      '-> External/api.cardnet.example',
      'checkout -> checkout/Deployment/payments',
      'bff -> checkout/Deployment/checkout',
    ]) {
      const [before, during, after] = [edge(truth, name, 0, 1.5), edge(truth, name, 2.5, 5.5), edge(truth, name, 7, 9)]
      expect(during.p95 ?? 0).toBeGreaterThan(4 * (before.p95 ?? 0))
      expect(failed(during.statuses) / during.responses).toBeGreaterThan(0.03)
      expect(after.p95 ?? 0).toBeLessThan((during.p95 ?? 0) / 3)
    }
  })

  test('a policy change denies what was allowed, and shows in the policy', () => {
    const { truth, changes } = live(5, 1000, { planned: of('policy-change'), rateScale: 0.3 })
    const name = 'fulfilment -> logistics/Deployment/shipping'
    expect(edge(truth, name, 0, 1.5).denied).toBe(0)
    expect(edge(truth, name, 2.5, 5)).toMatchObject({ requests: 0, denied: expect.any(Number) })
    expect(edge(truth, name, 2.5, 5).denied).toBeGreaterThan(20)
    expect(changes.filter((change) => change.object.kind === 'NetworkPolicy')).toHaveLength(1)
  })

  test('a deny rule names itself in the flow', () => {
    const denied = flows(live(2.5, 1000, { planned: of('deny-rule'), rateScale: 0.3 }).nodes).filter(
      (flow) => flow.drop_reason === 181,
    )
    expect(denied[0]?.egress_denied_by).toMatchObject([
      { name: 'no-accounts-from-recommendations', namespace: 'storefront' },
    ])
    expect(denied[0]?.traffic_direction).toBe(2)
  })

  test('lost events are missing from ring and truth, and are counted', () => {
    const calm = live(6.5, 1000, { rateScale: 0.1 })
    const lossy = live(6.5, 1000, { rateScale: 0.1, planned: of('lost-events') })
    const lost = dump(lossy.nodes).flatMap((data) => readResponse(data).lost_events ?? [])
    expect(lost).toHaveLength(1)
    const count = lost[0]?.num_events_lost ?? 0
    expect(count).toBeGreaterThan(20)
    expect(dump(lossy.nodes).length - 1 + count).toBe(dump(calm.nodes).length)
    expect(lossy.truth.read(start, start + 10 * minute).lost).toBe(count)
  })

  test('something is under way at the start and again within minutes, all day', () => {
    const schedule = createSchedule(5, start)
    expect(schedule.active(start).map((incident) => incident.id)).toContain('slow-dependency')
    let quiet = 0
    for (let m = 0; m < 10 * cycleMinutes; m++) {
      quiet = schedule.active(start + m * minute).length ? 0 : quiet + 1
      expect(quiet).toBeLessThan(4)
    }
  })

  test('one can be begun at any time', () => {
    const { schedule } = virtual(company, { planned: of('error-burst') })
    expect(schedule.trigger('nothing', start)).toBe(false)
    expect(schedule.trigger('error-burst', start + 20 * minute, 1)).toBe(true)
    expect(schedule.active(start + 20.5 * minute)).toHaveLength(1)
    expect(schedule.active(start + 21.5 * minute)).toHaveLength(0)
  })
})

describe('the load generator', () => {
  const rate = 20_000
  const world = virtual(syntheticCompany(200, 1), { ring: 200_000 })
  const load = createLoad({ ...world.common, rate })
  const published = load.advance(start + 1000)
  const all = flows(world.nodes)

  test('sends events at the rate asked for', () => {
    expect(Math.abs(published - rate)).toBeLessThan(20)
  })

  test('sends events that decode, each with its own name and a time within its second', () => {
    expect(all).toHaveLength(published)
    expect(new Set(all.map((flow) => flow.uuid)).size).toBe(published)
    expect(all.every((flow) => timeOf(flow) >= start && timeOf(flow) <= start + 1001)).toBe(true)
  })

  test('knows what it sent', () => {
    const sums = Object.values(world.truth.read(start, start + 10_000).edges)
    const l7 = all.filter((flow) => flow.l7)
    expect(sums.reduce((sum, edge) => sum + edge.requests, 0)).toBe(l7.filter((flow) => flow.l7?.type === 1).length)
    expect(sums.reduce((sum, edge) => sum + edge.responses, 0)).toBe(l7.filter((flow) => flow.l7?.type === 2).length)
  })
})
