import { Client, credentials, status } from '@grpc/grpc-js'
import protobuf from 'protobufjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Door } from '../hubble-relay/door'
import { incidents } from '../incidents/schedule'
import { minute, start, sumBy, virtualWorld } from '../test-world'
import type { CallMade } from '../traffic/made'
import { createRing, type Ring } from './ring'
import { startGoldmane } from './server'

const schema = `
syntax = "proto3";
message Hit { int32 kind = 1; string namespace = 2; string name = 3; string tier = 4; int32 action = 5; int64 policy_index = 6; int64 rule_index = 7; Hit trigger = 8; }
message Trace { repeated Hit enforced = 1; repeated Hit pending = 2; }
message Key {
  string source_name = 1; string source_namespace = 2; int32 source_type = 3; string dest_name = 4; string dest_namespace = 5;
  int32 dest_type = 6; int64 dest_port = 7; string dest_service_name = 8; string dest_service_namespace = 9;
  string dest_service_port_name = 10; int64 dest_service_port = 11; string proto = 12; int32 reporter = 13; int32 action = 14; Trace policies = 15;
}
message Flow {
  Key Key = 1; int64 start_time = 2; int64 end_time = 3; repeated string source_labels = 4; repeated string dest_labels = 5;
  int64 packets_in = 6; int64 packets_out = 7; int64 bytes_in = 8; int64 bytes_out = 9;
  int64 started = 10; int64 completed = 11; int64 live = 12;
}
message Result { int64 id = 1; Flow flow = 2; }
message Meta { int64 total_pages = 1; int64 total_results = 2; }
message List { Meta meta = 1; repeated Result flows = 2; }
message Hints { Meta meta = 1; repeated Hint hints = 2; }
message Hint { string value = 1; }
message Match { string value = 1; int32 type = 2; }
message Sort { int32 by = 1; }
message Filter { repeated Match source_names = 1; repeated Match source_namespaces = 2; repeated Match dest_names = 3; repeated int32 actions = 7; int32 reporter = 9; }
message ListRequest { int64 gte = 1; int64 lt = 2; int64 page = 3; int64 page_size = 4; repeated Sort sort = 5; Filter filter = 6; }
message StreamRequest { int64 gte = 1; Filter filter = 2; }
message HintsRequest { int32 type = 1; }
`
const root = protobuf.parse(schema, { keepCase: true }).root
type Hit = { kind: number; name: string; namespace: string; action: number; rule_index: number; trigger?: Hit }
type Key = {
  source_name: string
  source_namespace: string
  dest_name: string
  dest_namespace: string
  dest_port: number
  dest_service_name: string
  reporter: number
  action: number
  policies: { enforced: Hit[]; pending: Hit[] }
}
type Flow = { Key: Key; start_time: number; end_time: number; dest_labels: string[] } & Record<
  'bytes_in' | 'bytes_out' | 'started' | 'completed' | 'live',
  number
>
type Result = { id: number; flow: Flow }
const read = <T>(type: string, data: Uint8Array): T => {
  const message = root.lookupType(type)
  return message.toObject(message.decode(data), { longs: Number, defaults: true }) as T
}
const request = (type: string, fields: object) =>
  Buffer.from(root.lookupType(type).encode(root.lookupType(type).fromObject(fields)).finish())

let ring: Ring
const planned = incidents.filter(({ id }) => id === 'policy-change').map((i) => ({ ...i, at: 1, minutes: 9 }))
const world = virtualWorld(
  () => {
    ring = createRing(start)
    return [ring]
  },
  { planned },
)
const now = start + 4 * minute
world.engine.advance(now)

let door: Door
let client: Client
beforeAll(async () => {
  door = await startGoldmane({ ring, port: 0, now: () => now })
  client = new Client(`127.0.0.1:${door.port}`, credentials.createInsecure())
})
afterAll(() => {
  client.close()
  door.close()
})
const raw = (data: Buffer) => data
const unary = <T>(method: string, asked: [string, object], answer: string) =>
  new Promise<T>((resolve, reject) => {
    client.makeUnaryRequest(`/goldmane.Flows/${method}`, raw, raw, request(...asked), (error, data) =>
      error || !data ? reject(error ?? new Error('no answer')) : resolve(read<T>(answer, data)),
    )
  })
const list = (fields: object = {}) =>
  unary<{ meta: { total_results: number; total_pages: number }; flows: Result[] }>(
    'List',
    ['ListRequest', fields],
    'List',
  )

const name = ({ pod, workload }: CallMade['from']) => (pod ? (workload?.spec.name ?? '') : 'pub')
const byLength = [...world.cluster.workloads.values()].sort((a, b) => b.spec.name.length - a.spec.name.length)
const nameOf = (aggregated: string, namespace: string) =>
  byLength.find(
    ({ spec }) => spec.namespace === namespace && new RegExp(`^${spec.name}(-[a-z0-9]+)?-\\*$`).test(aggregated),
  )?.spec.name ?? aggregated
const edgeOf = ({ Key: k }: Flow) =>
  `${nameOf(k.source_name, k.source_namespace)} ${nameOf(k.dest_name, k.dest_namespace)} ${k.dest_port}`
const callEdge = (c: CallMade) => `${name(c.from)} ${name(c.to)} ${c.port}`

describe('List', () => {
  test('sums each reporter to what the calls were', async () => {
    const { flows } = await list({ lt: Math.floor(now / 1000) })
    const sum = (reporter: number, of: (flow: Flow) => number) =>
      sumBy(
        flows.filter(({ flow }) => flow.Key.reporter === reporter),
        ({ flow }) => edgeOf(flow),
        ({ flow }) => of(flow),
      )
    const expected = (by: 'from' | 'to', of: (c: CallMade) => number) =>
      sumBy(
        world.calls,
        (c) => (c[by].pod && (by === 'from' || c.denied?.direction !== 'egress') ? callEdge(c) : null),
        of,
      )
    expect(sum(1, (f) => f.bytes_out)).toEqual(expected('from', (c) => c.bytesSent))
    expect(sum(2, (f) => f.bytes_in)).toEqual(expected('to', (c) => c.bytesSent))
    expect(sum(2, (f) => f.bytes_out)).toEqual(expected('to', (c) => c.bytesReceived))
    expect(sum(2, (f) => f.started)).toEqual(expected('to', (c) => (c.opensConnection ? 1 : 0)))
  })

  test('gives pages from 0, and beyond the end nothing', async () => {
    const all = await list()
    const size = Math.ceil(all.flows.length / 3)
    const pages = await Promise.all([0, 1, 2, 3].map((page) => list({ page, page_size: size })))
    expect(pages.flatMap(({ flows }) => flows.map(({ id }) => id))).toEqual(all.flows.map(({ id }) => id))
    expect(pages.map(({ meta }) => meta.total_pages)).toEqual([3, 3, 3, 0])
  })

  test('filters by name, part of a name, and action', async () => {
    const exact = await list({ filter: { source_namespaces: [{ value: 'data' }], actions: [2] } })
    expect(new Set(exact.flows.map(({ flow }) => edgeOf(flow)))).toEqual(new Set(['reports accounts-postgres 5432']))
    const part = await list({ filter: { dest_names: [{ value: 'clickh', type: 1 }], reporter: 2 } })
    expect(part.flows.every(({ flow }) => flow.Key.dest_name.startsWith('warehouse-clickhouse'))).toBe(true)
    expect((await list({ filter: { source_names: [{ value: 'PUBLIC NETWORK' }] } })).flows.length).toBeGreaterThan(0)
  })

  test('refuses two sorts and times that are not in order', async () => {
    await expect(list({ sort: [{ by: 1 }, { by: 2 }] })).rejects.toMatchObject({ code: status.UNKNOWN })
    await expect(list({ gte: 10, lt: 5 })).rejects.toMatchObject({ code: status.UNKNOWN })
  })
})

describe('traces of policies', () => {
  const of = async (edge: string, reporter: number) =>
    (await list()).flows
      .filter(({ flow }) => edgeOf(flow) === edge && flow.Key.reporter === reporter)
      .map((r) => r.flow)

  test('name the policy that allows, or the profile where none selects', async () => {
    const [allowed] = await of('checkout payments 9000', 2)
    expect(allowed?.Key.policies.enforced).toMatchObject([
      { kind: 6, namespace: 'checkout', name: 'allow-checkout', action: 1 },
    ])
    const [free] = await of('returns orders-postgres 5432', 2)
    expect(free?.Key.policies.enforced).toMatchObject([{ kind: 9, name: 'kns.orders', action: 1 }])
    const [passed] = await of('bff search 9000', 2)
    expect(passed?.Key.policies.enforced).toMatchObject([{ kind: 10, action: 3, trigger: { kind: 11 } }, { kind: 9 }])
  })

  test('of a refused flow end the tier, with the policy that selected the end', async () => {
    const [denied] = await of('reports accounts-postgres 5432', 2)
    expect(denied?.Key).toMatchObject({ action: 2, policies: { enforced: [{ kind: 10, action: 2, rule_index: -1 }] } })
    expect(denied?.Key.policies.enforced[0]?.trigger).toMatchObject({
      kind: 6,
      namespace: 'accounts',
      name: 'default-deny',
    })
    expect((await of('reports accounts-postgres 5432', 1))[0]?.Key.action).toBe(1)
  })

  test('every flow does what its trace says, also over a change of the policies', async () => {
    const flows = (await list()).flows.map((r) => r.flow)
    for (const { Key: key } of flows)
      if (key.policies.enforced.length) expect([key, key.policies.enforced.at(-1)?.action]).toEqual([key, key.action])
    const actions = (await of('fulfilment shipping 9000', 2)).map((flow) => flow.Key.action)
    expect(new Set(actions)).toEqual(new Set([1, 2]))
  })

  test('say what a staged policy would do', async () => {
    const [refused] = await of('dashboards warehouse-clickhouse 8123', 2)
    expect(refused?.Key.policies).toMatchObject({
      enforced: [{ kind: 9 }],
      pending: [{ kind: 10, action: 2, trigger: { kind: 3, name: 'warehouse-callers' } }],
    })
    const [allowed] = await of('ingest warehouse-clickhouse 8123', 2)
    expect(allowed?.Key.policies.pending).toMatchObject([{ kind: 3, action: 1 }])
  })
})

test('Stream replays complete buckets, one key each once, and goes on with the next', async () => {
  const call = client.makeServerStreamRequest(
    '/goldmane.Flows/Stream',
    raw,
    raw,
    request('StreamRequest', { gte: -60 }),
  )
  const received: Result[] = []
  const until = (done: () => boolean) =>
    new Promise<void>((resolve) => {
      call.on('data', (data: Buffer) => {
        received.push(read<Result>('Result', data))
        if (done()) resolve()
      })
    })
  const complete = ring.buckets.filter(({ start: s }) => s * 1000 >= now - 60_000)
  const expected = complete.reduce((sum, { flows }) => sum + flows.size, 0)
  call.on('error', () => undefined)
  await until(() => received.length >= expected)
  expect(complete).toHaveLength(4)
  expect(received.every(({ flow }) => flow.end_time - flow.start_time === 15)).toBe(true)
  expect(new Set(received.map(({ id, flow }) => `${id} ${flow.start_time}`)).size).toBe(expected)
  world.engine.advance(now + 15_000)
  await until(() => received.length > expected)
  expect(received.at(-1)?.flow.start_time).toBe(now / 1000)
  call.cancel()
})

test('Stream replays nothing from 0, which is now, or from before the ring’s hour', async () => {
  const oldest = (gte: number) =>
    new Promise<number>((resolve) => {
      const call = client.makeServerStreamRequest('/goldmane.Flows/Stream', raw, raw, request('StreamRequest', { gte }))
      call.on('error', () => undefined)
      const living = setInterval(() => world.engine.advance((lived += 15_000)), 50)
      call.once('data', (data: Buffer) => {
        clearInterval(living)
        resolve(read<Result>('Result', data).flow.start_time)
        call.cancel()
      })
    })
  let lived = now + 30_000
  world.engine.advance(lived)
  expect(await oldest(-3_500)).toBe(start / 1000)
  const before = lived / 1000
  expect(await oldest(0)).toBeGreaterThanOrEqual(before)
  expect(await oldest(-4_000)).toBeGreaterThanOrEqual(before)
})

test('hints list names once each', async () => {
  const { hints } = await unary<{ hints: { value: string }[] }>('FilterHints', ['HintsRequest', { type: 4 }], 'Hints')
  const values = hints.map(({ value }) => value)
  expect(values).toContain('storefront')
  expect(new Set(values).size).toBe(values.length)
})
