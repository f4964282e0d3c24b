import { expect, it } from 'vitest'
import { auditTexts } from './audit-text'
import type { AuditEntryDetail } from './entry'

const hostile = '=HYPERLINK("http://evil.example","x")'

const detail = (text: string): AuditEntryDetail => ({
  entry: {
    id: 'e1',
    at: Date.UTC(2026, 10, 28, 4),
    account: 7,
    name: text,
    by: 'session',
    action: 'team.changed',
    target: text,
    cluster: text,
    namespace: text,
    result: 'done',
    reason: text,
    requestId: text,
    from: text,
    count: 1,
  },
  byId: 3,
  agent: text,
  before: { [text]: text },
  after: null,
  cut: [text],
  policy: null,
})

it.each([hostile, '\t=1+1', '+1', '-1', '@SUM(A1)', '\u200b=1', '\r\n=1', '"=1', '  =1'])(
  'has no cell in CSV that a spreadsheet takes for a formula: %j',
  (text) => {
    const line = auditTexts.csv.line(detail(text))
    expect(line.endsWith('\r\n')).toBe(true)
    const body = line.slice(0, -2)
    expect(body).not.toMatch(/[\r\n]/)
    for (const cell of body.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? [])
      expect(cell.replace(/^"/, '').trimStart()).not.toMatch(/^[=+\-@]/)
  },
)

it('has as many cells in each line of CSV as in its head', () => {
  const cells = (line: string) => line.match(/("(?:[^"]|"")*"|[^,\r]*)(?:,|\r)/g)?.length
  expect(cells(auditTexts.csv.line(detail('a,"b"')))).toBe(cells(auditTexts.csv.head))
})

it('writes one JSON object a line, with times as ISO 8601', () => {
  const line = auditTexts.jsonl.line(detail('a\nb'))
  expect(line.trimEnd()).not.toContain('\n')
  expect(JSON.parse(line)).toMatchObject({ id: 'e1', at: '2026-11-28T04:00:00.000Z', name: 'a\nb', byId: 3 })
})
