import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client, credentials, status } from '@grpc/grpc-js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readMessage } from '../test-reader'
import { createRelayNodes } from './nodes'
import { type Relay, startRelay } from './relay'

let directory: string
let relay: Relay
let pem: { cert: Buffer; key: Buffer }

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-tls-'))
  const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')]
  // One self-signed certificate is server, client and authority at once.
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  await promisify(execFile)('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '1',
    '-keyout',
    key,
    '-out',
    cert,
    ...subject,
  ])
  pem = { key: await readFile(key), cert: await readFile(cert) }
  const nodes = createRelayNodes(['demo/n0'], 15, new Set())
  relay = await startRelay({ nodes, cluster: 'demo', port: 0, now: Date.now, tls: { ...pem, ca: pem.cert } })
})
afterAll(async () => {
  relay.kill()
  await rm(directory, { recursive: true })
})

const raw = (data: Buffer) => data
const serverStatus = (client: Client) =>
  new Promise<Buffer>((resolve, reject) => {
    client.makeUnaryRequest('/observer.Observer/ServerStatus', raw, raw, Buffer.alloc(0), (error, answer) => {
      client.close()
      if (error || !answer) reject(error ?? new Error('no answer'))
      else resolve(answer)
    })
  })
const address = () => relay.address.replace('127.0.0.1', 'localhost')

test('mutual TLS lets in who shows a certificate of the authority', async () => {
  const client = new Client(address(), credentials.createSsl(pem.cert, pem.key, pem.cert))
  expect(readMessage('ServerStatus', await serverStatus(client))).toMatchObject({ max_flows: 15 })
})

test('and nobody else', async () => {
  for (const given of [credentials.createSsl(pem.cert), credentials.createInsecure()])
    await expect(serverStatus(new Client(address(), given))).rejects.toMatchObject({ code: status.UNAVAILABLE })
})
