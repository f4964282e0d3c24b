import { expect, it } from 'vitest'
import { classifyWorld } from '@/core/encryption/classify-world'
import { buildEncryptionPage } from '@/core/encryption/encryption-page'
import { ground, node, placed, pods } from '@/core/encryption/ground-fixture'
import { everything } from '@/core/scope'
import { edge, http, workload, world } from '@/core/world-fixture'
import { coverageCsv, plaintextCsv } from './report-files'

const [caller, callee] = [workload('cart', '=HYPERLINK("http://evil")'), workload('db', '@sum')]
const seen = world([edge(caller, callee, [http(10)])], {
  ground: ground([placed(caller, pods('n1')), placed(callee, pods('n2'))], [node('n1', ''), node('n2', '')]),
})
const page = buildEncryptionPage(seen, classifyWorld(seen), {
  unit: 'requests',
  cluster: '',
  scope: everything,
  exceptions: [
    {
      id: 1,
      filter: 'port:8080',
      owner: "=cmd|' /C calc'!A0",
      reason: '-2+3\r\nline "two"',
      createdBy: 'ada',
      createdAt: 0,
      expiresAt: 1e12,
    },
  ],
})

it('writes nothing that a spreadsheet takes for a formula, and one line a row', () => {
  for (const text of [coverageCsv(page, '=all'), plaintextCsv(page)]) {
    expect(text).not.toMatch(/(^|[,\n])"?[=+\-@]/)
    expect(text.match(/\n/g)?.length).toBe(text.match(/\r\n/g)?.length)
  }
  expect(plaintextCsv(page).trimEnd().split('\r\n')).toHaveLength(2)
  expect(plaintextCsv(page)).toContain("'=cmd|' /C calc'!A0")
})

it('names the first row by what the report is about', () => {
  const [, first = ''] = coverageCsv(page, 'namespaces of shop; all edges').split('\r\n')
  expect(first).toMatch(/,scope,"?namespaces of shop; all edges"?,/)
  expect(first).not.toMatch(/,all,/)
})
