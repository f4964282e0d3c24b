import { execFileSync } from 'node:child_process'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** For tests: an authority, a server for relay.test and two clients, as PEM files in a folder. Needs openssl. */
export function makeCertificates(folder: string): void {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  openssl(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-subj',
    '/CN=ca',
    '-days',
    '2',
  )
  for (const name of ['server', 'client1', 'client2']) {
    openssl(
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      `/CN=${name}`,
      '-addext',
      'subjectAltName=DNS:relay.test',
    )
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.crt',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-out',
      `${name}.crt`,
      '-days',
      '2',
      '-copy_extensions',
      'copy',
    )
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
