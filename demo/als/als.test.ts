import { Server, ServerCredentials, type ServerReadableStream, type ServiceDefinition } from '@grpc/grpc-js'
import protobuf from 'protobufjs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { listen } from '../listen'
import { createServer } from 'node:http'
import type { Pod } from '../model/cluster'
import { isMutualTls } from '../model/mesh'
import { minute, start, sumBy, virtualWorld } from '../test-world'
import type { CallMade } from '../traffic/made'
import { sendLogs } from './send'
import { type LogKind, logAccess } from './witness'

const schema = `
syntax = "proto3";
message Value { oneof kind { double n = 2; string s = 3; Struct o = 5; } }
message Struct { map<string, Value> fields = 1; }
message Any { string type_url = 1; bytes value = 2; }
message Socket { string address = 2; uint32 port = 3; }
message Address { Socket socket = 1; }
message U32 { uint32 value = 1; }
message Duration { int64 seconds = 1; int32 nanos = 2; }
message San { string uri = 1; string dns = 2; }
message Certificate { repeated San san = 1; }
message Tls { int32 version = 1; U32 cipher = 2; string sni = 3; Certificate local = 4; Certificate peer = 5; }
message Flags { bool ut = 3; bool uf = 6; }
message Common {
  Address downstream_remote = 2; Address downstream_local = 3; Tls tls = 4; Duration start = 5; Address upstream_remote = 13;
  string upstream_cluster = 15; Flags flags = 16; Address direct = 20; map<string, Any> filter_state = 21; Duration duration = 23;
  string stream_id = 26; int64 sent = 29; int64 received = 30; int32 type = 33;
}
message HttpRequest { int32 method = 1; string authority = 3; string path = 5; string id = 9; map<string, string> headers = 13; }
message HttpResponse { U32 code = 1; map<string, string> trailers = 5; string details = 6; }
message Http { Common common = 1; int32 version = 2; HttpRequest request = 3; HttpResponse response = 4; }
message Connection { int64 received = 1; int64 sent = 2; }
message Tcp { Common common = 1; Connection connection = 2; }
message Node { string id = 1; string cluster = 2; Struct metadata = 3; }
message Identifier { Node node = 1; string log_name = 2; }
message HttpLogs { repeated Http entry = 1; }
message TcpLogs { repeated Tcp entry = 1; }
message Message { Identifier identifier = 1; HttpLogs http = 2; TcpLogs tcp = 3; }
`
const root = protobuf.parse(schema, { keepCase: true }).root
type Address = { socket: { address: string; port: number } }
type Entry = {
  common: {
    downstream_local: Address
    direct: Address
    upstream_remote: Address
    upstream_cluster: string
    tls?: { version: number; peer: { san: { uri: string }[] } }
    flags?: { uf?: boolean }
    filter_state?: Record<string, { value: Uint8Array }>
    stream_id: string
    received?: number
    type: number
  }
  request?: { authority: string; path: string }
  response?: { code: { value: number }; trailers?: Record<string, string> }
  connection?: { received: number; sent: number }
}
type LogMessage = {
  identifier?: { node: { id: string; metadata: { fields: Record<string, { s?: string }> } }; log_name: string }
  http?: { entry: Entry[] }
  tcp?: { entry: Entry[] }
}
const read = <T>(type: string, data: Uint8Array): T => {
  const message = root.lookupType(type)
  return message.toObject(message.decode(data), { longs: Number }) as T
}

type Logged = { readonly proxy: Pod; readonly kind: LogKind; readonly entry: Entry }
const logged: Logged[] = []
const raw: { proxy: Pod; kind: LogKind; data: Buffer }[] = []
const world = virtualWorld((cluster) => [
  logAccess(cluster, {
    push(proxy, kind, data) {
      raw.push({ proxy, kind, data })
      logged.push({ proxy, kind, entry: read<Entry>(kind === 'http' ? 'Http' : 'Tcp', data) })
    },
    flush: () => undefined,
  }),
])
world.engine.advance(start + 3 * minute)

const one = () => 1
const isCheckout = (end: CallMade['from']) => end.workload?.spec.namespace === 'checkout'
const isGateway = (end: CallMade['from']) => end.workload?.spec.name === 'ingress'
const isRequest = (c: CallMade) => (c.protocol === 'http' || c.protocol === 'grpc') && c.to.workload !== null
const isInbound = ({ entry }: Logged) => entry.common.upstream_cluster.startsWith('inbound|')

describe('entries', () => {
  test('are one of each request at each side that logs, final and named', () => {
    const inbound = logged.filter((l) => l.kind === 'http' && isInbound(l))
    const outbound = logged.filter((l) => l.kind === 'http' && !isInbound(l))
    expect(sumBy(inbound, ({ entry }) => entry.request?.authority ?? '', one)).toEqual(
      sumBy(world.calls, (c) => (isRequest(c) && isCheckout(c.to) && !c.denied ? c.authority : null), one),
    )
    expect(sumBy(outbound, ({ entry }) => entry.request?.authority ?? '', one)).toEqual(
      sumBy(world.calls, (c) => (isRequest(c) && (isCheckout(c.from) || isGateway(c.from)) ? c.authority : null), one),
    )
    expect(new Set(logged.map(({ entry }) => entry.common.stream_id)).size).toBe(logged.length)
    expect(new Set(logged.map(({ kind, entry }) => `${kind} ${entry.common.type}`))).toEqual(
      new Set(['http 6', 'tcp 3']),
    )
  })

  test('tell the bytes of connections when they end', () => {
    const bytes = sumBy(
      logged.filter((l) => l.kind === 'tcp'),
      (l) => `${isInbound(l)} ${l.entry.common.downstream_local.socket.port}`,
      ({ entry }) => entry.connection?.received ?? 0,
    )
    const all = world.calls.filter((c) => c.edge.includes('cart -> checkout/StatefulSet/cart-redis'))
    const sent = all.reduce((sum, c) => sum + c.bytesSent, 0)
    expect(bytes.get('true 6379')).toBeGreaterThan(sent / 2)
    expect(bytes.get('true 6379')).toBeLessThanOrEqual(sent)
    expect(bytes.has('false 443')).toBe(true)
  })

  test('prove TLS only at the callee’s side and only with the caller’s certificate', () => {
    for (const l of logged) {
      const { tls, direct, downstream_local: local } = l.entry.common
      if (!isInbound(l)) {
        expect(tls).toBeUndefined()
        continue
      }
      const caller = [...world.cluster.workloads.values()].find(({ pods }) =>
        pods.some((pod) => pod.ip === direct.socket.address),
      )
      if (!caller) continue
      expect(tls?.version).toBe(isMutualTls(caller, l.proxy.workload, local.socket.port) ? 4 : undefined)
      if (tls)
        expect(tls.peer.san[0]?.uri).toBe(`spiffe://cluster.local/ns/${caller.spec.namespace}/sa/${caller.spec.name}`)
    }
  })

  test('carry the peer’s workload in either style of keys', () => {
    const names = logged.flatMap(({ entry }) =>
      Object.entries(entry.common.filter_state ?? {}).map(([key, { value }]) => {
        const { fields } = read<{ fields: Record<string, { s?: string }> }>('Struct', value)
        return `${key} ${fields['WORKLOAD_NAME']?.s ?? fields['workload']?.s}`
      }),
    )
    expect(names).toContain('downstream_peer checkout')
    expect(names).toContain('upstream_peer payments')
    const ambient = logged.find(({ entry }) => entry.common.upstream_cluster.includes('pricing.catalog'))
    expect(ambient?.entry.common.upstream_remote.socket.port).toBe(15_008)
  })

  test('tell failures by status', () => {
    const failed = world.calls.filter((c) => isRequest(c) && isCheckout(c.to) && c.failed)
    const seen = logged.filter((l) => isInbound(l) && l.entry.response?.trailers?.['grpc-status'] === '14')
    expect(seen).toHaveLength(failed.length)
  })
})

describe('sending', () => {
  const ends: (() => unknown)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0)) await end()
  })
  const receive = async (port: number) => {
    const messages: { stream: number; message: LogMessage }[] = []
    let streams = 0
    const same = (data: Buffer) => data
    const service: ServiceDefinition = {
      StreamAccessLogs: {
        path: '/envoy.service.accesslog.v3.AccessLogService/StreamAccessLogs',
        requestStream: true,
        responseStream: false,
        requestSerialize: same,
        requestDeserialize: same,
        responseSerialize: same,
        responseDeserialize: same,
      },
    }
    const server = new Server()
    server.addService(service, {
      StreamAccessLogs(call: ServerReadableStream<Buffer, Buffer>) {
        const stream = streams++
        call.on('data', (data: Buffer) => void messages.push({ stream, message: read<LogMessage>('Message', data) }))
        call.on('error', () => undefined)
      },
    })
    await new Promise<void>((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error) =>
        error ? reject(error) : resolve(),
      ),
    )
    ends.push(() => server.forceShutdown())
    return { messages, stop: () => server.forceShutdown() }
  }

  test('keeps entries until somebody listens, names each proxy once per stream, and opens streams again', async () => {
    const free = await listen(createServer(), 0)
    await free.close()
    const sender = sendLogs(`127.0.0.1:${free.port}`, 'prod-eu-1')
    ends.push(() => sender.stop())
    const some = raw.filter(({ proxy }) => proxy.workload.pods.includes(proxy)).slice(0, 200)
    const push = () => {
      for (const { proxy, kind, data } of some) sender.push(proxy, kind, data)
    }
    push()
    sender.flush()
    expect(sender.counts).toEqual({ sent: 0, dropped: 0 })
    const entriesOf = (messages: { message: LogMessage }[]) =>
      messages.flatMap(({ message }) => [...(message.http?.entry ?? []), ...(message.tcp?.entry ?? [])])
    const until = (messages: { message: LogMessage }[], n: number) =>
      vi.waitFor(
        () => {
          sender.flush()
          expect(entriesOf(messages)).toHaveLength(n)
        },
        { timeout: 20_000, interval: 100 },
      )
    const first = await receive(free.port)
    await until(first.messages, 200)
    const named = first.messages.filter(({ message }) => message.identifier)
    expect(new Set(named.map(({ stream }) => stream)).size).toBe(named.length)
    const node = named[0]?.message.identifier?.node
    expect(node?.id).toMatch(
      /^(sidecar|router)~10\.[\d.]+~[a-z0-9-]+\.(checkout|platform)~(checkout|platform)\.svc\.cluster\.local$/,
    )
    expect(node?.metadata.fields['CLUSTER_ID']?.s).toBe('prod-eu-1')
    first.stop()
    await vi.waitFor(() => {
      sender.flush()
      expect(sender.counts.sent).toBe(200)
    })
    const second = await receive(free.port)
    await vi.waitFor(
      () => {
        push()
        sender.flush()
        expect(second.messages.some(({ message }) => message.identifier)).toBe(true)
      },
      { timeout: 20_000, interval: 200 },
    )
  })

  test('drops and counts what does not fit while nobody listens', () => {
    const sender = sendLogs('127.0.0.1:1', 'prod-eu-1')
    ends.push(() => sender.stop())
    const [first] = raw
    if (!first) throw new Error('there is no entry')
    for (let i = 0; i < 1_010; i++) sender.push(first.proxy, first.kind, first.data)
    expect(sender.counts).toEqual({ sent: 0, dropped: 10 })
  })
})
