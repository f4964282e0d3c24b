import { afterAll, expect, it } from 'vitest'
import { closePrismaClient } from '@/server/db/client'
import { testDatabase } from '@/server/db/testing'
import { importRecording } from './import'

const db = testDatabase()
afterAll(() => closePrismaClient(db.url))

const flowAt = (time: string, port: number) =>
  JSON.stringify({
    flow: {
      time,
      verdict: 'FORWARDED',
      IP: { source: '10.0.0.1', destination: '10.0.0.2', ipVersion: 'IPv4' },
      l4: { TCP: { source_port: port, destination_port: 80 } },
      source: { namespace: 'shop', pod_name: 'web-1' },
      destination: { namespace: 'shop', pod_name: 'cart-1' },
      Type: 'L3_L4',
      traffic_direction: 'EGRESS',
      is_reply: false,
    },
    time,
  })

const load = (name: string, lines: readonly string[]) =>
  importRecording({
    url: db.url,
    pool: db.pool,
    type: 'hubble',
    name,
    cluster: 'demo',
    streams: [
      (async function* () {
        yield lines.join('\n')
      })(),
    ],
    onProgress: () => {},
  })

const captured = flowAt('2021-10-04T12:00:00Z', 1)
const wrong = ['0001-01-01T00:00:00Z', '1970-01-01T00:00:05Z', '9999-12-31T23:59:59Z'].map((time, i) =>
  flowAt(time, i + 2),
)

it('passes over records of a clock that was never set, and says so', async () => {
  const { recording, total } = await load('capture', [...wrong, captured])
  expect([recording.from, recording.to]).toEqual([Date.UTC(2021, 9, 4, 12), Date.UTC(2021, 9, 4, 12)])
  expect(total).toMatchObject({ lines: 4, used: 1, added: 1 })
  expect(total.skipped).toEqual({ 'its time is before 2000 or in the future': 3 })
})

it('makes no recording of nothing else', async () => {
  await expect(load('clockless', wrong)).rejects.toThrow(
    /^Nothing was imported and no recording was made: 3 lines were read: 3 × its time is before 2000/,
  )
})
