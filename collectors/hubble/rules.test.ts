import { describe, expect, it } from 'vitest'
import type { FlowObservation, Observation, RequestObservation } from '@/core/observation'
import { createDecoder } from './decode'
import { createJsonDecoder } from './decode-json'
import { isObservation } from './received'
import { createEncoder } from './test-encode'

const encode = createEncoder()
const pod = (name: string, ID = 0) => ({
  ID,
  identity: 700,
  namespace: 'shop',
  labels: [`k8s:app=${name}`],
  pod_name: `${name}-1`,
  workloads: [{ name, kind: 'Deployment' }],
})
const base = {
  time: '2026-07-31T10:41:02.202450754Z',
  verdict: 'FORWARDED',
  IP: { source: '10.0.0.1', destination: '10.0.0.2', ipVersion: 'IPv4' },
  l4: { TCP: { source_port: 40000, destination_port: 80, flags: { SYN: true } } },
  source: pod('a'),
  destination: pod('b'),
  Type: 'L3_L4',
  node_name: 'n1',
  event_type: { type: 4 },
  traffic_direction: 'EGRESS',
  trace_observation_point: 'TO_STACK',
  is_reply: false,
}

/** Every flow is read both ways; both must say the same. */
function read(...flows: object[]): Observation[] {
  const bytes = createDecoder('c1')
  const json = createJsonDecoder('c1')
  return flows.map((flow) => {
    const one = bytes.decode(encode({ flow }))
    const other = json.decode(JSON.stringify({ flow }))
    if (!isObservation(one) || !isObservation(other)) throw new Error('No observation.')
    expect({ ...one, key: 0n, record: one.record?.() }).toEqual({ ...other, key: 0n, record: other.record?.() })
    return one
  })
}
const readOne = (changes: object): Observation => read({ ...base, ...changes })[0] as Observation
const counts = (...flows: object[]) => read(...flows).map((o) => o.counts)
const fieldsOf = (o: Observation): Record<string, unknown> => {
  const record = o.record?.()
  return { ...JSON.parse(record?.shape ?? '{}'), ...JSON.parse(record?.detail ?? '{}') } as Record<string, unknown>
}
const later = (ms: number) => new Date(Date.parse('2026-07-31T10:41:02.202Z') + ms).toISOString()

const reply = {
  IP: { source: '10.0.0.2', destination: '10.0.0.1' },
  l4: { TCP: { source_port: 80, destination_port: 40000, flags: { ACK: true } } },
  source: pod('b'),
  destination: pod('a'),
  is_reply: true,
}
const http = (type: string, code: number, more: object = {}) => ({
  Type: 'L7',
  event_type: { type: 129 },
  l7: {
    type,
    latency_ns: type === 'RESPONSE' ? '2500000' : undefined,
    http: { code, method: 'GET', url: 'http://b/x', ...more },
  },
})

describe('direction', () => {
  it('a reply is an observation of the call, from the caller to the server’s port, and not counted', () => {
    const o = readOne(reply)
    expect(o).toMatchObject({ fromIp: '10.0.0.1', toIp: '10.0.0.2', port: 80, counts: false, reporter: 'source' })
    expect([o.from.pod, o.to.pod, o.record?.().sourcePort]).toEqual(['a-1', 'b-1', 40000])
  })

  it.each([
    ['reply', { reply: true, l4: { TCP: { source_port: 80, destination_port: 40000, flags: { ACK: true } } } }, 80],
    ['connection tracking', { trace_reason: 'REPLY' }, 40000],
    ['SYN alone', { l4: { TCP: { source_port: 5000, destination_port: 45000, flags: { SYN: true } } } }, 45000],
    [
      'SYN and ACK',
      { l4: { TCP: { source_port: 8080, destination_port: 9000, flags: { SYN: true, ACK: true } } } },
      8080,
    ],
    ['an ephemeral port', { l4: { TCP: { source_port: 9080, destination_port: 58634, flags: { ACK: true } } } }, 9080],
    ['a well-known port', { l4: { UDP: { source_port: 53, destination_port: 9000 } } }, 53],
    ['nothing', { l4: { UDP: { source_port: 5000, destination_port: 6000 } } }, 6000],
  ])('without is_reply, by %s', (_, changes, port) => {
    expect(readOne({ is_reply: undefined, ...changes }).port).toBe(port)
  })

  it.each([
    [{ traffic_direction: 'INGRESS' }, 'destination'],
    [{ ...reply, traffic_direction: 'INGRESS' }, 'destination'],
    [{ traffic_direction: undefined, trace_observation_point: 'TO_ENDPOINT' }, 'destination'],
    [{ ...reply, traffic_direction: undefined, trace_observation_point: 'TO_ENDPOINT' }, 'source'],
    [{ traffic_direction: undefined, trace_observation_point: 'TO_OVERLAY' }, 'source'],
    [{ traffic_direction: undefined, trace_observation_point: 'TO_PROXY' }, 'unknown'],
  ])('reporter of %j', (changes, reporter) => {
    expect(readOne(changes).reporter).toBe(reporter)
  })
})

describe('verdict', () => {
  it.each([
    [{ verdict: 'REDIRECTED' }, 'allowed', ''],
    [{ verdict: 'TRACED' }, 'allowed', ''],
    [{ verdict: 'DROPPED', drop_reason_desc: 'POLICY_DENY' }, 'denied', 'POLICY_DENY'],
    [{ verdict: 'DROPPED', drop_reason: 133 }, 'denied', 'POLICY_DENIED'],
    [{ verdict: 'DROPPED', drop_reason: 195 }, 'denied', 'UNENCRYPTED_TRAFFIC'],
    [{ verdict: 'DROPPED', drop_reason_desc: 'SERVICE_BACKEND_NOT_FOUND' }, 'error', 'SERVICE_BACKEND_NOT_FOUND'],
    [{ verdict: 'DROPPED', drop_reason: 255 }, 'error', '255'],
    [{ verdict: 'DROPPED', event_type: { type: 5 } }, 'denied', 'DROPPED'],
    [{ verdict: 'AUDIT', event_type: { type: 5 } }, 'audited', ''],
    [{ verdict: 'ERROR' }, 'error', 'ERROR'],
    [{ verdict: 42 }, 'unknown', '42'],
    [{ verdict: undefined }, 'unknown', ''],
  ])('%j', (changes, verdict, reason) => {
    expect(readOne(changes)).toMatchObject({ verdict, reason })
  })
})

describe('counting', () => {
  const denial = { ...base, verdict: 'DROPPED', drop_reason_desc: 'POLICY_DENIED' }
  const verdictEvent = { ...denial, event_type: { type: 5 } }
  const dropEvent = { ...denial, event_type: { type: 1, sub_type: 133 } }
  const trace = (point: string, ms = 0, more: object = {}) => ({
    ...base,
    time: later(ms),
    trace_observation_point: point,
    ...more,
  })
  const allow = { ...base, event_type: { type: 5 }, trace_observation_point: undefined }

  it('a denial’s two events count once, either way round, and a retry counts again', () => {
    expect(counts(verdictEvent, dropEvent, verdictEvent, dropEvent)).toEqual([true, false, true, false])
    expect(counts(dropEvent, verdictEvent)).toEqual([true, false])
    expect(counts(verdictEvent, verdictEvent, dropEvent, dropEvent)).toEqual([true, true, false, false])
    expect(counts(dropEvent, dropEvent)).toEqual([true, true])
  })

  it('denials on different nodes or connections are different ones', () => {
    const other = { ...dropEvent, node_name: 'n2' }
    const port = { ...dropEvent, l4: { TCP: { source_port: 40001, destination_port: 80, flags: { SYN: true } } } }
    expect(counts(verdictEvent, other, port)).toEqual([true, true, true])
  })

  it('an allowing policy verdict and the packet’s trace event count once', () => {
    expect(counts(allow, trace('TO_STACK', 1), trace('TO_STACK', 2))).toEqual([true, false, true])
    expect(counts(trace('TO_STACK', 0), { ...allow, time: later(1) })).toEqual([true, false])
  })

  it('of the points that a packet passes on one side, one counts', () => {
    expect(
      counts(
        trace('FROM_ENDPOINT'),
        trace('TO_PROXY', 1),
        trace('TO_STACK', 2),
        trace('TO_NETWORK', 3),
        trace('TO_PROXY', 9),
      ),
    ).toEqual([false, true, false, false, true])
  })

  it('both sides on one node count for themselves', () => {
    expect(counts(trace('TO_STACK'), trace('TO_ENDPOINT', 1, { traffic_direction: 'INGRESS' }))).toEqual([true, true])
  })

  it('a proxy’s second leg and socket events do not count', () => {
    const proxied = { identity: 700, namespace: 'shop', labels: ['k8s:app=a'] }
    const leg = trace('TO_OVERLAY', 0, { source: proxied, traffic_direction: undefined, is_reply: undefined })
    expect(counts(leg, { ...base, Type: 'SOCK', event_type: { type: 7 } })).toEqual([false, false])
  })

  it('the observation point is read from the sub-type where the field is absent', () => {
    expect(counts({ ...base, trace_observation_point: undefined, event_type: { type: 4, sub_type: 5 } })).toEqual([
      false,
    ])
  })
})

describe('requests', () => {
  const request = (o: Observation) => o as RequestObservation

  it('latency and errors come from responses only', () => {
    expect(readOne(http('REQUEST', 0))).toMatchObject({
      type: 'request',
      l7: 'http',
      requests: 1,
      responses: 0,
      counts: true,
    })
    expect(request(readOne(http('REQUEST', 0))).latency).toBeUndefined()
    const response = readOne({ ...reply, ...http('RESPONSE', 503) })
    expect(response).toMatchObject({
      requests: 0,
      responses: 1,
      serverErrors: 1,
      clientErrors: 0,
      latency: 2.5,
      port: 80,
      fromIp: '10.0.0.1',
    })
    expect(response.record?.()).toMatchObject({ status: 503, summary: 'GET /x' })
    expect(readOne({ ...reply, ...http('RESPONSE', 404) })).toMatchObject({ serverErrors: 0, clientErrors: 1 })
  })

  it('gRPC by its headers', () => {
    const headers = [{ key: 'content-type', value: 'application/grpc+proto' }]
    expect(readOne(http('REQUEST', 0, { headers }))).toMatchObject({ l7: 'grpc' })
    const failed = [...headers, { key: 'grpc-status', value: '14' }]
    expect(readOne({ ...reply, ...http('RESPONSE', 200, { headers: failed }) })).toMatchObject({
      l7: 'grpc',
      serverErrors: 1,
    })
  })

  it.each([
    [0, 0, 0],
    [3, 1, 0],
    [2, 0, 1],
  ])('DNS rcode %i', (rcode, clientErrors, serverErrors) => {
    const dns = { Type: 'L7', l7: { type: 'RESPONSE', dns: { query: 'db.shop.svc.', qtypes: ['A'], rcode } } }
    const o = readOne({ ...reply, ...dns })
    expect(o).toMatchObject({ l7: 'dns', clientErrors, serverErrors })
    expect(o.record?.()).toMatchObject({ status: rcode, summary: 'A db.shop.svc' })
  })

  it('a sample counts nothing', () => {
    expect(readOne(http('SAMPLE', 200))).toMatchObject({ counts: false, requests: 0, responses: 0 })
  })
})

describe('encryption', () => {
  it.each([
    [{}, 'unknown'],
    [{ IP: { ...base.IP, encrypted: true } }, 'tunnel'],
    [{ trace_observation_point: 'TO_CRYPTO' }, 'tunnel'],
    [{ l4: { UDP: { source_port: 51871, destination_port: 51871 } } }, 'wireguard'],
    [{ l4: { TCP: { source_port: 40000, destination_port: 15008 } } }, 'mtls'],
  ])('%j', (changes, encryption) => {
    expect(readOne(changes).encryption).toBe(encryption)
  })
})

describe('ends', () => {
  it('the same end is the same object', () => {
    const [one, two] = read(base, { ...base, uuid: 'x' })
    expect(one?.from).toBe(two?.from)
  })

  it('hosts have the node’s name, services and DNS names are kept, a foreign cluster is named', () => {
    const o = readOne({
      node_name: 'east/n1',
      source: { identity: 1, labels: ['reserved:host'] },
      destination: { ...pod('b'), cluster_name: 'west' },
      destination_service: { name: 'b', namespace: 'shop' },
      destination_names: ['b.example.com.'],
    })
    expect(o.from).toMatchObject({ reserved: 'host', node: 'n1' })
    expect(o.to).toMatchObject({ cluster: 'west', service: { name: 'b', namespace: 'shop' }, names: ['b.example.com'] })
    expect(
      readOne({ node_name: 'east/n1', destination: { ...pod('b'), cluster_name: 'east' } }).to.cluster,
    ).toBeUndefined()
  })

  it.each([
    [{ identity: 2 }, 'world'],
    [{ identity: 7, labels: ['reserved:remote-node', 'reserved:kube-apiserver'] }, 'kube-apiserver'],
    [{ identity: 9, labels: ['reserved:world-ipv4'] }, 'world'],
    [{ identity: 2, labels: ['reserved:world'], pod_name: 'p', namespace: 'n' }, undefined],
  ])('reserved identity of %j', (destination, reserved) => {
    expect(readOne({ destination }).to.reserved).toBe(reserved)
  })
})

describe('record', () => {
  it('keeps every field, and no secret', () => {
    const headers = ['Authorization', 'Cookie', 'Set-Cookie', 'X-Api-Key', 'Proxy-Authorization'].map((key) => ({
      key,
      value: 'hunter2',
    }))
    const o = readOne({
      ...http('REQUEST', 0, {
        url: 'https://me:hunter2@b/x?id=1&access_token=hunter2&q=a',
        headers: [...headers, { key: 'Accept', value: '*/*' }],
      }),
      Summary: 'HTTP/1.1 GET https://me:hunter2@b/x?id=1&access_token=hunter2&q=a',
      uuid: 'u-1',
      cgroup_id: '18446744073709551615',
    })
    const text = JSON.stringify(o.record?.())
    expect(text).not.toContain('hunter2')
    expect(fieldsOf(o)).toMatchObject({
      uuid: 'u-1',
      cgroup_id: '18446744073709551615',
      'l7.http.url': 'https://b/x?id=1&access_token=[cut]&q=a',
      'time.ns': 754,
      'source.workloads': [{ kind: 'Deployment', name: 'a' }],
    })
    expect(fieldsOf(o)['l7.http.headers']).toContainEqual({ key: 'Accept', value: '*/*' })
  })

  it('flows of one connection share a shape', () => {
    const [one, two] = read(
      { ...base, uuid: '1' },
      { ...base, uuid: '2', l4: { TCP: { source_port: 41000, destination_port: 80, flags: { SYN: true } } } },
    )
    expect(one?.record?.().shape).toBe(two?.record?.().shape)
    expect(one?.record?.().detail).toBe('{"l4.TCP.source_port":40000,"time.ns":754,"uuid":"1"}')
  })

  it('control and bidi characters are stripped', () => {
    expect(readOne({ source: pod('a\u202e\u0007b') }).from.pod).toBe('ab-1')
  })
})

it('an exporter’s aggregate counts as many flows as it stands for', () => {
  expect((readOne({ aggregate: { ingress_flow_count: 4, egress_flow_count: 3 } }) as FlowObservation).flows).toBe(7)
})
