import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { freePort } from '@/bin/free-port'
import { buildGraph } from '@/core/graph/build-graph'
import type { Endpoint } from '@/core/endpoint'
import type { View } from '@/core/figures/family'
import { fuse } from '@/core/witness/fuse'
import type { Amounts } from '@/core/encryption/classes'
import { classifyWorld } from '@/core/encryption/classify-world'
import { addAmounts, coverageOf, noAmounts, scaleAmounts, totalOf } from '@/core/encryption/coverage'
import { everything } from '@/core/scope'
import { floorTo } from '@/core/time'
import { sourceParts } from '@/core/witness/witness'
import type { World, WorldEdge } from '@/core/world'
import { type Demo, runDemo } from '@/demo/main'
import { type Protection, protections } from '@/demo/model/mesh'
import { createDictionaries } from '@/server/db/names/dictionaries'
import { defaultRetention } from '@/server/db/retention'
import { viewDatabase } from '@/server/views/testing'
import { loadKubernetes } from '@/server/kubernetes/client'
import { log } from '@/server/log'
import { loadWorld } from '@/server/world'
import { discoveryInventory, runInventory } from './inventory'
import { configuredSources } from './sources'
import { supervise } from './supervise'

const database = viewDatabase()
const quiet = log.child({}, { level: 'silent' })
const stop = new AbortController()
const ends: Promise<void>[] = []
let demo: Demo
let world: World
let truth: Awaited<ReturnType<Demo['truth']['read']>>

const livedMs = 70_000
/** The slowest source tells of a bucket this long after it ended. */
const lateMs = 50_000

beforeAll(async () => {
  const [als, grpc] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`]
  demo = await runDemo({ stateDir: mkdtempSync(join(tmpdir(), 'oriel-demo-')), alsTo: als, otlpTo: grpc })
  const connection = loadKubernetes({ kubeconfig: demo.kubeconfig })
  const inventory = runInventory({ connection, pool: database.pool, signal: stop.signal, log: quiet })
  await inventory.ready
  const sources = configuredSources([
    { type: 'hubble', address: demo.hubble },
    { type: 'goldmane', address: demo.goldmane ?? '' },
    { type: 'prometheus', url: demo.prometheus ?? '', intervalMs: 5_000 },
    { type: 'als', listen: als },
    { type: 'otlp', grpc, http: 'off' },
  ])
  const collector = {
    pool: database.pool,
    dictionaries: createDictionaries(database.pool),
    holder: 'test',
    cluster: inventory.index.cluster,
    inventory: inventory.index,
    discovery: discoveryInventory(inventory.index),
    limits: { maxEdges: 10_000, maxRecordsPerSecond: 100, maxAgeMs: 3_600_000 },
    retention: defaultRetention,
  }
  ends.push(...sources.map((source) => supervise(source, collector, stop.signal)), inventory.done)
  await sleep(10_000)
  const from = floorTo(Date.now(), 10_000) + 10_000
  const window = { from, to: from + livedMs - 20_000 }
  await sleep(livedMs)
  await sleep(lateMs)
  await vi.waitFor(() => expectReadUntil(window.to + 5_000), { timeout: 300_000, interval: 2_000 })
  world = await loadWorld({ window, recording: null }, everything)
  truth = demo.truth.read(window.from, window.to)
}, 600_000)

afterAll(async () => {
  await demo?.stop()
  stop.abort()
  await Promise.all(ends)
})

/** What was there before the sources began is read first, which takes a busy machine a while. */
async function expectReadUntil(time: number): Promise<void> {
  const { rows } = await database.pool.query<{ id: string; last_event_at: number | null }>(
    `select id, last_event_at from source where type in ('hubble', 'als', 'otlp')`,
  )
  expect(rows).toHaveLength(3)
  for (const row of rows) expect(row.last_event_at, row.id).toBeGreaterThan(time)
}

/** The world as it would be, had these sources not been there. */
const without = (...types: readonly string[]): World => ({
  ...world,
  edges: world.edges.flatMap((each): WorldEdge[] => {
    const rows = each.rows.filter(({ facet }) => !types.includes(sourceParts(facet.source).type))
    return rows.length > 0 ? [{ ...each, rows }] : []
  }),
})

const nameOf = ({ namespace, kind, name }: Endpoint) => (namespace ? `${namespace}/${kind}/${name}` : `${kind}/${name}`)

/** Requests by the name that an edge has in the demo's truth. */
function requestsByEdge({ edges }: World): Map<string, number> {
  const counted = new Map<string, number>()
  for (const { edge, rows } of edges) {
    const { requests } = fuse(rows).tally
    if (requests !== null)
      counted.set(`${nameOf(edge.from)} -> ${nameOf(edge.to)} ${edge.port}/${edge.protocol}`, requests)
  }
  return counted
}

/**
 * Calls at the ends of the window may fall on either side. A pod that ends (of a job, or of the front end that is
 * rolled out meanwhile) does so between two scrapes, and what it counted after the last one nobody reads: of a job that
 * is a few scrapes long a good part, where the machine is busy.
 */
const near = (edge: string, a: number, b: number) => Math.abs(a - b) <= Math.max(4, shareLost(edge) * Math.max(a, b))

const shareLost = (edge: string) =>
  edge.includes('/CronJob/') ? 0.5 : edge.includes('storefront/Deployment/bff') ? 0.3 : 0.08

describe('every witness of one cluster', () => {
  it('sees traffic in its own way', () => {
    expect(buildGraph(world, { level: 'workload' }).views).toEqual(['flows', 'proxies', 'spans'] satisfies View[])
    const seen = new Set(world.edges.flatMap(({ rows }) => rows.map(({ facet }) => sourceParts(facet.source).type)))
    expect([...seen].toSorted()).toEqual(['als', 'felix', 'goldmane', 'hubble', 'istio', 'linkerd', 'otlp'])
  })

  it('together they count each call once', () => {
    const counted = requestsByEdge(world)
    const wrong = Object.entries(truth.edges).flatMap(([edge, { calls, refusedCalls }]) => {
      const requests = counted.get(edge)
      return requests === undefined || near(edge, requests, calls - refusedCalls)
        ? []
        : [`${edge}: ${requests} of ${calls - refusedCalls}`]
    })
    expect(wrong).toEqual([])
    expect(counted.size).toBeGreaterThan(40)
  })

  it.each([
    ['access logs', ['als']],
    ['Istio’s metrics', ['istio']],
    ['Goldmane', ['goldmane']],
    ['Hubble’s view of connections', ['felix']],
  ])('shows the same edges with the same requests without %s', (_, gone) => {
    const all = requestsByEdge(world)
    const left = requestsByEdge(without(...gone))
    const wrong = [...all].flatMap(([edge, requests]) =>
      near(edge, left.get(edge) ?? 0, requests) ? [] : [`${edge}: ${left.get(edge)} of ${requests}`],
    )
    expect(wrong).toEqual([])
  })
})

/** Edges with requests, each with what the demo knows of them: calls by what protected them, as shares of what was counted. */
function heldAgainstTruth(seen: World) {
  return classifyWorld(seen).edges.flatMap(({ worldEdge: { edge }, units: { requests } }) => {
    const name = `${nameOf(edge.from)} -> ${nameOf(edge.to)} ${edge.port}/${edge.protocol}`
    const known = truth.edges[name]
    if (!requests || !known || known.calls === 0) return []
    const amounts: Record<Protection, number> & Amounts = { ...noAmounts }
    for (const each of protections) amounts[each] = known.protection[each] ?? 0
    return [{ name, requests, real: scaleAmounts(amounts, requests.total / known.calls) }]
  })
}

/** Of all requests: calls at the ends of the window, and connections that were open before it. */
const rounding = 0.02

describe('encryption of requests', () => {
  it('is the truth within rounding where every source tells, class by class', () => {
    const held = heldAgainstTruth(world)
    expect(held.length).toBeGreaterThan(40)
    const told = addAmounts(held.map(({ requests }) => requests.amounts))
    const real = addAmounts(held.map((each) => each.real))
    const total = totalOf(real)
    // mTLS of which nobody tells the way is `mtls`, so what is more than true there is missing from `mtls+tunnel`.
    for (const each of protections.filter((one) => one !== 'mtls'))
      expect(told[each] / total, `${each} is claimed`).toBeLessThanOrEqual(real[each] / total + rounding)
    for (const each of protections.filter((one) => one !== 'mtls+tunnel'))
      expect((told[each] + told.unknown) / total, `${each} is not missed`).toBeGreaterThanOrEqual(
        real[each] / total - rounding,
      )
    const mutual = (amounts: Amounts) => (amounts.mtls + amounts['mtls+tunnel']) / total
    expect(Math.abs(mutual(told) - mutual(real))).toBeLessThanOrEqual(rounding)
    expectWithin(told, real)
  })

  it.each(['hubble', 'goldmane', 'felix', 'istio', 'linkerd', 'als', 'otlp'])(
    'has bounds that contain the truth without %s',
    (gone) => {
      const held = heldAgainstTruth(without(gone))
      expectWithin(addAmounts(held.map(({ requests }) => requests.amounts)), addAmounts(held.map(({ real }) => real)))
    },
  )
})

function expectWithin(told: Amounts, real: Amounts) {
  const [bounds, exact] = [coverageOf(told), coverageOf(real)]
  expect(exact?.least).toBe(exact?.most)
  expect(exact?.least).toBeGreaterThanOrEqual((bounds?.least ?? 0) - rounding)
  expect(exact?.most).toBeLessThanOrEqual((bounds?.most ?? 1) + rounding)
}
