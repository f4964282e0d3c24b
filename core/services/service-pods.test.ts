import { describe, expect, it } from 'vitest'
import type { PodObject } from '../inventory/inventory-object'
import { buildServicePods, type PodsInput, type RecordGroup } from './service-pods'

const pod = (name: string, more: Partial<PodObject> = {}): PodObject => ({
  uid: `uid-${name}`,
  namespace: 'shop',
  name,
  createdAt: 1_000,
  labels: { app: 'cart' },
  annotations: {},
  owner: null,
  kind: 'Pod',
  ips: [],
  node: 'n1',
  hostNetwork: false,
  proxy: 'none',
  skipsIn: [],
  skipsOut: [],
  serviceAccount: 'cart',
  phase: 'Running',
  ipSince: null,
  finishedAt: null,
  ports: [],
  images: ['shop/cart:1.0'],
  ...more,
})

const group = (source: string, shape: string, more: Partial<RecordGroup> = {}): RecordGroup => ({
  source,
  shape,
  records: 1,
  serverErrors: 0,
  latencies: [],
  ...more,
})

const build = (more: Partial<PodsInput>) =>
  buildServicePods({
    window: { from: 0, to: 10_000 },
    known: true,
    pods: [],
    slices: [],
    policies: [],
    records: [],
    restarts: [],
    ...more,
  })

describe('the pods of a service', () => {
  it('come with those that are there first, the newest first', () => {
    const { pods, total, versions } = build({
      pods: [
        { pod: pod('old', { ipSince: 1_000 }), to: null },
        { pod: pod('gone', { ipSince: 9_000, images: ['shop/cart:0.9'] }), to: 9_500 },
        { pod: pod('new', { ipSince: 5_000, images: ['shop/cart:1.1'] }), to: null },
        { pod: pod('later', { ipSince: 500 }), to: 10_000 },
      ],
    })
    expect(pods.map(({ name, endedAt }) => [name, endedAt])).toEqual([
      ['new', null],
      ['old', null],
      ['later', null],
      ['gone', 9_500],
    ])
    expect([total, versions]).toEqual([4, ['1.1', '1.0']])
  })

  it('are ready as their slices say, and unknown where none names them', () => {
    const endpoint = (name: string, ready: boolean) => ({ addresses: [], pod: `uid-${name}`, ready })
    const slice = {
      ...pod('slice'),
      kind: 'EndpointSlice' as const,
      service: 'cart',
      endpoints: [endpoint('a', true), endpoint('b', false)],
      ports: [],
    }
    const { pods, ready } = build({
      pods: ['a', 'b', 'c'].map((name) => ({ pod: pod(name), to: null })),
      slices: [slice],
    })
    expect(pods.map((row) => [row.name, row.ready])).toEqual([
      ['a', true],
      ['b', false],
      ['c', null],
    ])
    expect(ready).toBe(1)
  })

  it('have the traffic of records that name one of them, by name or address', () => {
    const pods = [
      { pod: pod('cart-1', { ips: ['10.0.0.1'] }), to: null },
      { pod: pod('cart-10', { ips: ['10.0.0.12'] }), to: null },
    ]
    const { pods: rows, sample } = build({
      pods,
      records: [
        group('als', '{"proxy.id":"sidecar~10.0.0.1~x"}', { records: 4, latencies: [1, 2, 3, 400] }),
        group('als', '{"pod":"cart-10"}', { records: 3, serverErrors: 2 }),
        group('als', '{"pod":"cart-10","peer":"cart-1"}', { records: 50 }),
        group('als', '{"pod":"elsewhere"}', { records: 70 }),
      ],
    })
    expect(rows.map(({ name, traffic }) => [name, traffic])).toEqual([
      ['cart-1', { records: 4, serverErrors: 0, p95: 400 }],
      ['cart-10', { records: 3, serverErrors: 2, p95: null }],
    ])
    expect(sample).toEqual({ source: 'als', records: 7 })
  })

  it('have the restarts of all their containers, and why the newest was', () => {
    const end = { uid: 'uid-a', reason: 'Error', exitCode: 2 }
    const { pods } = build({
      pods: ['a', 'b'].map((name) => ({ pod: pod(name), to: null })),
      restarts: [
        { ...end, container: 'proxy', at: 500, count: 7, before: 7 },
        { ...end, container: 'app', at: 900, count: 3, before: 1, reason: 'OOMKilled', exitCode: 137 },
      ],
    })
    expect(pods.map(({ restarts }) => restarts)).toEqual([
      { total: 10, inWindow: 2, reason: 'OOMKilled', at: 900 },
      { total: 0, inWindow: 0, reason: '', at: null },
    ])
  })

  it('count the records of one source, because others saw the same calls', () => {
    const { sample } = build({
      pods: [
        { pod: pod('a'), to: null },
        { pod: pod('b'), to: null },
      ],
      records: [group('hubble', '"a"', { records: 100 }), group('als', '"a"'), group('als', '"b"')],
    })
    expect(sample).toEqual({ source: 'als', records: 2 })
  })

  it('are selected by policies of their labels', () => {
    const spec = { podSelector: { matchLabels: { app: 'cart' } }, policyTypes: ['Egress'] }
    const policies = [{ kind: 'NetworkPolicy', name: 'p', spec }]
    expect(build({ pods: [{ pod: pod('a'), to: null }], policies }).isolated).toEqual({ ingress: false, egress: true })
    expect(build({ policies }).policies).toEqual([])
  })
})
