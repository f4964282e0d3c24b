import { beforeAll, expect, it } from 'vitest'
import { endpointKey } from '@/core/endpoint'
import { route } from './http'
import { writeTeams } from './leaks/testing-objects'
import { flowOf, now, workload } from './leaks/testing-teams'
import { admits } from './testing-asker'
import { views } from './views/all'
import { get, viewDatabase } from './views/testing'

const db = viewDatabase()
beforeAll(() => writeTeams(db))

/** What may differ: when somebody was last seen. */
const seen: ReadonlySet<string> = new Set(['session', 'api_token'])

/** Each table with a hash of all that it says. */
async function contents(): Promise<Map<string, string>> {
  const { rows } = await db.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  )
  const told = new Map<string, string>()
  for (const { name } of rows.filter((row) => !seen.has(row.name))) {
    const { rows: hashes } = await db.pool.query<{ hash: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from "${name}" t`,
    )
    told.set(name, hashes[0]?.hash ?? '')
  }
  return told
}

it('every question leaves the database as it was', async () => {
  const window = `from=${now - 900_000}&to=${now}`
  const web = endpointKey(workload('amber', 'web'))
  const edge = `${web}|${endpointKey(workload('amber', 'pay'))}|8080|tcp`
  const queries = [
    '',
    window,
    'last=15m',
    ...[web, edge].map((id) => `${window}&sel=${encodeURIComponent(id)}`),
    `${window}&text=amber`,
    `${window}&q=amber`,
    `flow=${flowOf('amber', 0)}`,
    'change=1',
    'cluster=demo&ask=patch/networking.k8s.io/networkpolicies/amber-shop/',
    'rules=%5B%5D',
  ]
  const before = await contents()
  expect(before.size).toBeGreaterThan(20)
  const answered = new Set<string>()
  for (const view of views)
    for (const query of queries)
      for (const id of view.path.includes('{') ? ['1', 'p1', flowOf('amber', 0)] : ['']) {
        const ask = view.open((one) => route(one, admits()))
        const params = Promise.resolve({ id, token: id })
        const response = await ask(get(`${view.path}?${query}`), id === '' ? undefined : { params })
        if (response.status === 200) answered.add(view.name)
      }
  expect(answered.size).toBeGreaterThan(views.length * 0.8)
  const after = await contents()
  for (const [table, hash] of after) expect(hash, table).toBe(before.get(table))
})
