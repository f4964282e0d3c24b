import { expect, it } from 'vitest'
import { everything, scopeOf } from '@/core/scope'
import { upsertSource } from '@/server/db/sources/upsert-source'
import { loadSources } from './sources'
import { viewDatabase } from './views/testing'
import { withScope } from './wall'

const db = viewDatabase()

it('tells people of a team no address, and sources of one type apart', async () => {
  for (const [type, target] of [
    ['prometheus', 'http://10.0.0.7:9090'],
    ['prometheus', 'http://10.0.0.8:9090'],
    ['als', '10.0.0.9:9001'],
  ] as const)
    await upsertSource(db.pool, { id: `${type}:${target}`, type, cluster: 'demo', title: type, target })
  const own = scopeOf([['demo', 'shop']])
  const within = await withScope(own, () => loadSources(own))
  expect(JSON.stringify(within)).not.toContain('10.0.0.')
  const places = within.sources.filter(({ id }) => id !== 'hubble').map(({ type, target }) => `${type} ${target}`)
  expect(places.toSorted()).toEqual([
    'als ',
    expect.stringMatching(/^prometheus #[0-9a-f]{6}$/),
    expect.stringMatching(/^prometheus #[0-9a-f]{6}$/),
  ])
  expect(new Set(places).size).toBe(3)
  expect((await loadSources(everything)).sources.map(({ target }) => target)).toContain('10.0.0.9:9001')
})
