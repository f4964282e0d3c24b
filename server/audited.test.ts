import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { auditActions, isAuditAction } from '@/core/audit/actions'
import { change } from './change'
import { changes } from './changes/all'
import { AppError } from './errors'
import { changeRoute, streamRoute } from './http'
import { admits } from './testing-asker'
import { streams } from './views/all'
import { auditExportStream } from './views/audit-export'
import { get, viewDatabase } from './views/testing'

const db = viewDatabase()
const canary = 'c4n4ryc4n4ryc4n4ry'

const rename = change({
  name: 'rename',
  method: 'PUT',
  path: 'test/{id}',
  summary: '',
  audit: 'view.changed',
  input: z.strictObject({ id: z.string(), name: z.string(), password: z.string().optional() }),
  answer: z.strictObject({ id: z.string() }),
  run: async ({ id, name, password }, { note }) => {
    note({ target: `view ${id}`, before: { name: 'cart', path: '/' }, after: { name, path: '/', password } })
    if (name === 'forbidden') throw new AppError('forbidden', 'This is not yours.')
    if (name === 'taken') throw new AppError('conflict', 'There is one already.')
    if (name === 'broken') throw new Error(`connect with postgres://oriel:${canary}@db`)
    if (name === 'tried') note({ action: 'policy.tried', result: 'failed', reason: 'The API server would refuse.' })
    return { id }
  },
})

const put = (name: string, known = admits()) =>
  changeRoute(rename, known)(
    new Request('http://localhost:3000/api/v1/test/7', {
      method: 'PUT',
      headers: {
        host: 'localhost:3000',
        'content-type': 'application/json',
        'x-oriel-peer': '10.0.0.9',
        'user-agent': 'Chromium \u001b[31m',
        cookie: `__Host-oriel=${canary}`,
        authorization: `Bearer oriel_${canary}`,
      },
      body: JSON.stringify({ name, password: canary }),
    }),
    { params: Promise.resolve({ id: '7' }) },
  )

const rows = async () => (await db.pool.query('select * from audit_event order by id')).rows

beforeEach(async () => {
  await db.pool.query('alter table audit_event disable trigger user')
  await db.pool.query('truncate audit_event')
  await db.pool.query('alter table audit_event enable trigger user')
})

describe('a change', () => {
  it('is audited with who, what, from where and what differs', async () => {
    const response = await put('basket')
    expect(await rows()).toMatchObject([
      {
        account_id: 1,
        account_name: 'ada',
        means: 'session',
        means_id: 1,
        action: 'view.changed',
        target: 'view 7',
        before: { name: 'cart' },
        after: { name: 'basket' },
        result: 'done',
        reason: '',
        request_id: response.headers.get('x-request-id'),
        address: '10.0.0.9',
        agent: 'Chromium',
      },
    ])
  })

  it.each([
    ['forbidden', 403, { result: 'refused', reason: 'This is not yours.' }],
    ['taken', 409, { result: 'failed', reason: 'There is one already.' }],
    ['broken', 500, { result: 'failed', reason: 'Oriel failed; the log has the cause under this request.' }],
    ['tried', 200, { action: 'policy.tried', result: 'failed', reason: 'The API server would refuse.' }],
  ])('that ends as %s is audited so', async (name, status, expected) => {
    expect((await put(name)).status).toBe(status)
    expect(await rows()).toMatchObject([{ target: 'view 7', ...expected }])
  })

  it.each(['basket', 'broken'])('leaves no secret of its request in the audit: %s', async (name) => {
    await put(name)
    expect(JSON.stringify(await rows())).not.toContain(canary)
  })

  it('of somebody unknown is not in the audit, which anybody could fill', async () => {
    const nobody = async () => {
      throw new AppError('unauthenticated', 'Nobody is logged in here.')
    }
    expect((await put('basket', nobody)).status).toBe(401)
    expect(await rows()).toEqual([])
  })
})

describe('a change that is made together with its entry', () => {
  const keep = change({
    ...rename,
    run: async ({ id, name }, { note, together }) =>
      together(async (connection) => {
        await connection.query('insert into setting (key, value) values ($1, $2)', [id, JSON.stringify(name)])
        note({ target: name })
        if (name === 'forbidden') throw new AppError('forbidden', 'This is not yours.')
        return { id }
      }),
  })
  const ask = (name: string) =>
    changeRoute(keep, admits())(
      new Request('http://localhost:3000/api/v1/test/7', {
        method: 'PUT',
        headers: { host: 'localhost:3000', 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      }),
      { params: Promise.resolve({ id: '7' }) },
    )
  const kept = async () => (await db.pool.query(`select value from setting where key = '7'`)).rows

  it('stands with it, once', async () => {
    expect((await ask('cart')).status).toBe(200)
    expect(await kept()).toEqual([{ value: 'cart' }])
    expect(await rows()).toMatchObject([{ target: 'cart', result: 'done' }])
    await db.pool.query(`delete from setting where key = '7'`)
  })

  it('is undone where it fails, and that is told', async () => {
    expect((await ask('forbidden')).status).toBe(403)
    expect(await kept()).toEqual([])
    expect(await rows()).toMatchObject([{ target: 'forbidden', result: 'refused' }])
  })

  it('is undone where its entry cannot be written', async () => {
    await db.pool.query(`alter table audit_event add constraint full_up check (result <> 'done') not valid`)
    expect((await ask('cart')).status).toBe(500)
    await db.pool.query('alter table audit_event drop constraint full_up')
    expect(await kept()).toEqual([])
    expect(await rows()).toMatchObject([{ target: 'cart', result: 'failed' }])
  })
})

it('an export is audited with what was asked for', async () => {
  const response = await streamRoute(auditExportStream, admits())(get('audit/export?format=jsonl&action=team'))
  await response.text()
  expect(await rows()).toMatchObject([{ action: 'audit.exported', after: { format: 'jsonl', action: 'team' } }])
})

describe('everything that callers change or export', () => {
  it.each([...changes, ...streams].map(({ name, audit }) => [name, audit]))(
    '%s is called something in the audit',
    (_, audit) => {
      expect(isAuditAction(audit)).toBe(true)
    },
  )

  const folder = fileURLToPath(new URL('changes/', import.meta.url))
  const files = readdirSync(folder).filter((name) => /\bchange\(\{/.test(readFileSync(folder + name, 'utf8')))

  it.each(files)('%s tells the audit what it changed', (name) => {
    expect(readFileSync(folder + name, 'utf8')).toMatch(/\bnote\(/)
  })

  it('has an action that something tells, and no action is told by nothing', () => {
    const root = fileURLToPath(new URL('..', import.meta.url))
    const sources = ['server', 'bin']
      .flatMap((room) =>
        readdirSync(`${root}${room}`, { recursive: true, encoding: 'utf8' }).map((name) => `${room}/${name}`),
      )
      .filter((name) => /(?<!\.test)\.ts$/.test(name) && !name.includes('generated'))
      .map((name) => readFileSync(root + name, 'utf8'))
      .join('')
    expect(Object.keys(auditActions).filter((action) => !sources.includes(`'${action}'`))).toEqual([])
  })

  it('is found by this test', () => {
    expect(files.length).toBeGreaterThanOrEqual(changes.length)
  })
})
