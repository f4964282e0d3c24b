import grpc from '@grpc/grpc-js'
import { createEncoder } from './test-encode'
import { serverStatus, getNodes } from './schema'

/** For tests and benchmarks: a small observer.Observer on loopback whose answers are given by hand. */
export type TestServer = {
  readonly port: number
  readonly requests: Buffer[]
  readonly streams: grpc.ServerWritableStream<Buffer, Buffer>[]
  /** To be called for every GetFlows. */
  onFlows: (stream: grpc.ServerWritableStream<Buffer, Buffer>) => void
  status: object
  nodes: object | null
  stop(): void
}

const raw = (bytes: Buffer) => bytes
const method = (name: string, responseStream: boolean) => ({
  path: `/observer.Observer/${name}`,
  requestStream: false,
  responseStream,
  requestSerialize: raw,
  requestDeserialize: raw,
  responseSerialize: raw,
  responseDeserialize: raw,
})

export async function startTestServer(
  credentials: grpc.ServerCredentials = grpc.ServerCredentials.createInsecure(),
  port = 0,
): Promise<TestServer> {
  const encodeStatus = createEncoder(serverStatus)
  const encodeNodes = createEncoder(getNodes)
  const server = new grpc.Server()
  const state = {
    requests: [] as Buffer[],
    streams: [] as TestServer['streams'],
    onFlows: () => {},
    status: {},
    nodes: null,
  }
  const handle: TestServer = { ...state, port: 0, stop: () => server.forceShutdown() }
  server.addService(
    {
      GetFlows: method('GetFlows', true),
      ServerStatus: method('ServerStatus', false),
      GetNodes: method('GetNodes', false),
    },
    {
      GetFlows(stream: grpc.ServerWritableStream<Buffer, Buffer>) {
        handle.requests.push(stream.request)
        handle.streams.push(stream)
        handle.onFlows(stream)
      },
      ServerStatus(_call: unknown, answer: grpc.sendUnaryData<Buffer>) {
        answer(null, encodeStatus(handle.status))
      },
      GetNodes(_call: unknown, answer: grpc.sendUnaryData<Buffer>) {
        if (handle.nodes) answer(null, encodeNodes(handle.nodes))
        else answer({ code: grpc.status.UNIMPLEMENTED })
      },
    },
  )
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, credentials, (error, to) => (error ? reject(error) : resolve(to)))
  })
  return Object.assign(handle, { port: bound })
}
