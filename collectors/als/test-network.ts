import { execFileSync } from 'node:child_process'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type ChannelCredentials, Client, type ServiceError, credentials } from '@grpc/grpc-js'

const raw = (bytes: Buffer) => bytes

/** For tests: one Envoy that sends. `closed` resolves with how its stream ended, null for a plain end. */
export function startSender(port: number, given: ChannelCredentials = credentials.createInsecure(), version = 'v3') {
  const path = `/envoy.service.accesslog.${version}.AccessLogService/StreamAccessLogs`
  const options = { 'grpc.ssl_target_name_override': 'oriel.test', 'grpc.use_local_subchannel_pool': 1 }
  const client = new Client(`127.0.0.1:${port}`, given, options)
  let ended: (error: ServiceError | null) => void = () => {}
  const closed = new Promise<ServiceError | null>((resolve) => (ended = resolve))
  const stream = client.makeClientStreamRequest(path, raw, raw, (error) => ended(error))
  return {
    closed,
    send: (bytes: Buffer) => new Promise<void>((resolve) => stream.write(bytes, () => resolve())),
    end: () => stream.end(),
    cancel: () => stream.cancel(),
    stop: () => {
      stream.cancel()
      client.close()
    },
  }
}

/** For tests: an authority `name`, with a server for oriel.test and a client signed by it, as PEM files in a folder. Needs openssl. */
export function makeCertificates(folder: string, name: string): void {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  openssl('req', '-x509', ...key, '-keyout', `${name}-ca.key`, '-out', `${name}-ca.crt`, '-subj', `/CN=${name}`)
  const ca = ['-CA', `${name}-ca.crt`, '-CAkey', `${name}-ca.key`]
  for (const end of ['server', 'client']) {
    const file = `${name}-${end}`
    const subject = ['-subj', `/CN=${end}`, '-addext', 'subjectAltName=DNS:oriel.test']
    openssl('req', '-x509', ...key, ...ca, ...subject, '-keyout', `${file}.key`, '-out', `${file}.crt`)
  }
}

/** A TCP proxy that can stop passing anything on without closing. */
export async function startProxy(target: number) {
  const sockets: Socket[] = []
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    sockets.push(near, far)
    near.pipe(far)
    far.pipe(near)
    near.on('error', () => {})
    far.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    freeze: () => sockets.forEach((socket) => socket.unpipe().pause()),
    stop: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
