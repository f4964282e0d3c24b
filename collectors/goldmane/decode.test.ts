import { describe, expect, it } from 'vitest'
import type { FlowObservation } from '@/core/observation'
import { createDecoder } from './decode'
import { createJsonDecoder } from './decode-json'
import { goldmaneWindow } from './observe'
import type { Received } from './received'
import { encodeResult, encodeUpdate, flowOf } from './test-encode'

const options = { cluster: 'c1', windowSeconds: goldmaneWindow }

const isFlow = (received: Received): FlowObservation => {
  if (received.type !== 'flow') throw new Error(`${received.type}: ${received.reason}`)
  return received
}

/** Through the wire, checked to be what protojson of the same gives. */
function decode(flow: object, id = 0): FlowObservation {
  const o = isFlow(createDecoder(options).result(encodeResult({ id, flow })))
  const json = isFlow(createJsonDecoder(options).decode({ id, flow }))
  expect(plain(json)).toEqual(plain(o))
  return o
}
const plain = ({ record, ...o }: FlowObservation) => ({ ...o, record: record?.() })

const policy = (kind: string, name: string, action: string, more: object = {}) => ({
  kind,
  name,
  namespace: 'shop',
  tier: 'default',
  action,
  ...more,
})
const denied = (hits: object[], more: object = {}, flow: object = {}) =>
  flowOf({ action: 'Deny', policies: { enforcedPolicies: hits, pendingPolicies: hits }, ...more }, flow)

describe('what a flow is read as', () => {
  it('is a call of one bucket, with the bytes by the side that counted', () => {
    expect(decode(flowOf())).toMatchObject({
      type: 'flow',
      time: 1_700_000_010_000,
      spanMs: 15_000,
      cluster: 'c1',
      reporter: 'source',
      verdict: 'allowed',
      reason: '',
      protocol: 'tcp',
      port: 8080,
      flows: 3,
      connections: 3,
      bytesSent: 500,
      bytesReceived: 4000,
      from: { namespace: 'shop', pod: 'web-7d4b9c6f5d-*', labels: ['app=web'] },
      to: { namespace: 'shop', pod: 'cart-5b6c7d8f9g-*', service: { namespace: 'shop', name: 'cart' } },
    })
  })

  it.each([
    ['Src', 'source', { bytesSent: 500, bytesReceived: 4000 }],
    ['Dst', 'destination', { bytesSent: 4000, bytesReceived: 500 }],
    ['ReporterUnspecified', 'unknown', { bytesSent: undefined, bytesReceived: undefined }],
  ])('reporter %s: in and out are of its own endpoint', (reporter, expected, bytes) => {
    const { reporter: read, bytesSent, bytesReceived } = decode(flowOf({ reporter }))
    expect({ read, bytesSent, bytesReceived }).toEqual({ read: expected, ...bytes })
  })

  it.each([
    ['open at both ends', 5, 0, 0, 75],
    ['half of them opened in it', 4, 2, 0, 45],
    ['opened and closed in it', 100, 100, 100, 0],
    ['a sum over four buckets: 2 + 2 + 2 + 2', 8, 0, 0, 120],
  ])('connection seconds, %s', (_, live, started, completed, seconds) => {
    const counters = { numConnectionsLive: live, numConnectionsStarted: started, numConnectionsCompleted: completed }
    expect(decode(flowOf({}, counters)).connectionSeconds).toBe(seconds)
    expect(decode(flowOf({}, { ...counters, endTime: '1700000010' })).connectionSeconds).toBe(seconds)
  })

  it.each([
    ['of Felix, which tells only the start', '1700000010', 15_000],
    ['without an end', undefined, 15_000],
    ['of a sum over an hour and more', '1700009999', 3_600_000],
  ])('the span %s', (_, endTime, spanMs) => {
    expect(decode(flowOf({}, { endTime })).spanMs).toBe(spanMs)
  })

  it.each([
    ['tcp', 'tcp', 8080],
    ['udp', 'udp', 8080],
    ['sctp', 'sctp', 8080],
    ['icmp', 'icmp', 0],
    ['icmp6', 'icmp', 0],
    ['ipip', 'unknown', 8080],
  ])('protocol %s', (proto, protocol, port) => {
    expect(decode(flowOf({ proto }))).toMatchObject({ protocol, port })
  })
})

describe('ends', () => {
  const end = (type: string, namespace: string, name: string) =>
    decode(flowOf({ sourceType: type, sourceNamespace: namespace, sourceName: name }, { sourceLabels: [] })).from

  it.each([
    ['WorkloadEndpoint', 'shop', 'redis-0', { namespace: 'shop', pod: 'redis-0' }],
    ['HostEndpoint', '-', 'node-1', { reserved: 'host', node: 'node-1' }],
    ['NetworkSet', '-', 'corp', { names: ['corp'] }],
    ['NetworkSet', 'shop', 'partners', { names: ['shop/partners'] }],
    ['Network', '-', 'pub', { reserved: 'world', names: ['Internet'] }],
    ['Network', '-', 'PUBLIC NETWORK', { reserved: 'world', names: ['Internet'] }],
    ['Network', '-', 'pvt', { reserved: 'unknown', names: ['private network'] }],
    ['Network', '-', 'PRIVATE NETWORK', { reserved: 'unknown', names: ['private network'] }],
    ['EndpointTypeUnspecified', 'shop', 'web-*', { namespace: 'shop', pod: 'web-*' }],
    ['EndpointTypeUnspecified', '-', '-', { reserved: 'unknown' }],
  ])('%s %s/%s', (type, namespace, name, ref) => {
    expect(end(type, namespace, name)).toEqual(ref)
  })

  it('what Felix does not know of the Service is absent', () => {
    expect(decode(flowOf({ destServiceName: '-', destServiceNamespace: '-' })).to.service).toBeUndefined()
  })

  it('the same end is the same object, also of another key', () => {
    const decoder = createDecoder(options)
    const one = isFlow(decoder.result(encodeResult({ flow: flowOf() })))
    const two = isFlow(decoder.result(encodeResult({ flow: flowOf({ destPort: 9090 }) })))
    expect(two.from).toBe(one.from)
    expect(two.to).toBe(one.to)
  })
})

describe('denials', () => {
  const trigger = policy('NetworkPolicy', 'isolate', 'ActionUnspecified', { tier: '' })
  it.each([
    ['a policy', [policy('CalicoNetworkPolicy', 'guard', 'Deny')], 'default/shop/guard'],
    [
      'a global one',
      [policy('GlobalNetworkPolicy', 'lock', 'Deny', { tier: 'security', namespace: '' })],
      'security/lock',
    ],
    [
      'the last that was met',
      [
        policy('CalicoNetworkPolicy', 'last', 'Deny', { policyIndex: 1 }),
        policy('GlobalNetworkPolicy', 'first', 'Pass', { policyIndex: 0 }),
      ],
      'default/shop/last',
    ],
    [
      'the end of a tier',
      [policy('EndOfTier', '', 'Deny', { namespace: '', ruleIndex: -1, trigger })],
      'end of tier default (shop/isolate)',
    ],
    ['a profile', [policy('Profile', 'kns.shop', 'Deny', { namespace: '', tier: '' })], 'profile/kns.shop'],
    ['nothing that was told', [], 'denied'],
  ])('by %s', (_, hits, reason) => {
    expect(decode(denied(hits))).toMatchObject({ verdict: 'denied', reason })
  })

  it('counts what was refused: at least one where packets were, and no connection', () => {
    const again = decode(denied([], {}, { numConnectionsStarted: 0, numConnectionsCompleted: 0 }))
    expect(again.flows).toBe(1)
    expect(again.connections).toBeUndefined()
    expect(again.connectionSeconds).toBeUndefined()
    expect(decode(denied([], {}, { numConnectionsStarted: 4 })).flows).toBe(4)
  })
})

describe('what is not counted', () => {
  const none = { packetsIn: 0, packetsOut: 0, bytesIn: 0, bytesOut: 0, numConnectionsStarted: 0 }
  it.each([
    ['a key without a time', flowOf({}, { ...none, startTime: 0 }), 'no time'],
    ['a denial that is only told as live', denied([], {}, none), 'nothing counted'],
    ['no figure at all', flowOf({}, { ...none, numConnectionsLive: 0 }), 'nothing counted'],
  ])('%s', (_, flow, reason) => {
    expect(createDecoder(options).result(encodeResult({ flow }))).toEqual({ type: 'ignored', reason })
  })

  it('an idle open connection is', () => {
    const idle = decode(flowOf({}, { ...none, numConnectionsCompleted: 0, numConnectionsLive: 2 }))
    expect(idle).toMatchObject({ flows: 0, bytesSent: 0, connectionSeconds: 30 })
  })

  it.each([
    ['negative counters', encodeResult({ flow: flowOf({}, { bytesIn: -5 }) })],
    ['a start past the year 9999', encodeResult({ flow: flowOf({}, { startTime: '253402300800' }) })],
    ['bytes that are no message', Buffer.from([0x12, 0xff, 0xff])],
  ])('%s are malformed', (_, bytes) => {
    expect(createDecoder(options).result(bytes).type).toBe('malformed')
  })
})

describe('records', () => {
  const parse = (o: FlowObservation) => {
    const record = o.record?.()
    return { shape: JSON.parse(record?.shape ?? ''), detail: JSON.parse(record?.detail ?? ''), record }
  }

  it('hold every field that the source gave', () => {
    const trigger = policy('StagedNetworkPolicy', 'draft', 'ActionUnspecified')
    const flow = flowOf({
      policies: {
        enforcedPolicies: [
          policy('ClusterNetworkPolicy', 'platform', 'Pass'),
          policy('Profile', 'kns.shop', 'Allow', { policyIndex: 1 }),
        ],
        pendingPolicies: [{ kind: 'EndOfTier', tier: 'default', action: 'Deny', ruleIndex: -1, trigger }],
      },
    })
    const { shape, detail, record } = parse(decode(flow, 7))
    expect(shape).toEqual({
      source_name: 'web-7d4b9c6f5d-*',
      source_namespace: 'shop',
      source_type: 'WorkloadEndpoint',
      source_labels: ['app=web'],
      dest_name: 'cart-5b6c7d8f9g-*',
      dest_namespace: 'shop',
      dest_type: 'WorkloadEndpoint',
      dest_port: 8080,
      dest_labels: ['app=cart', 'tier=backend'],
      dest_service_name: 'cart',
      dest_service_namespace: 'shop',
      dest_service_port_name: 'http',
      dest_service_port: 80,
      proto: 'tcp',
      reporter: 'Src',
      action: 'Allow',
      'policies.enforced_policies': [
        {
          kind: 'ClusterNetworkPolicy',
          name: 'platform',
          namespace: 'shop',
          tier: 'default',
          action: 'Pass',
          policy_index: 0,
          rule_index: 0,
        },
        {
          kind: 'Profile',
          name: 'kns.shop',
          namespace: 'shop',
          tier: 'default',
          action: 'Allow',
          policy_index: 1,
          rule_index: 0,
        },
      ],
      'policies.pending_policies': [
        {
          kind: 'EndOfTier',
          tier: 'default',
          action: 'Deny',
          policy_index: 0,
          rule_index: -1,
          trigger: {
            kind: 'StagedNetworkPolicy',
            name: 'draft',
            namespace: 'shop',
            tier: 'default',
            policy_index: 0,
            rule_index: 0,
          },
        },
      ],
    })
    expect(detail).toEqual({
      id: 7,
      start_time: 1_700_000_010,
      end_time: 1_700_000_025,
      packets_in: 40,
      packets_out: 50,
      bytes_in: 4000,
      bytes_out: 500,
      num_connections_started: 3,
      num_connections_completed: 1,
      num_connections_live: 5,
    })
    expect(Object.keys(shape)).toEqual(Object.keys(shape).sort())
    expect(record).toMatchObject({ sourcePort: 0, summary: 'tcp 8080: 3 connections opened, 90 packets, 4500 bytes' })
  })

  it.each([
    [7, 'AdminNetworkPolicy'],
    [8, 'BaselineAdminNetworkPolicy'],
    [11, 'ClusterNetworkPolicy'],
    [42, 42],
  ])('policy kind %i', (kind, expected) => {
    const { shape } = parse(decode(flowOf({ policies: { enforcedPolicies: [{ kind, name: 'x' }] } })))
    expect(shape['policies.enforced_policies'][0].kind).toBe(expected)
  })

  it('of a node name the node', () => {
    const decoder = createDecoder({ cluster: 'c1', node: 'n1', windowSeconds: 15 })
    const o = isFlow(decoder.update(encodeUpdate({ flow: flowOf() })))
    expect(o.family).toBe('goldmane')
    expect(parse(o).shape.node).toBe('n1')
  })
})
