import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Observation } from '@/core/observation'
import type { FileBatch } from '@/collectors/source'
import { readHubbleFile } from './import'

const shared = join(process.env.ORIEL_SHARED ?? '../shared', 'data/hubble')

async function readAll(stream: AsyncIterable<Uint8Array | string>) {
  const batches: FileBatch[] = []
  for await (const batch of readHubbleFile(stream, { cluster: 'c1' })) batches.push(batch)
  const skipped = new Map<string, number>()
  for (const [reason, n] of batches.flatMap((batch) => Object.entries(batch.skipped)))
    skipped.set(reason, (skipped.get(reason) ?? 0) + n)
  return {
    observations: batches.flatMap((batch) => batch.observations),
    gaps: batches.flatMap((batch) => batch.gaps),
    lines: batches.reduce((sum, batch) => sum + batch.lines, 0),
    used: batches.reduce((sum, batch) => sum + batch.used, 0),
    skipped: Object.fromEntries(skipped),
  }
}

type Tally = { requests: number; responses: number; errors: number }
const tallyAt = (tallies: Map<string, Tally>, edge: string): Tally => {
  const tally = tallies.get(edge) ?? { requests: 0, responses: 0, errors: 0 }
  tallies.set(edge, tally)
  return tally
}

describe.skipIf(!existsSync(shared))('real captures (skipped: no ../shared/data/hubble)', () => {
  it('http-348: every edge agrees with an independent count of the file', async () => {
    const expected = new Map<string, Tally>()
    const lines = readFileSync(join(shared, 'http-348.jsonl'), 'utf8').split('\n').filter(Boolean)
    const statuses = new Map<number, number>()
    for (const line of lines) {
      const { flow } = JSON.parse(line)
      const response = flow.l7.type === 'RESPONSE'
      const [caller, server] = response ? ['destination', 'source'] : ['source', 'destination']
      const port = flow.l4.TCP[response ? 'source_port' : 'destination_port']
      const tally = tallyAt(
        expected,
        `${flow[caller].pod_name} ${flow.IP[caller]} ${flow[server].pod_name} ${flow.IP[server]} ${port}`,
      )
      if (!response) tally.requests++
      else {
        tally.responses++
        if (flow.l7.http.code >= 500) tally.errors++
        statuses.set(flow.l7.http.code, (statuses.get(flow.l7.http.code) ?? 0) + 1)
      }
    }
    const { observations, used, skipped } = await readAll(createReadStream(join(shared, 'http-348.jsonl')))
    const actual = new Map<string, Tally>()
    const seen = new Map<number, number>()
    for (const o of observations) {
      if (o.type !== 'request' || !o.counts) throw new Error('Every line is a counted request or response.')
      const tally = tallyAt(actual, `${o.from.pod} ${o.fromIp} ${o.to.pod} ${o.toIp} ${o.port}`)
      tally.requests += o.requests
      tally.responses += o.responses
      tally.errors += o.serverErrors
      const status = o.record?.().status
      if (status !== undefined) seen.set(status, (seen.get(status) ?? 0) + 1)
    }
    expect(actual).toEqual(expected)
    expect(seen).toEqual(statuses)
    expect(seen).toEqual(
      new Map([
        [503, 151],
        [200, 22],
      ]),
    )
    expect({ used, skipped, requests: sum(observations, 'requests') }).toEqual({
      used: 348,
      skipped: {},
      requests: 175,
    })
  })

  it('http-348: says what was asked for and how it was answered', async () => {
    const { observations } = await readAll(createReadStream(join(shared, 'http-348.jsonl')))
    const counts = new Map<string, number>()
    for (const o of observations) {
      if (o.type !== 'request') continue
      const name = `${o.operation} ${o.code ?? '-'}`
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    expect(Object.fromEntries(counts)).toMatchObject({ 'GET /reviews/{id} -': 1, 'GET /productpage 200': 2 })
    expect([...counts.keys()].filter((name) => name.startsWith('GET /metrics')).sort()).toEqual([
      'GET /metrics -',
      'GET /metrics 200',
      'GET /metrics 503',
    ])
  })

  it('tcp-400: a packet is counted once per connection and side', async () => {
    const { observations } = await readAll(createReadStream(join(shared, 'tcp-400.jsonl')))
    const fields = (o: Observation): Record<string, unknown> =>
      JSON.parse(o.record?.().shape ?? '{}') as Record<string, unknown>
    const connection = (o: Observation) => `${o.fromIp}:${o.record?.().sourcePort} ${o.toIp}:${o.port} ${o.reporter}`
    const counted = observations.filter((o) => o.type === 'flow' && o.counts)
    const points = new Map<string, Set<unknown>>()
    for (const o of counted) {
      const point = fields(o).trace_observation_point
      if (point !== undefined) points.set(connection(o), (points.get(connection(o)) ?? new Set()).add(point))
    }
    expect([...points.values()].every((set) => set.size === 1)).toBe(true)
    // 27 verdicts each stand for a SYN that is also told of TO_PROXY.
    const syns = counted.filter((o) => fields(o)['l4.TCP.flags.SYN'] === true && o.reporter === 'source')
    expect(syns.length).toBe(new Set(syns.map(connection)).size)
    expect(counted.some((o) => fields(o).is_reply === true)).toBe(false)
    expect(counted.length).toBeGreaterThan(100)
  })
})

const sum = (observations: readonly Observation[], name: 'requests') =>
  observations.reduce((total, o) => total + (o.type === 'request' ? o[name] : 0), 0)

const flowLine = (time: string) =>
  JSON.stringify({ flow: { time, verdict: 'FORWARDED', Type: 'L3_L4', node_name: 'n1' } })
const lines = [
  flowLine('2024-01-01T00:00:00Z'),
  '{"broken',
  '[1,2]',
  '{"flow":{"verdict":"FORWARDED"}}',
  '{"hello":1}',
  '{"agent_event":{}}',
  '',
  JSON.stringify({ time: '2024-01-01T00:00:01Z', verdict: 'DROPPED', node_name: 'n1' }),
  JSON.stringify({ lost_events: { num_events_lost: '5' }, node_name: 'n1', time: '2024-01-01T00:00:02Z' }),
  'x'.repeat(1_000_001),
  flowLine('2024-01-01T00:00:03Z'),
].join('\n')

describe('files', () => {
  const expected = {
    lines: 10,
    used: 4,
    skipped: {
      'not a JSON object': 2,
      'no time': 1,
      'not a Hubble record': 1,
      'agent or debug event': 1,
      'longer than 1 MB': 1,
    },
  }

  it.each([
    ['plain', Buffer.from(lines)],
    ['gzip', gzipSync(lines)],
    ['two gzip members', Buffer.concat([gzipSync(lines.slice(0, 100)), gzipSync(lines.slice(100))])],
  ])('%s: what cannot be read is counted by reason', async (_, bytes) => {
    const result = await readAll(Readable.from(chunksOf(bytes, 777)))
    expect(result).toMatchObject(expected)
    expect(result.observations.length).toBe(3)
    expect(result.gaps).toEqual([expect.objectContaining({ cause: 'lost_events', lost: 5, part: 'n1' })])
  })

  it('the same line has the same key whenever it is read', async () => {
    const keys = async () => (await readAll(Readable.from([lines]))).observations.map((o) => o.key)
    expect(await keys()).toEqual(await keys())
    expect(new Set(await keys()).size).toBe(3)
  })

  it('a gzip that breaks off gives what came before', async () => {
    const many = Array.from({ length: 5_000 }, (_, i) =>
      flowLine(new Date(1_700_000_000_000 + i * 977).toISOString()),
    ).join('\n')
    const bytes = gzipSync(many)
    const { observations, skipped } = await readAll(Readable.from([bytes.subarray(0, bytes.length / 2)]))
    expect(observations.length).toBeGreaterThan(1_000)
    expect(skipped['the gzip breaks off or is damaged']).toBe(1)
  })
})

const chunksOf = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size))
