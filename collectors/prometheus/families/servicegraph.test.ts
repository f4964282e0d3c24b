import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { boundsOf } from '@/core/figures/latency-buckets'
import { decodeSketch } from '@/core/figures/sketch'
import type { Labels } from '../family'
import { servicegraph } from './servicegraph'
import { histogramOf, readAll, sampleOf } from './test-samples'

const total = (labels: Labels, n = 10) => sampleOf('traces_service_graph_request_total', labels, n)
const failed = (labels: Labels, n: number) => sampleOf('traces_service_graph_request_failed_total', labels, n)
const seconds = (side: 'client' | 'server', labels: Labels, sum = 1) =>
  histogramOf(
    `traces_service_graph_request_${side}_seconds`,
    labels,
    [
      [0.1, 4],
      [1, 6],
      [Number.POSITIVE_INFINITY, 0],
    ],
    { sum },
  )
const edge = { client: 'web', server: 'cart' }
const workload = (name: string) => ({ workload: { kind: 'Workload', name } })
const reporters = (labels: Labels) =>
  readAll(servicegraph, [total(labels)])
    .map((o) => o.reporter)
    .sort()

describe('requests', () => {
  it('are told by the spans of both sides, each with its own latency', () => {
    const read = readAll(
      servicegraph,
      [total(edge), failed(edge, 3)],
      [seconds('client', edge), seconds('server', edge)],
    )
    expect(read.map((o) => o.reporter).sort()).toEqual(['destination', 'source'])
    for (const o of read) {
      expect(o).toMatchObject({
        from: workload('web'),
        to: workload('cart'),
        port: 0,
        verdict: 'allowed',
        requests: 10,
        responses: 10,
        serverErrors: 3,
        clientErrors: 0,
        l7: 'unknown',
      })
      const latency =
        o.type === 'request' && typeof o.latency === 'object' ? [...decodeSketch(o.latency).keys()].map(boundsOf) : []
      // Seconds have become microseconds.
      expect(latency).toEqual([
        { low: 0, high: 100_000 },
        { low: 100_000, high: 1_000_000 },
      ])
    }
  })

  it('a histogram of zeros is of a side without spans', () => {
    const read = readAll(servicegraph, [], [seconds('client', edge, 0), seconds('server', edge)])
    expect(read.map((o) => o.reporter)).toEqual(['destination'])
  })

  it.each([
    ['a call', {}, ['destination', 'source']],
    ['a queue', { connection_type: 'messaging_system' }, ['destination', 'source']],
    ['a database', { connection_type: 'database' }, ['source']],
    ['a caller that nobody traced', { client: 'user', connection_type: 'virtual_node' }, ['destination']],
    ['a missing client, by the label', { connection_type: 'virtual_node', virtual_node: 'client' }, ['destination']],
    ['a missing server, by the label', { connection_type: 'virtual_node', virtual_node: 'server' }, ['source']],
    [
      'an exporter that calls every edge a virtual node',
      { connection_type: 'virtual_node' },
      ['destination', 'source'],
    ],
    ['a service that is called user', { client: 'user' }, ['destination', 'source']],
  ])('%s', (_name, labels, expected) => {
    expect(reporters({ ...edge, ...labels })).toEqual(expected)
  })

  it('whose callee has no span are not known to have come through', () => {
    expect(readAll(servicegraph, [total({ ...edge, connection_type: 'database' })])[0]?.verdict).toBe('unknown')
  })
})

describe('ends', () => {
  const from = (labels: Labels) => readAll(servicegraph, [total({ ...edge, ...labels })])[0]?.from
  const to = (labels: Labels) => readAll(servicegraph, [total({ ...edge, ...labels })])[0]
  const service = { service: { namespace: 'data', name: 'db' } }

  it.each([
    ['an application’s own name', {}, workload('web')],
    ['with its namespace', { client_k8s_namespace_name: 'shop' }, { namespace: 'shop', ...workload('web') }],
    ['with dots', { client: 'com.acme.web' }, workload('com.acme.web')],
    [
      'a workload',
      { client_k8s_namespace_name: 'shop', client_k8s_deployment_name: 'web-v2' },
      { namespace: 'shop', workload: { kind: 'Deployment', name: 'web-v2' } },
    ],
    [
      'a workload, dots kept',
      { 'client_k8s.namespace.name': 'shop', 'client_k8s.deployment.name': 'web' },
      { namespace: 'shop', workload: { kind: 'Deployment', name: 'web' } },
    ],
    ['a pod', { client_k8s_namespace_name: 'shop', client_k8s_pod_name: 'web-0' }, { namespace: 'shop', pod: 'web-0' }],
    ['the untraced user', { client: 'user', connection_type: 'virtual_node' }, { reserved: 'world' }],
    [
      'a workload called user',
      { client: 'user', connection_type: 'virtual_node', client_k8s_namespace_name: 'shop' },
      { namespace: 'shop', ...workload('user') },
    ],
    ['nobody', { client: '' }, { reserved: 'unknown' }],
  ])('client: %s', (_name, labels, ref) => {
    expect(from(labels)).toEqual(ref)
  })

  it.each([
    ['a Service by its host', { server: 'db.data.svc.cluster.local:5432' }, service, ''],
    [
      'an outside party',
      { server: 'api.example.com', connection_type: 'virtual_node', virtual_node: 'server' },
      { reserved: 'world', names: ['api.example.com'] },
      '',
    ],
    ['an address', { server: '10.0.0.7:6379' }, {}, '10.0.0.7'],
    ['a database by its name', { server: 'orders', connection_type: 'database' }, workload('orders'), ''],
  ])('server: %s', (_name, labels, ref, toIp) => {
    expect(to(labels)).toMatchObject({ to: ref, toIp, port: 0 })
  })

  it('a queue’s system is the protocol', () => {
    expect(to({ connection_type: 'messaging_system', client_messaging_system: 'kafka' })).toMatchObject({ l7: 'kafka' })
  })
})

const shared = join(process.env.ORIEL_SHARED ?? '../shared', 'data/otel/extra-dimensions-queue-db-expected.json')

describe.skipIf(!existsSync(shared))('the connector’s own golden (skipped: no ../shared/data/otel)', () => {
  it('has the expected meaning, label for label', () => {
    const { edges } = JSON.parse(readFileSync(shared, 'utf8'))
    const [golden] = edges
    const labels = {
      client: golden.client,
      server: golden.server,
      connection_type: golden.connection_type,
      failed: String(golden.failed),
      ...golden.dimensions,
    }
    const histogram = (side: 'client' | 'server') => {
      const { bucketCounts, sum } = golden[`${side}_seconds`]
      const bounds = [0.1, 1, 10, Number.POSITIVE_INFINITY]
      return histogramOf(
        `traces_service_graph_request_${side}_seconds`,
        labels,
        bounds.map((bound, i) => [bound, bucketCounts[i]] as const),
        { sum },
      )
    }
    const read = readAll(
      servicegraph,
      [total(labels, golden.request_total)],
      [histogram('client'), histogram('server')],
    )
    expect(read).toHaveLength(2)
    for (const o of read) {
      expect(o).toMatchObject({
        from: workload('foo-server'),
        to: workload('bar-requester'),
        l7: 'kafka',
        requests: 1,
        responses: 1,
        serverErrors: 0,
      })
      expect(o.type === 'request' && typeof o.latency === 'object' && [...decodeSketch(o.latency).values()]).toEqual([
        1,
      ])
    }
  })
})
