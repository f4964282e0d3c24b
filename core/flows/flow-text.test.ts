import { expect, it } from 'vitest'
import { flowFileName, flowTexts, isoMicros } from './flow-text'
import type { FlowRow } from './flow-row'
import { external, workload } from '../world-fixture'

const row: FlowRow = {
  id: 'k-1',
  time: Date.parse('2026-03-01T09:30:00.001Z') + 0.25,
  from: workload('web'),
  to: external('=cmd|x'),
  sourcePort: 0,
  port: 443,
  protocol: 'tcp',
  l7: 'http',
  verdict: 'denied',
  reason: 'POLICY_DENIED',
  encryption: 'unknown',
  hop: 'unknown',
  source: 'hubble',
  reporter: 'source',
  status: null,
  latencyMs: 1.5,
  summary: 'GET /a,b?q="1"',
}

it('writes a record as a line of CSV under its heads, nothing where nothing is known', () => {
  const [heads = '', line = ''] = [flowTexts.csv.head, flowTexts.csv.line(row)]
  expect(line).toBe(
    `2026-03-01T09:30:00.001250Z,denied,POLICY_DENIED,east,shop,Deployment,web,,east,,External,'=cmd|x,443,tcp,http,"GET /a,b?q=""1""",,1.5,unknown,hubble,source,k-1\r\n`,
  )
  expect(heads.split(',')).toHaveLength(22)
})

it('writes a record as a line of JSON', () => {
  expect(JSON.parse(flowTexts.jsonl.line(row))).toEqual({ ...row, time: '2026-03-01T09:30:00.001250Z' })
})

it.each([
  [0, '1970-01-01T00:00:00.000000Z'],
  [1.999, '1970-01-01T00:00:00.001999Z'],
  [1_700_000_000_123.456, '2023-11-14T22:13:20.123456Z'],
])('%s is %s', (time, text) => expect(isoMicros(time)).toBe(text))

it('names the file by its window', () => {
  const window = { from: Date.parse('2026-03-01T09:30:00Z'), to: Date.parse('2026-03-01T09:45:00Z') }
  expect(flowFileName(window, 'csv')).toBe('oriel-flows-20260301T093000Z-20260301T094500Z.csv')
})
