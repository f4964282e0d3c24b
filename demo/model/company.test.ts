import { describe, expect, test } from 'vitest'
import { createChurn } from './churn'
import { buildCluster, type Cluster } from './cluster'
import { company } from './company'
import { allObjects } from './objects'
import { syntheticCompany } from './synthetic'

const start = Date.UTC(2026, 0, 5, 12)
const build = (seed: number) => buildCluster(company, seed, start)
const textOf = (cluster: Cluster) => JSON.stringify([...allObjects(cluster)])

describe('the company', () => {
  test('is the same for a seed and another for another', () => {
    expect(textOf(build(7))).toBe(textOf(build(7)))
    expect(textOf(build(7))).not.toBe(textOf(build(8)))
  })

  test('has eight teams, forty workloads, and calls between those alone', () => {
    expect(new Set(company.namespaces.map((n) => n.team)).size).toBe(8)
    expect(company.workloads).toHaveLength(40)
    const known = new Set([
      ...company.workloads.map((w) => `${w.namespace}/${w.name}`),
      ...company.outside.map((o) => o.name || 'Internet'),
    ])
    expect(company.calls.flatMap((c) => [c.from, c.to]).filter((end) => !known.has(end))).toEqual([])
  })

  test('is called on ports that its workloads serve', () => {
    const served = new Set(company.workloads.flatMap((w) => w.ports.map((p) => `${w.namespace}/${w.name}:${p.port}`)))
    const inside = company.calls.filter((c) => c.to.includes('/'))
    expect(inside.map((c) => `${c.to}:${c.port}`).filter((end) => !served.has(end))).toEqual([])
  })

  test('gives every pod an address of its own, a node and an owner', () => {
    const pods = [...build(1).workloads.values()].flatMap((w) => w.pods)
    const own = pods.filter((pod) => pod.ip !== pod.node.ip)
    expect(new Set(own.map((pod) => pod.ip)).size).toBe(own.length)
    expect(pods.find((pod) => pod.workload.spec.name === 'web')?.owner.kind).toBe('ReplicaSet')
    expect(pods.find((pod) => pod.workload.spec.name === 'warehouse-sync')?.owner.kind).toBe('Job')
  })
})

describe('churn', () => {
  const hour = 3_600_000
  const live = (seed: number, stepMs: number) => {
    const cluster = build(seed)
    const churn = createChurn(cluster, seed, start)
    const changes = []
    for (let now = start; now <= start + hour; now += stepMs) changes.push(...churn.advance(now))
    return { cluster, changes }
  }

  test('does the same however often it is asked', () => {
    expect(JSON.stringify(live(3, 100).changes)).toBe(JSON.stringify(live(3, 60_000).changes))
  })

  test('keeps the replicas of every workload but the batch job, and never shares an address', () => {
    const { cluster } = live(3, 1000)
    for (const { spec, pods } of cluster.workloads.values())
      if (spec.kind === 'Deployment' || spec.kind === 'StatefulSet')
        expect([spec.name, pods.length]).toEqual([spec.name, spec.replicas])
    const ips = [...cluster.workloads.values()].flatMap((w) =>
      w.pods.filter((p) => p.ip !== p.node.ip).map((p) => p.ip),
    )
    expect(new Set(ips).size).toBe(ips.length)
  })

  test('gives a later pod the address of an earlier one', () => {
    const { changes } = live(3, 1000)
    const podsByIp = new Map<string, Set<string>>()
    for (const { object } of changes) {
      if (object.kind !== 'Pod') continue
      const ip = JSON.stringify(object.status).match(/"podIP":"([^"]+)"/)?.[1] ?? ''
      podsByIp.set(ip, (podsByIp.get(ip) ?? new Set()).add(object.metadata.name))
    }
    expect([...podsByIp.values()].some((names) => names.size > 1)).toBe(true)
  })

  test('kills a pod that outgrows its memory again and again, and tells it as a kubelet does', () => {
    const cluster = build(1)
    const churn = createChurn(cluster, 1, start)
    const name = cluster.workloads.get('catalog/pricing')?.pods[0]?.name
    const told: unknown[] = [...churn.outgrow('catalog/pricing', start)]
    for (let now = start; now <= start + 300_000; now += 1_000)
      for (const { object } of churn.advance(now)) if (object.metadata.name === name) told.push(object.status)
    expect(told).toHaveLength(10)
    expect(told.slice(0, 2)).toMatchObject([
      { containerStatuses: [{ restartCount: 0, state: { waiting: { reason: 'CrashLoopBackOff' } } }] },
      { containerStatuses: [{ restartCount: 1, lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } } }] },
    ])
    expect(told[9]).toMatchObject({ containerStatuses: [{ restartCount: 5, state: { running: {} }, ready: true }] })
  })

  test('replaces all pods of a workload at once when told to', () => {
    const cluster = build(1)
    const web = cluster.workloads.get('storefront/web')
    if (!web) throw new Error('there is no web')
    const before = web.pods.map((pod) => pod.uid)
    createChurn(cluster, 1, start).replace(web, start)
    expect(web.pods).toHaveLength(3)
    expect(web.pods.filter((pod) => before.includes(pod.uid))).toEqual([])
  })
})

test('a synthetic company has as many workloads as asked and a few hubs', () => {
  const { workloads, calls } = syntheticCompany(500, 1)
  expect(workloads).toHaveLength(500)
  const callers = new Map<string, number>()
  for (const call of calls) callers.set(call.to, (callers.get(call.to) ?? 0) + 1)
  const sorted = [...callers.values()].sort((a, b) => b - a)
  expect(sorted[0]).toBeGreaterThan(50)
  expect(sorted[250] ?? 0).toBeLessThan(8)
})
