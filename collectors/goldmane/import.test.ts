import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { FileBatch } from '@/collectors/source'
import { readGoldmaneFile } from './import'
import { flowOf } from './test-encode'

async function readAll(stream: AsyncIterable<Uint8Array | string>) {
  const batches: FileBatch[] = []
  for await (const batch of readGoldmaneFile(stream, { cluster: 'c1' })) batches.push(batch)
  const skipped = new Map<string, number>()
  for (const [reason, n] of batches.flatMap((batch) => Object.entries(batch.skipped)))
    skipped.set(reason, (skipped.get(reason) ?? 0) + n)
  return {
    observations: batches.flatMap((batch) => batch.observations),
    lines: batches.reduce((sum, batch) => sum + batch.lines, 0),
    used: batches.reduce((sum, batch) => sum + batch.used, 0),
    skipped: Object.fromEntries(skipped),
  }
}
const readText = (...lines: string[]) => readAll(Readable.from([lines.join('\n')]))

const whisker = {
  start_time: '2026-09-27T11:32:15Z',
  end_time: '2026-09-27T11:32:30Z',
  action: 'Deny',
  source_name: 'scraper-655c844475-*',
  source_namespace: 'shop',
  source_labels: 'app=scraper | team=shop',
  dest_name: 'PRIVATE NETWORK',
  dest_namespace: '-',
  dest_labels: '',
  protocol: 'tcp',
  dest_port: 80,
  reporter: 'Dst',
  policies: {
    enforced: [
      {
        kind: 'CalicoNetworkPolicy',
        name: 'guard',
        namespace: 'shop',
        tier: 'default',
        action: 'Deny',
        policy_index: 0,
        rule_index: 0,
        trigger: null,
      },
    ],
    pending: null,
  },
  packets_in: 8,
  packets_out: 0,
  bytes_in: 592,
  bytes_out: 0,
}
const allowed = { ...whisker, action: 'Allow', policies: { enforced: [], pending: [] } }
const json = JSON.stringify(flowOf())

describe('forms of a file', () => {
  it.each([
    ['a Flow a line', [json, JSON.stringify(flowOf({ destPort: 1 }))], 2],
    ['FlowResults', [`{"id":"4","flow":${json}}`, `{"id":"5","flow":${json}}`], 2],
    ['a list of List', [`{"meta":{"totalPages":"1"},"flows":[{"id":"1","flow":${json}}]}`], 1],
    ['an array', [`[${json},${json}]`], 2],
    ['one object over many lines', JSON.stringify(flowOf(), null, 2).split('\n'), 1],
    ['a list over many lines', JSON.stringify({ items: [whisker, allowed] }, null, 2).split('\n'), 2],
    [
      'many objects over many lines',
      [whisker, allowed].flatMap((flow) => JSON.stringify(flow, null, 2).split('\n')),
      2,
    ],
    ['whisker-backend’s list', [JSON.stringify({ total: { totalPages: 1 }, items: [whisker, allowed] })], 2],
    [
      'whisker-backend’s events',
      [': ping', 'event: flow', `data: ${JSON.stringify(whisker)}`, '', `data:${JSON.stringify(allowed)}`],
      2,
    ],
  ])('%s', async (_, lines, n) => {
    const { observations, used, skipped } = await readText(...lines)
    expect({ n: observations.length, used, skipped }).toEqual({ n, used: n, skipped: {} })
  })

  it('gzip, and one that breaks off gives what came before', async () => {
    const lines = Array.from({ length: 5_000 }, (_, i) =>
      JSON.stringify(flowOf({ destPort: i + 1 }, { bytesIn: i * 977 })),
    )
    const bytes = gzipSync(lines.join('\n'))
    expect((await readAll(Readable.from([bytes]))).used).toBe(5_000)
    const cut = await readAll(Readable.from([bytes.subarray(0, bytes.length / 2)]))
    expect(cut.used).toBeGreaterThan(1_000)
    expect(cut.skipped['the gzip breaks off or is damaged']).toBe(1)
  })

  it('what cannot be read is counted by reason', async () => {
    const quiet = flowOf({}, { startTime: '0' })
    const lines = [json, '{"broken', '[1,{}]', '{"hello":1}', JSON.stringify(quiet), 'x'.repeat(1_000_001), json]
    expect(await readText(...lines)).toMatchObject({
      lines: 8,
      used: 2,
      skipped: {
        'not JSON': 1,
        'not a flow of Goldmane': 3,
        'no time': 1,
        'longer than 1 MB: write one flow a line (jq -c .items[])': 1,
      },
    })
  })

  it('the same line has the same key whenever it is read', async () => {
    const keys = async () => (await readText(json, JSON.stringify(whisker))).observations.map((o) => o.key)
    expect(await keys()).toEqual(await keys())
    expect(new Set(await keys()).size).toBe(2)
  })
})

describe('records of whisker-backend', () => {
  it('tell no connections: a denial counts one, what is allowed leaves them out', async () => {
    const [denied, open] = (await readText(JSON.stringify(whisker), JSON.stringify(allowed))).observations
    expect(denied).toMatchObject({
      time: Date.parse(whisker.start_time),
      spanMs: 15_000,
      reporter: 'destination',
      verdict: 'denied',
      reason: 'default/shop/guard',
      flows: 1,
      bytesSent: 592,
      from: { namespace: 'shop', pod: 'scraper-655c844475-*', labels: ['app=scraper', 'team=shop'] },
      to: { reserved: 'unknown', names: ['private network'] },
    })
    expect(open).toMatchObject({ verdict: 'allowed', bytesSent: 592 })
    expect(open).toMatchObject({ flows: undefined, connections: undefined, connectionSeconds: undefined })
  })
})

const shared = join(process.env.ORIEL_SHARED ?? '../shared', 'data/calico')

describe.skipIf(!existsSync(shared))('recorded flows (skipped: no ../shared/data/calico)', () => {
  const read = (name: string) => readAll(createReadStream(join(shared, name)))

  it('one Flow of Goldmane', async () => {
    const { observations, lines, used } = await read('goldmane-flow-longhorn.protojson.json')
    expect({ lines, used }).toEqual({ lines: 1, used: 1 })
    expect(observations[0]).toMatchObject({
      time: 1_764_970_845_000,
      spanMs: 15_000,
      reporter: 'source',
      verdict: 'allowed',
      port: 8503,
      flows: 1,
      connectionSeconds: 0,
      bytesSent: 1226,
      bytesReceived: 957,
      from: { namespace: 'longhorn-system', pod: 'longhorn-manager-*' },
      to: { pod: 'instance-manager-318f1eac2bc7c775b7a6d2e68e9e2800' },
    })
    expect(observations[0]?.to).not.toHaveProperty('service')
  })

  it('three records of whisker-backend 3.32.2', async () => {
    const { observations, skipped } = await read('whisker-flows-kubyl-v3.32.2.jsonl')
    expect(skipped).toEqual({})
    const told = observations.map((o) => [
      o.verdict,
      o.reason,
      o.port,
      o.type === 'flow' && [o.bytesSent, o.bytesReceived],
    ])
    expect(told).toEqual([
      ['denied', 'default/storefront/web-guard', 80, [592, 0]],
      ['denied', 'end of tier default (payments/ledger-api-isolation)', 80, [2220, 0]],
      ['allowed', '', 53, [156, 297]],
    ])
  })
})
