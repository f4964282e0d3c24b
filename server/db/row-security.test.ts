import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { everything, scopeOf } from '@/core/scope'
import { floorTo } from '@/core/time'
import { createDictionaries } from './names/dictionaries'
import { migrate } from './migrate'
import { createPool, type Pool } from './pool'
import { raiseWall } from './raise-wall'
import { readAllEdges } from './names/read-all-edges'
import { readEdgeRows } from './buckets/read-edge-rows'
import { readFlows } from './flows/read-flows'
import { readInventory } from './inventory/read-inventory'
import { readMissingWall, readWall } from './read-missing-wall'
import { batchOf, bucketRow, leasedSource, recordRow, workload } from './test-batches'
import { testDatabase } from './testing'
import { walledPool } from './wall'
import { wallRules } from './wall-rules'
import { writeBatch } from './write-batch'

const db = testDatabase()
const now = floorTo(Date.now(), 10_000)
const window = { from: now - 600_000, to: now }
const scope = (...namespaces: string[]) => {
  const made = scopeOf(namespaces.map((name) => ['demo', name]))
  if (made.all) throw new Error('a scope of namespaces')
  return made
}
const shop = () => walledPool(db.pool, scope('shop'))

const own = { from: workload('web'), to: workload('cart'), port: 80, protocol: 'tcp' } as const
const crossing = { ...own, from: workload('cart'), to: workload('ledger-secret', 'bank-secret') }
const crossingToo = { ...crossing, to: { ...crossing.to, kind: 'Workload' } }
const foreign = { ...own, from: workload('vault-secret', 'bank-secret'), to: crossing.to }
const outwards = {
  ...own,
  from: workload('cart'),
  to: { cluster: 'demo', namespace: '', kind: 'External', name: 'api.example' },
}
const outwardsOfOthers = { ...outwards, from: foreign.from, to: { ...outwards.to, name: 'api.secret' } }
const all = [own, crossing, crossingToo, foreign, outwards, outwardsOfOthers]

let token: bigint
const write = (at: number) =>
  writeBatch(
    db.pool,
    createDictionaries(db.pool),
    batchOf('hubble', token, {
      buckets: all.map((edge) => bucketRow(at, { flows: 1 }, edge)),
      operations: all.map((edge) => {
        const { connections: _, ...row } = bucketRow(at, { requests: 1 }, edge)
        return { ...row, operation: { name: 'GET /', code: '200', flags: '' } }
      }),
      records: all.map((edge, i) =>
        recordRow(at, BigInt(at + i), {
          edge,
          summary: edge === own || edge === outwards ? 'GET /cart' : 'GET /secret',
          shape: edge === own || edge === outwards ? '{}' : '{"label":"secret"}',
        }),
      ),
    }),
  )

beforeAll(async () => {
  token = await leasedSource(db.pool, 'hubble')
  await write(now - 60_000)
  const object = `insert into inventory_object select $1, kind, kind || $2 || name, $2, name, now() - interval '1 h', null,
jsonb_build_object('kind', kind, 'name', name) from (values ('Pod', 'a'), ('Service', 'b'), ('NetworkPolicy', 'c')) k (kind, name)`
  await db.pool.query(object, ['demo', 'shop'])
  await db.pool.query(object, ['demo', 'bank-secret'])
  await db.pool.query(object, ['other', 'shop'])
})

const count = async (pool: Pool, from: string): Promise<number> =>
  (await pool.query<{ n: number }>(`select count(*)::int as n from ${from}`)).rows[0]?.n ?? -1

it('every table has a rule', async () => {
  const { rows } = await db.pool.query<{ name: string }>(
    `select relname as name from pg_class where relkind in ('r', 'p') and not relispartition and relnamespace = current_schema()::regnamespace`,
  )
  expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(wallRules).toSorted())
})

describe('behind the wall', () => {
  it('are rows of edges with an own end, and only these', async () => {
    const edges = [...(await readAllEdges(shop())).values()]
    expect(edges.map(({ to }) => to.name).toSorted()).toEqual([
      expect.stringMatching(/^#\d+$/),
      expect.stringMatching(/^#\d+$/),
      'api.example',
      'cart',
    ])
    const { rows } = await readEdgeRows(shop(), { window, recordingId: null, edgeIds: null })
    expect(new Set(rows.map(({ edgeId }) => edgeId))).toEqual(new Set(edges.map(({ id }) => id)))
    expect(await count(shop(), 'operation_bucket_10s')).toBe(4)
    expect(await count(db.pool, 'operation_bucket_10s')).toBe(6)
  })

  it('foreign ends are told apart and have no name', async () => {
    const ends = [...(await readAllEdges(shop())).values()].map(({ to }) => to)
    const [first, second] = ends.filter(({ cluster }) => cluster === '').toSorted((a, b) => (a.kind < b.kind ? -1 : 1))
    expect(first).toMatchObject({ namespace: 'outside your scope', kind: 'Deployment' })
    // The same under another kind, so that edges which are the same traffic can be joined.
    expect(second).toEqual({ ...first, kind: 'Workload' })
    const { rows } = await shop().query('select * from endpoint')
    expect(rows).toHaveLength(7)
    expect(JSON.stringify(rows)).not.toContain('secret')
  })

  it('a crossing record keeps its time and loses its text', async () => {
    const found = await readFlows(shop(), {
      window,
      condition: { type: 'all' },
      recordingId: null,
      before: null,
      after: null,
      limit: 100,
      budgetMs: 1_000,
    })
    expect(found.rows.map(({ summary, shapeId }) => [summary, shapeId > 0]).toSorted()).toEqual([
      ['', false],
      ['', false],
      ['GET /cart', true],
      ['GET /cart', true],
    ])
    // Nor can the text be guessed by looking for it.
    expect(await count(shop(), `flow_record where summary like '%secret%'`)).toBe(0)
  })

  it('objects are those of own namespaces, whatever the query asks for', async () => {
    expect(await count(shop(), 'inventory_object')).toBe(3)
    expect(await count(walledPool(db.pool, scope('shop', 'bank-secret')), 'inventory_object')).toBe(6)
    expect(
      (await readInventory(shop(), window, everything)).every(({ endpoint }) => endpoint.namespace === 'shop'),
    ).toBe(true)
  })

  it('are partitions that were made later', async () => {
    const before = await count(shop(), 'flow_record')
    await write(now - 45 * 60_000)
    expect(await count(shop(), 'flow_record')).toBe(before * 2)
    expect(await count(shop(), 'edge_bucket_10s')).toBe(8)
    const { rows } = await db.pool.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'flow_record'::regclass`,
    )
    for (const { name } of rows) await expect(count(shop(), name)).rejects.toThrow('permission denied')
  })

  it('is nothing without a setting, and nothing for nobody', async () => {
    expect(await count(walledPool(db.pool, scope()), 'edge')).toBe(0)
    const connection = await db.pool.connect()
    try {
      await connection.query('begin; set local role oriel_reader')
      for (const table of ['edge', 'edge_bucket_10s', 'flow_record', 'inventory_object', 'oriel_wall.source'])
        expect((await connection.query(`select from ${table}`)).rowCount, table).toBe(0)
    } finally {
      await connection.query('rollback')
      connection.release()
    }
  })

  it('is no row of people, of blocks that many share, and of the machinery', async () => {
    const closed = Object.entries(wallRules).flatMap(([table, rule]) => (rule === 'nothing' ? [table] : []))
    expect(closed).toContain('session')
    for (const table of closed)
      await expect(count(shop(), `public.${table}`), table).rejects.toThrow('permission denied')
  })

  it('nothing is written', async () => {
    await expect(shop().query(`delete from edge`)).rejects.toThrow('read-only transaction')
    const connection = await db.pool.connect()
    try {
      for (const text of [
        'delete from edge',
        'truncate flow_record',
        `insert into setting values ('a', '1')`,
        'create table t ()',
      ]) {
        await connection.query('begin; set local role oriel_reader')
        await expect(connection.query(text), text).rejects.toThrow(/permission denied|must be owner/)
        await connection.query('rollback')
      }
    } finally {
      connection.release()
    }
  })
})

describe('the wall', () => {
  it('ends with its transaction, so that connections may be shared', async () => {
    const single = createPool(db.url, { max: 1 })
    try {
      const state = `select current_user as who, current_setting('search_path') as path, coalesce(current_setting('oriel.pairs', true), '') as pairs`
      const before = (await single.query(state)).rows[0]
      const inside = (await walledPool(single, scope('shop')).query(state)).rows[0]
      expect(inside).toMatchObject({ who: 'oriel_reader', pairs: '[["demo","shop"]]' })
      await expect(walledPool(single, scope('shop')).query('select 1 / 0')).rejects.toThrow('division by zero')
      expect((await single.query(state)).rows[0]).toEqual(before)
      expect(await count(single, 'edge')).toBe(6)
    } finally {
      await single.end()
    }
  })

  it('takes one statement at a time', async () => {
    await expect(shop().query('select 1; reset role; select 2')).rejects.toThrow('multiple commands')
  })

  it('takes any name of a cluster for a name', async () => {
    const odd = scopeOf([[`a'b"/c\\`, 'shop']])
    expect(odd.all ? -1 : await count(walledPool(db.pool, odd), 'edge')).toBe(0)
  })

  it('is one pool for equal scopes, so that what is kept for a pool is kept for a scope', () => {
    expect(walledPool(db.pool, scope('shop', 'bank'))).toBe(walledPool(db.pool, scope('bank', 'shop')))
    expect(walledPool(db.pool, scope('shop'))).not.toBe(walledPool(db.pool, scope('bank')))
  })

  it('is raised once', async () => {
    const oid = async () => (await db.pool.query(`select 'oriel_wall'::regnamespace::oid as oid`)).rows[0]
    const before = await oid()
    const connection = await db.pool.connect()
    expect(await raiseWall(connection)).toBe(true)
    expect(await oid()).toEqual(before)
    await connection.query(`comment on schema oriel_wall is 'an older one'`)
    expect(await raiseWall(connection)).toBe(true)
    connection.release()
    expect(await oid()).not.toEqual(before)
    expect(await count(shop(), 'edge')).toBe(4)
  })

  it('is told as missing, and entered all the same, where its role sees everything', async () => {
    const client = await db.pool.connect()
    try {
      // Undone before anybody else enters it: the role is of the whole server.
      await client.query('begin; alter role oriel_reader bypassrls')
      expect(await readWall(client)).toEqual({
        entered: true,
        missing: ['alter role oriel_reader nosuperuser nobypassrls'],
      })
    } finally {
      await client.query('rollback')
      client.release()
    }
    expect(await readWall(db.pool)).toEqual({ entered: true, missing: null })
  })

  it('is missing where the user may not enter it, which stops nobody', async () => {
    const name = `weak_${randomBytes(4).toString('hex')}`
    await db.pool.query(`create role ${name} login password '${name}'`)
    await db.pool.query(`create database ${name} owner ${name}`)
    const url = new URL(db.url)
    url.pathname = `/${name}`
    url.username = name
    url.password = name
    try {
      await migrate(url.href)
      const pool = createPool(url.href, { max: 2 })
      expect(await readMissingWall(pool)).toEqual([`grant oriel_reader to ${name}`])
      expect(await count(walledPool(pool, scope('shop')), 'edge')).toBe(0)
      await db.pool.query(`grant oriel_reader to ${name}`)
      await db.pool.query(
        `revoke create on database ${name} from ${name}; alter database ${name} owner to current_user`,
      )
      await migrate(url.href)
      expect(await count(walledPool(pool, scope('shop')), 'session')).toBe(0)
      expect(await readMissingWall(pool)).toEqual([`grant create on database ${name} to ${name}`])
      await db.pool.query(`alter database ${name} owner to ${name}; grant create on database ${name} to ${name}`)
      expect(await readMissingWall(pool)).toEqual([])
      await migrate(url.href)
      expect(await readMissingWall(pool)).toBeNull()
      await expect(count(walledPool(pool, scope('shop')), 'session')).resolves.toBe(0)
      const again = createPool(url.href, { max: 1 })
      await expect(count(walledPool(again, scope('shop')), 'session')).rejects.toThrow('permission denied')
      await again.end()
      await pool.end()
    } finally {
      await db.pool.query(`drop database ${name} (force)`)
      await db.pool.query(`drop role ${name}`)
    }
  }, 30_000)
})
