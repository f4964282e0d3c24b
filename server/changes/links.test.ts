import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { scopeOf, type Scope } from '@/core/scope'
import { floorTo } from '@/core/time'
import { readPartitions } from '@/server/db/read-partitions'
import { bucketRow, edgeName, recordRow } from '@/server/db/test-batches'
import { changeRoute, route } from '@/server/http'
import { pruneLinks } from '@/server/db/links/prune-links'
import type { View } from '@/server/view'
import { flowView } from '@/server/views/flow'
import { flowsView } from '@/server/views/flows'
import { linkView } from '@/server/views/link'
import { linksView } from '@/server/views/links'
import { mapView } from '@/server/views/map'
import { seriesView } from '@/server/views/series'
import { answerOf, get, viewDatabase } from '@/server/views/testing'
import { deleteLink } from './delete-link'
import { deleteLinks } from './delete-links'
import { makeLink } from './make-link'
import { ask } from './testing'
import { admits } from '@/server/testing-asker'

const db = viewDatabase()
const now = floorTo(Date.now(), 10_000)
const window = { from: now - 300_000, to: now }
const range = `from=${window.from}&to=${window.to}`
const cart = 'demo/shop/Deployment/cart'

beforeAll(async () => {
  await db.write({
    buckets: [
      bucketRow(now - 60_000, { requests: 30, responses: 30, serverErrors: 3, clientErrors: 0 }),
      bucketRow(
        now - 60_000,
        { requests: 4 },
        {
          ...edgeName('web', 'ledger'),
          to: { cluster: 'demo', namespace: 'bank', kind: 'Deployment', name: 'ledger' },
        },
      ),
    ],
    records: [recordRow(now - 50_000, 1n)],
    stats: { records: 2, malformed: 0, lastEventAt: now, rate: 1, facts: null },
  })
})

async function made(body: object, scope?: Scope): Promise<{ id: number; token: string; leftOut: number }> {
  const { status, body: answer } = await ask(makeLink, body, { scope })
  expect(status, JSON.stringify(answer)).toBe(200)
  return makeLink.answer.parse(answer)
}

const frozenMap = {
  path: `/?q=ns:shop&last=5m`,
  title: 'Cart fails',
  frozen: {
    ...window,
    shown: [`map?${range}&q=ns:shop`, 'flows?' + range],
    nearby: [`series?${range}&sel=${encodeURIComponent(cart)}`],
    places: { [cart]: [10, -20] },
  },
}

const statusOf = async <P extends z.ZodType, Q, L, A>(view: View<P, Q, L, A>, path: string) =>
  (await route(view, admits())(get(path))).status
const remove = async (account: number, as: { scope: Scope; account?: number }) =>
  (
    await changeRoute(deleteLinks, admits(as.scope, {}, as.account))(
      new Request('http://localhost:3000/api/v1/links/of/7', { method: 'DELETE', headers: { host: 'localhost:3000' } }),
      { params: Promise.resolve({ account: String(account) }) },
    )
  ).status
const opened = async (token: string) =>
  route(linkView, admits())(get('links/by-token/x'), { params: Promise.resolve({ token }) })

describe('a live link', () => {
  it('leads to its page, and only a hash of its address is kept', async () => {
    const { token } = await made({ path: '/services?last=1h', title: 'All\u202e services', keepFor: '7d' })
    expect(token).toMatch(/^[0-9A-Za-z]{22}$/)
    const link = (await (await opened(token)).json()) as Record<string, unknown>
    expect(link).toMatchObject({ path: '/services?last=1h', title: 'All services', frozen: false, createdBy: 'ada' })
    expect(Number(link.expiresAt) - Number(link.createdAt)).toBeCloseTo(7 * 86_400_000, -4)
    const { rows } = await db.pool.query(
      `select * from link where encode(token_hash, 'escape') like $1 or title like $1 or path like $1`,
      [`%${token}%`],
    )
    expect(rows).toEqual([])
  })

  it.each(['https://evil.example/', '//evil.example', '/api/v1/map', 'x'])('may not lead to %s', async (path) => {
    expect((await ask(makeLink, { path })).status).toBe(400)
  })

  it('that is deleted or has expired is gone at once', async () => {
    const one = await made({ path: '/' })
    expect((await opened(one.token)).status).toBe(200)
    expect((await ask(deleteLink, {}, { id: one.id })).status).toBe(200)
    expect((await opened(one.token)).status).toBe(404)
    expect((await ask(deleteLink, {}, { id: one.id })).status).toBe(404)
    const other = await made(frozenMap)
    await db.pool.query(`update link set expires_at = now() - interval '1 second' where id = $1`, [other.id])
    expect((await opened(other.token)).status).toBe(404)
    expect(await statusOf(mapView, `map?${range}&q=ns:shop&frozen=${other.token}`)).toBe(404)
    expect(await pruneLinks(db.pool, Date.now())).toBe(1)
    const { rows } = await db.pool.query('select 1 from frozen_answer where link_id = $1', [other.id])
    expect(rows).toEqual([])
  })

  it.each(['', 'x', '0'.repeat(22), '0'.repeat(21) + "'", '../../etc'])('of the token %j never was', async (token) => {
    expect((await opened(token)).status).toBe(404)
    expect(await statusOf(mapView, `map?frozen=${encodeURIComponent(token)}`)).toBe(404)
  })
})

describe('a frozen link', () => {
  it('tells the audit who opened it, and not by which address it is reached', async () => {
    const { id, token } = await made({ ...frozenMap, title: 'Outage' })
    await opened(token)
    const { rows } = await db.pool.query(
      `select account_name as name, target, e::text as text from audit_event e where action = 'link.opened'`,
    )
    expect(rows).toMatchObject([{ name: 'ada', target: `link ${id}, Outage` }])
    expect(rows[0]?.text).not.toContain(token)
  })

  it('answers as it was when retention has taken everything, also over a slightly other window', async () => {
    const before = await answerOf(mapView, `map?${range}&q=ns:shop`)
    const page = await answerOf(flowsView, `flows?${range}`)
    const [flow] = page.rows
    const { token, leftOut } = await made({
      ...frozenMap,
      frozen: { ...frozenMap.frozen, nearby: [...frozenMap.frozen.nearby, `flows/${flow?.id}`, 'flows/0-0-0-0'] },
    })
    expect(leftOut).toBe(1)
    for (const table of ['edge_bucket_10s', 'flow_record', 'flow_detail'] as const)
      for (const { name } of await readPartitions(db.pool, table)) await db.pool.query(`drop table ${name}`)
    expect(
      (await route(mapView, admits())(get(`map?from=${window.from}&to=${window.to + 10_000}&q=ns:shop`))).status,
    ).not.toBe(404)

    expect(await answerOf(mapView, `map?${range}&q=ns:shop&frozen=${token}`)).toEqual(before)
    expect(
      await answerOf(mapView, `map?from=${window.from - 60_000}&to=${window.to}&q=ns:shop&frozen=${token}`),
    ).toEqual(before)
    const series = await answerOf(seriesView, `series?${range}&sel=${encodeURIComponent(cart)}&frozen=${token}`)
    expect(series.requestRate.some((rate) => rate === 3)).toBe(true)
    const detail = await route(flowView, admits())(get(`flows/x?frozen=${token}`), {
      params: Promise.resolve({ id: flow?.id }),
    })
    expect(await detail.json()).toMatchObject({ status: 200, fields: { node: 'n1' } })
    expect(await (await opened(token)).json()).toMatchObject({
      ...window,
      frozen: true,
      path: '/?q=ns%3Ashop&last=5m',
      places: { [cart]: [10, -20] },
    })
  })

  it('says what is not part of it, and never answers from live data', async () => {
    const { token } = await made(frozenMap)
    const response = await route(mapView, admits())(get(`map?${range}&q=ns:bank&frozen=${token}`))
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'not_frozen', title: 'Not part of this frozen view' })
  })

  it('keeps what its maker may see and no more', async () => {
    const { token } = await made(
      { path: '/', frozen: { ...window, shown: [`map?from=${window.from}&to=${window.to}`, 'sources'], nearby: [] } },
      scopeOf([['demo', 'shop']]),
    )
    const response = await route(mapView, admits())(get(`map?${range}&frozen=${token}`))
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(text).not.toMatch(/ledger|bank/)
  })

  it('refuses what is no question, too many of them, and a time that is none', async () => {
    const frozen = (more: object) => ask(makeLink, { path: '/', frozen: { ...window, shown: [], ...more } })
    expect((await frozen({ shown: ['nothing?x=1'] })).status).toBe(400)
    expect((await frozen({ shown: ['map?colour=red'] })).status).toBe(400)
    expect((await frozen({ shown: ['flows/%E0%A4%A'] })).status).toBe(400)
    expect((await frozen({ shown: Array.from({ length: 301 }, () => 'sources') })).status).toBe(400)
    expect((await frozen({ to: window.from })).status).toBe(400)
  })

  it('is listed with what it takes, to who made it and to administrators', async () => {
    const { id } = await made(frozenMap)
    const { links, usedBytes } = await answerOf(linksView, 'links')
    expect(links[0]).toMatchObject({ id, title: 'Cart fails', frozen: true, ...window })
    expect(links[0]?.bytes).toBeGreaterThan(100)
    expect(usedBytes).toBe(links.reduce((sum, { bytes }) => sum + bytes, 0))
    const scope = scopeOf([['demo', 'shop']])
    const listed = async (account: number) =>
      (await answerOf(linksView, 'links', scope, {}, account)).links.map((link) => link.id)
    expect(await listed(7)).toEqual([])
    expect((await ask(deleteLink, {}, { scope, account: 7, id })).status).toBe(404)
    const own = await ask(makeLink, { path: '/flows', title: 'of seven' }, { scope, account: 7 })
    expect(await listed(7)).toEqual([own.body.id])
    expect(await listed(8)).toEqual([])
    const all = (await answerOf(linksView, 'links')).links
    expect(all.find((link) => link.id === own.body.id)).toMatchObject({ account: 7, createdBy: 'person 7' })
    // All of a person at once.
    const ofSeven = (as: object) => remove(7, { scope, ...as })
    expect(await ofSeven({ account: 8 })).toBe(403)
    expect(await ofSeven({ account: 7 })).toBe(200)
    expect((await opened(own.body.token)).status).toBe(404)
    expect(await listed(7)).toEqual([])
    expect((await answerOf(linksView, 'links')).links.map((link) => link.id)).toContain(id)
  })

  it('that an older version kept is said to be unreadable, unless it only tells more', async () => {
    const { token, id } = await made(frozenMap)
    const { gzipSync, gunzipSync } = await import('node:zlib')
    const { rows } = await db.pool.query<{ body: Buffer; question: Buffer }>(
      `select body, question from frozen_answer where link_id = $1`,
      [id],
    )
    const map = rows.find(({ body }) => gunzipSync(body).includes('"hiddenNodes"'))
    const graph = JSON.parse(gunzipSync(map?.body ?? Buffer.alloc(0)).toString()) as Record<string, unknown>
    const keep = (value: object) =>
      db.pool.query('update frozen_answer set body = $3 where link_id = $1 and question = $2', [
        id,
        map?.question,
        gzipSync(JSON.stringify(value)),
      ])
    const url = `map?${range}&q=ns:shop&frozen=${token}`
    await keep({ ...graph, colour: 'red' })
    expect(await statusOf(mapView, url)).toBe(200)
    await keep({ ...graph, nodes: undefined })
    expect(await statusOf(mapView, url)).toBe(404)
  })
})

describe('the room for links', () => {
  it('is bounded: by hour, and by what a frozen one takes', async () => {
    await db.pool.query(
      `insert into link (token_hash, title, path, frozen, created_by, bytes) values ('\\x00', '', '/', true, 'x', 600e6)`,
    )
    expect(await ask(makeLink, frozenMap)).toMatchObject({ status: 409, body: { code: 'conflict' } })
    await db.pool.query(`delete from link where bytes = 600e6`)
    await db.pool.query(
      `insert into link (token_hash, title, path, frozen, created_by) select int4send(n), '', '/', false, 'x' from generate_series(1, 300) n`,
    )
    expect(await ask(makeLink, { path: '/' })).toMatchObject({ status: 429, body: { code: 'too_many' } })
  })
})
