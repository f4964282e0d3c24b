import { expect, test } from 'vitest'
import type { Certificate, TunnelReading } from '@/core/encryption/ground'
import { createDictionaries } from '../names/dictionaries'
import { pruneReadings } from './prune-readings'
import { readCertificates } from './read-certificates'
import { readTunnelReadings } from './read-tunnel-readings'
import { batchOf, leasedSource } from '../test-batches'
import { testDatabase } from '../testing'
import { writeBatch } from '../write-batch'

const db = testDatabase()
const hour = 3_600_000
const at = 1_800_000_000_000

const tunnel = (readAt: number, handshakeAt: number | null, peerKey = 'b'): TunnelReading => ({
  cluster: 'c',
  node: 'n1',
  peerKey,
  handshakeAt,
  readAt,
})
const certificate = (readAt: number, notAfter: number, subject = 'web-1'): Certificate => ({
  cluster: 'c',
  mesh: 'linkerd',
  level: 'workload',
  subject,
  namespace: 'shop',
  notBefore: null,
  notAfter,
  readAt,
})

test('of each peer the newest reading of every hour is kept, and each issue of a certificate', async () => {
  const token = await leasedSource(db.pool, 's')
  const dictionaries = createDictionaries(db.pool)
  const write = (tunnels: TunnelReading[], certificates: Certificate[]) =>
    writeBatch(db.pool, dictionaries, batchOf('s', token, { readings: { tunnels, certificates } }))
  await write([tunnel(at, at - 60_000), tunnel(at, null, 'd')], [certificate(at, at + 5 * hour)])
  await write([tunnel(at + 120_000, at + 60_000)], [certificate(at + 120_000, at + 9 * hour, 'web-2')])
  // A replay brings nothing old back.
  await write([tunnel(at, at - 60_000)], [certificate(at, at + 5 * hour)])
  await write([tunnel(at + 2 * hour, at + hour)], [certificate(at + 2 * hour, at + 30 * hour)])

  const peers = async (time: number) =>
    (await readTunnelReadings(db.pool, time)).map(({ peerKey, handshakeAt }) => [peerKey, handshakeAt])
  expect(await peers(at + hour)).toEqual([
    ['b', at + 60_000],
    ['d', null],
  ])
  expect(await peers(at + 3 * hour)).toEqual([
    ['b', at + hour],
    ['d', null],
  ])
  expect(await peers(at + 40 * hour)).toEqual([])

  const ends = async (time: number) =>
    (await readCertificates(db.pool, time)).map(({ subject, notAfter }) => [subject, (notAfter - at) / hour])
  expect(await ends(at - 1)).toEqual([])
  expect(await ends(at + hour)).toEqual([
    ['web-1', 5],
    ['web-2', 9],
  ])
  expect(await ends(at + 3 * hour)).toEqual([
    ['web-2', 9],
    ['web-1', 30],
  ])

  await pruneReadings(db.pool, at + 2 * hour)
  expect(await peers(at + 3 * hour)).toEqual([['b', at + hour]])
  expect(await ends(at + 3 * hour)).toEqual([['web-1', 30]])
})
