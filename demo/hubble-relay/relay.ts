import {
  Metadata,
  Server,
  ServerCredentials,
  status,
  type ServiceDefinition,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
} from '@grpc/grpc-js'
import { encodeNamespaces, encodeNodes, encodeServerStatus, nodeState, type NodeFacts } from './encode'
import { createDoor } from './door'
import { getFlows } from './get-flows'
import type { RelayNodes } from './nodes'

/** PEM texts. With `ca`, clients must show a certificate of it. */
export type TlsFiles = { readonly cert: Buffer; readonly key: Buffer; readonly ca?: Buffer }

export type RelayOptions = {
  readonly nodes: RelayNodes
  readonly cluster: string
  /** 0 takes a free port. */
  readonly port: number
  readonly now: () => number
  readonly tls?: TlsFiles
}

export type Relay = {
  readonly address: string
  readonly port: number
  /** Cuts every connection and stops listening, as a relay that is killed. */
  kill(): void
  /** Listens again on the same port. */
  revive(): Promise<void>
}

const version = 'v1.19.4+demo'
const path = (method: string) => `/observer.Observer/${method}`
const raw = { serialize: (data: Buffer) => data, deserialize: (data: Buffer) => data }

const method = (name: string, responseStream: boolean) => ({
  path: path(name),
  requestStream: false,
  responseStream,
  requestSerialize: raw.serialize,
  requestDeserialize: raw.deserialize,
  responseSerialize: raw.serialize,
  responseDeserialize: raw.deserialize,
})

const observer: ServiceDefinition = {
  GetFlows: method('GetFlows', true),
  GetAgentEvents: method('GetAgentEvents', true),
  GetDebugEvents: method('GetDebugEvents', true),
  GetNodes: method('GetNodes', false),
  GetNamespaces: method('GetNamespaces', false),
  ServerStatus: method('ServerStatus', false),
}

/** Serves observer.Observer as Hubble Relay does, on loopback, without a limit on followers. */
export async function startRelay({ nodes, cluster, port, now, tls }: RelayOptions): Promise<Relay> {
  const startedAt = now()
  const seenInAll = () => nodes.rings.reduce((total, ring) => total + ring.next, 0)
  let seenBefore = { at: startedAt, seen: seenInAll() }

  const facts = (): NodeFacts[] =>
    nodes.rings.map((ring, node) => ({
      name: ring.node,
      address: `172.18.0.${node + 10}:4244`,
      state: nodes.isUp(node) ? nodeState.connected : nodeState.unavailable,
      held: ring.next - ring.oldest,
      capacity: ring.capacity,
      seen: ring.next,
    }))
  const rate = (): number => {
    const seen = seenInAll()
    const seconds = (now() - seenBefore.at) / 1000
    const perSecond = seconds > 0 ? (seen - seenBefore.seen) / seconds : 0
    seenBefore = { at: now(), seen }
    return perSecond
  }
  const unary = (answer: () => Buffer) => (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) => {
    call.sendMetadata(header())
    callback(null, answer())
  }
  const unimplemented = (call: ServerWritableStream<Buffer, Buffer>) =>
    void call.emit('error', { code: status.UNIMPLEMENTED, details: 'not implemented by Hubble Relay' })

  const server = new Server()
  server.addService(observer, {
    GetFlows: (call: ServerWritableStream<Buffer, Buffer>) => {
      call.sendMetadata(header())
      getFlows(call, nodes, now)
    },
    GetAgentEvents: unimplemented,
    GetDebugEvents: unimplemented,
    GetNodes: unary(() => encodeNodes(facts(), version, now() - startedAt)),
    GetNamespaces: unary(() => encodeNamespaces(cluster, [...nodes.namespaces])),
    ServerStatus: unary(() => encodeServerStatus(facts(), version, now() - startedAt, rate())),
  })
  const injector = server.createConnectionInjector(credentials(tls))
  const door = await createDoor(port, (socket) => injector.injectConnection(socket))

  return {
    address: `127.0.0.1:${door.port}`,
    port: door.port,
    kill: () => door.close(),
    revive: () => door.open(),
  }
}

const header = () => {
  const metadata = new Metadata()
  metadata.set('hubble-relay-version', version.slice(1))
  return metadata
}

/** For a server on loopback; with `ca` clients must show a certificate of it. */
export const credentials = (tls: TlsFiles | undefined) =>
  tls
    ? ServerCredentials.createSsl(
        tls.ca ?? null,
        [{ cert_chain: tls.cert, private_key: tls.key }],
        tls.ca !== undefined,
      )
    : ServerCredentials.createInsecure()
