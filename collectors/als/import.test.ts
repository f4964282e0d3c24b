import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Observation } from '@/core/observation'
import type { FileBatch } from '@/collectors/source'
import { readAlsFile } from './import'
import { one } from './test-decode'
import { socket } from './test-encode'
import { cartNode, http, inbound } from './test-samples'

async function readAll(bytes: Uint8Array | string): Promise<{ batches: FileBatch[]; observations: Observation[] }> {
  async function* source() {
    yield bytes
  }
  const batches: FileBatch[] = []
  for await (const batch of readAlsFile(source(), { cluster: 'c1' })) batches.push(batch)
  return { batches, observations: batches.flatMap((batch) => batch.observations) }
}
const linesOf = (...values: object[]) => values.map((value) => JSON.stringify(value)).join('\n')

/** protojson of the samples: as upstream's tools write it. */
const identifier = {
  node: {
    id: cartNode.id,
    metadata: {
      NAME: 'cart-6f9c8d7b5-x2v4q',
      NAMESPACE: 'shop',
      WORKLOAD_NAME: 'cart',
      OWNER: 'kubernetes://apis/apps/v1/namespaces/shop/deployments/cart',
      CLUSTER_ID: 'east',
    },
  },
  logName: 'http_envoy_accesslog',
}
const peer = {
  '@type': 'type.googleapis.com/google.protobuf.Struct',
  value: {
    NAME: 'web-7d4b9c5f6-q8zkl',
    NAMESPACE: 'shop',
    WORKLOAD_NAME: 'web',
    OWNER: 'kubernetes://apis/apps/v1/namespaces/shop/deployments/web',
    CLUSTER_ID: 'east',
  },
}
const entry = {
  commonProperties: {
    startTime: '2026-09-21T14:13:20.250Z',
    duration: '0.012s',
    timeToLastDownstreamTxByte: '0.011500s',
    downstreamDirectRemoteAddress: { socketAddress: { address: '10.0.0.5', portValue: 41234 } },
    downstreamLocalAddress: { socketAddress: { address: '10.0.0.7', portValue: 8000 } },
    upstreamRemoteAddress: { socketAddress: { address: '10.0.0.7', portValue: 8000 } },
    upstreamLocalAddress: { socketAddress: { address: '127.0.0.6', portValue: 40001 } },
    downstreamRemoteAddress: { socketAddress: { address: '198.51.100.9' } },
    upstreamCluster: 'inbound|8000||',
    responseFlags: {},
    tlsProperties: {
      tlsVersion: 'TLSv1_3',
      peerCertificateProperties: { subjectAltName: [{ uri: 'spiffe://cluster.local/ns/shop/sa/web' }] },
      tlsSniHostname: 'outbound_.8000_._.cart.shop.svc.cluster.local',
      tlsSessionId: 'c2Vzc2lvbg',
    },
    filterStateObjects: { downstream_peer: peer },
    streamId: '6d1f0b3e-5a55-4b57-9d3b-0a6a4a1d0001',
    accessLogType: 'DownstreamEnd',
  },
  protocolVersion: 'HTTP11',
  request: { requestMethod: 'GET', authority: 'cart.shop', path: '/items?token=s3cret&page=2', requestId: 'r-1' },
  response: { responseCode: 200 },
}
const { record: _, ...streamed } = one(http(cartNode, inbound))

describe('a recording of access logs', () => {
  it('gives what the stream gave', async () => {
    const { observations, batches } = await readAll(linesOf({ identifier, httpLogs: { logEntry: [entry] } }))
    const { record, ...imported } = observations[0] as Observation & { record: NonNullable<Observation['record']> }
    expect(imported).toEqual(streamed)
    expect(JSON.parse(record().detail)).toMatchObject({ 'request.path': '/items?token=[cut]&page=2', duration: 12 })
    expect(batches).toMatchObject([{ lines: 1, used: 1, skipped: {}, gaps: [] }])
  })

  it('may hold single entries after a line that says whose they are, and be gzip', async () => {
    const second = { ...entry, commonProperties: { ...entry.commonProperties, streamId: 'b' } }
    const { observations } = await readAll(gzipSync(linesOf({ identifier }, entry, second)))
    expect(observations).toHaveLength(2)
    expect(observations[0]).toMatchObject({ key: streamed.key, to: streamed.to, encryption: 'mtls' })
    expect(observations[1]?.key).not.toBe(streamed.key)
  })

  it('reads names in upstream’s own spelling, and connections', async () => {
    const common = {
      start_time: '2026-09-21T14:13:20.250Z',
      duration: '7s',
      upstream_cluster: 'outbound|3306||mysql.shop.svc.cluster.local',
      upstream_remote_address: socket('10.0.0.8', 3306),
      response_flags: { upstream_connection_failure: true },
      access_log_type: 'TcpConnectionEnd',
    }
    const connection = { common_properties: common, connection_properties: { received_bytes: '100', sent_bytes: 900 } }
    const { observations } = await readAll(linesOf(connection))
    expect(observations).toMatchObject([
      { type: 'flow', port: 3306, bytesSent: 100, bytesReceived: 900, verdict: 'error', reason: 'UF' },
    ])
  })

  it('counts what it passes over, by reason', async () => {
    const going = { ...entry, commonProperties: { ...entry.commonProperties, accessLogType: 'DownstreamStart' } }
    const timeless = { ...entry, commonProperties: { ...entry.commonProperties, startTime: 'yesterday' } }
    const { batches } = await readAll(`${linesOf(going, timeless, { a: 1 })}\nnot json\n${'x'.repeat(1_100_000)}`)
    expect(batches[0]).toMatchObject({
      lines: 5,
      used: 0,
      skipped: {
        'an entry of a connection that goes on': 1,
        'an entry without a time': 1,
        'not an access log entry': 1,
        'not a JSON object': 1,
        'longer than 1 MB': 1,
      },
    })
  })
})

describe('Envoy’s text log in JSON', () => {
  const line = {
    start_time: '2026-09-21T14:13:20.250Z',
    method: 'GET',
    path: '/items?token=s3cret',
    protocol: 'HTTP/1.1',
    response_code: 503,
    response_flags: 'UF,URX',
    response_code_details: 'upstream_reset_before_response_started',
    bytes_received: 0,
    bytes_sent: 91,
    duration: 12,
    x_forwarded_for: '-',
    user_agent: 'curl/8.5',
    request_id: 'r-1',
    authority: 'cart.shop',
    upstream_host: '10.0.0.7:8000',
    upstream_cluster: 'outbound|80||cart.shop.svc.cluster.local',
    upstream_local_address: '10.0.0.5:41234',
    downstream_local_address: '10.96.0.40:80',
    downstream_remote_address: '10.0.0.5:50011',
    requested_server_name: null,
    route_name: 'default',
  }
  it('gives the call, but no evidence of encryption', async () => {
    const { observations } = await readAll(linesOf(line))
    expect(observations).toMatchObject([
      {
        type: 'request',
        reporter: 'source',
        fromIp: '10.0.0.5',
        toIp: '10.0.0.7',
        to: { service: { namespace: 'shop', name: 'cart' } },
        port: 8000,
        verdict: 'error',
        reason: 'UF',
        serverErrors: 1,
        latency: 12,
        encryption: 'unknown',
      },
    ])
    const inboundLine = {
      ...line,
      upstream_cluster: 'inbound|8000||',
      downstream_local_address: '10.0.0.7:8000',
      upstream_host: '127.0.0.1:8000',
    }
    const { observations: seen } = await readAll(
      linesOf(inboundLine, { ...inboundLine, x_forwarded_for: '198.51.100.9' }),
    )
    expect(seen).toMatchObject([
      { reporter: 'destination', encryption: 'unknown', fromIp: '10.0.0.5', toIp: '10.0.0.7' },
      { reporter: 'destination', encryption: 'unknown', fromIp: '', toIp: '10.0.0.7' },
    ])
  })

  it('gives connections', async () => {
    const connection = { ...line, method: null, path: null, response_code: 0, response_flags: '-', bytes_received: 7 }
    const { observations } = await readAll(linesOf(connection))
    expect(observations).toMatchObject([{ type: 'flow', bytesSent: 7, bytesReceived: 91, verdict: 'allowed' }])
  })
})
