import { execFileSync } from 'node:child_process'
import grpc from '@grpc/grpc-js'
import { startOf } from './test-encode'

/** For tests: a Goldmane on loopback whose answers are given by hand. */
export type TestServer = {
  readonly port: number
  /** `start_time_gte` of every Stream. */
  readonly starts: number[]
  readonly streams: grpc.ServerWritableStream<Buffer, Buffer>[]
  /** To be called for every Stream. */
  onStream: (stream: grpc.ServerWritableStream<Buffer, Buffer>) => void
  stop(): void
}

const raw = (bytes: Buffer) => bytes

export async function startTestServer(
  credentials: grpc.ServerCredentials = grpc.ServerCredentials.createInsecure(),
): Promise<TestServer> {
  const server = new grpc.Server()
  const starts: number[] = []
  const streams: TestServer['streams'] = []
  const handle = { port: 0, starts, streams, onStream: () => {}, stop: () => server.forceShutdown() } as TestServer
  const codec = { requestSerialize: raw, requestDeserialize: raw, responseSerialize: raw, responseDeserialize: raw }
  server.addService(
    { Stream: { path: '/goldmane.Flows/Stream', requestStream: false, responseStream: true, ...codec } },
    {
      Stream(stream: grpc.ServerWritableStream<Buffer, Buffer>) {
        starts.push(startOf(stream.request))
        streams.push(stream)
        handle.onStream(stream)
      },
    },
  )
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound)))
  })
  return Object.assign(handle, { port })
}

/** An authority, a server for goldmane.test and two clients, as PEM files in a folder. Needs openssl. */
export function makeCertificates(folder: string): void {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=ca', '-days', '2')
  for (const name of ['server', 'client1', 'client2']) {
    const names = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:goldmane.test']
    openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, ...names)
    const signing = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-copy_extensions', 'copy']
    openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.crt`, ...signing)
  }
}
