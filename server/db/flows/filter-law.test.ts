import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Endpoint } from '@/core/endpoint'
import type { FilterFacts } from '@/core/filter/filter-facts'
import { compileEdgeFilter } from '@/core/filter/filter-match'
import { parseFilter } from '@/core/filter/filter-parse'
import { filterForRecords } from '@/core/filter/filter-record'
import { type FlowCondition, flowCondition } from '@/core/flows/flow-condition'
import { encryptionEvidences, hops, l7Protocols, protocols, verdicts } from '@/core/verdict'
import { createDictionaries } from '../names/dictionaries'
import { conditionSql } from './flow-condition-sql'
import { readAllEdges } from '../names/read-all-edges'
import { readAllFacets } from '../names/read-all-facets'
import { readFlows } from './read-flows'
import { batchOf, facetOf, leasedSource, recordRow, workload } from '../test-batches'
import { testDatabase } from '../testing'
import { writeBatch } from '../write-batch'

const db = testDatabase()
const end = Math.floor(Date.now() / 10_000) * 10_000

const outside: Endpoint = { cluster: 'demo', namespace: '', kind: 'External', name: '192.0.2.7' }
const endpoints = [workload('web'), workload('cart'), workload('postgres', 'data'), outside]
const summaries = ['', 'GET /cart', 'get /CART?a_b=100%', 'CAFÉ', String.raw`a\b`, '"quoted"']

const record = fc.record({
  from: fc.constantFrom(...endpoints),
  to: fc.constantFrom(...endpoints),
  port: fc.constantFrom(80, 443, 5432),
  protocol: fc.constantFrom(...protocols),
  facet: fc.record({
    source: fc.constantFrom('hubble', 'prometheus:istio', 'otlp'),
    verdict: fc.constantFrom(...verdicts),
    reason: fc.constantFrom('', 'POLICY_DENIED', 'Stale or unroutable IP'),
    l7: fc.constantFrom(...l7Protocols),
    encryption: fc.constantFrom(...encryptionEvidences),
    hop: fc.constantFrom(...hops),
  }),
  status: fc.constantFrom(null, 0, 200, 404, 503, 599),
  summary: fc.constantFrom(...summaries),
})

const term = fc.constantFrom(
  'ns:shop',
  'ns:data,shop',
  'from:ns=shop',
  'to:is=external',
  'is:datastore',
  'name:c*',
  'from:web',
  'to:data/*',
  'kind:deployment',
  'cluster:demo',
  'role:gateway',
  'team:core',
  'app:x',
  'ip:192.0.2.0/24',
  'to:ip=10.0.0.0/8',
  'port:80',
  'port:>80',
  'port:80,5432',
  'proto:tcp',
  'proto:http,grpc',
  'verdict:denied',
  'verdict:allowed,error',
  'reason:policy*',
  'source:istio',
  'seen:flows',
  'encrypted:yes',
  'encrypted:no',
  'encrypted:unknown',
  'encrypted:mtls,tls',
  'encrypted:mtls+tunnel',
  'encrypted:wireguard',
  'encrypted:same-node',
  'encrypted:partly',
  'tunnel:yes',
  'tunnel:no',
  'mtls:<100%',
  'status:5xx',
  'status:404,>=500',
  'status:<300',
  'status:0',
  'op:/cart',
  'op:"GET /CART"',
  'op:/c*',
  'op:get*',
  'op:a\\\\b',
  'op:caf*',
  'op:"get /{id}"',
  'op:a_b*',
  'error:>5%',
  'p95:<1s',
  'health:failing',
  'cart',
  '/CART',
  '"100%"',
  'a_b',
  'é',
  'É',
  String.raw`"a\\b"`,
  String.raw`"\"quoted"`,
  '80',
  'policy',
)
const filter = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    term,
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `${a} ${b}`),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `(${a} or ${b})`),
    tie('any').map((inner) => `!(${inner})`),
  ),
})).any

const facts: FilterFacts = {
  team: ({ namespace }) => (namespace === 'data' ? 'core' : ''),
  app: ({ name }) => (name === 'cart' ? 'x' : ''),
  role: ({ name }) => (name === 'web' ? 'gateway' : null),
  operations: () => [],
  encryption: null,
  isNew: null,
}

beforeAll(async () => {
  const token = await leasedSource(db.pool, 'law')
  const records = fc.sample(record, { numRuns: 250, seed: 7 }).map(({ from, to, port, protocol, facet, ...rest }, i) =>
    recordRow(end - 1 - i * 20_000, BigInt(i), {
      ...rest,
      edge: { from, to, port, protocol },
      facet: facetOf(facet),
    }),
  )
  await writeBatch(db.pool, createDictionaries(db.pool), batchOf('law', token, { records }))
})

async function keysThat(condition: FlowCondition): Promise<bigint[]> {
  const values: unknown[] = []
  const where = conditionSql(condition, (value) => `$${values.push(value)}`)
  const part = (table: string) => `select key::text as key from ${table} where ${where}`
  const { rows } = await db.pool.query<{ key: string }>(
    `${part('flow_record')} union all ${part('denied_record')}`,
    values,
  )
  return rows.map(({ key }) => BigInt(key)).sort((a, b) => (a < b ? -1 : 1))
}

test('whatever the filter, the database finds the records that match in memory', async () => {
  const known = { edges: await readAllEdges(db.pool), facets: await readAllFacets(db.pool), facts }
  const everything = {
    window: { from: end - 86_400_000, to: end },
    before: null,
    after: null,
    limit: 500,
    recordingId: null,
    budgetMs: Number.POSITIVE_INFINITY,
  }
  const { rows: all } = await readFlows(db.pool, { ...everything, condition: { type: 'all' } })
  expect(all).toHaveLength(250)
  let some = 0
  await fc.assert(
    fc.asyncProperty(filter, async (text) => {
      const { filter, errors } = parseFilter(text)
      expect(errors).toEqual([])
      const matches = compileEdgeFilter(filterForRecords(filter).filter, facts)
      const expected = all.filter((row) => {
        const [edge, facet] = [known.edges.get(row.edgeId), known.facets.get(row.facetId)]
        return edge && facet && matches(edge, [facet], undefined, row)
      })
      if (expected.length > 0 && expected.length < all.length) some++
      const found = await keysThat(flowCondition(filter, known))
      expect(found).toEqual(expected.map(({ key }) => key).sort((a, b) => (a < b ? -1 : 1)))
    }),
    { numRuns: 100, endOnFailure: true },
  )
  // Filters that let all or nothing through would agree too.
  expect(some).toBeGreaterThan(30)
}, 120_000)
