import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Asker } from '@/core/access/asker'
import { noRights, type Rights } from '@/core/access/rights'
import { everything } from '@/core/scope'
import { apiToken } from '@/server/api-token'
import { askerOfApiToken } from '@/server/auth/api-tokens'
import type { Change } from '@/server/change'
import { deleteTeam } from '@/server/db/access/delete-team'
import { writeAccount } from '@/server/db/access/write-account'
import { writeSession } from '@/server/db/access/write-session'
import { writeTeam } from '@/server/db/access/write-team'
import { changeRoute, route } from '@/server/http'
import { hashOf } from '@/server/link-token'
import { forgetRights } from '@/server/rights'
import { askerWith } from '@/server/testing-asker'
import { meView } from '@/server/views/me'
import { membersView } from '@/server/views/members'
import { auditView } from '@/server/views/audit'
import { sessionsView } from '@/server/views/sessions'
import { get, viewDatabase } from '@/server/views/testing'
import { tokensView } from '@/server/views/tokens'
import type { View } from '@/server/view'
import type { z } from 'zod'
import { createToken } from './create-token'
import { endMemberSessions } from './end-member-sessions'
import { endOtherSessions } from './end-other-sessions'
import { endSession } from './end-session'
import { revokeToken } from './revoke-token'

const db = viewDatabase()
const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0'
const day = 86_400_000
let alice = 0
let bob = 0
let teamId = 0

beforeAll(async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'oriel-people-')), 'oriel.yaml')
  writeFileSync(file, 'auth: { providers: [{ id: corp, issuer: "https://idp", clientId: oriel }] }\n')
  process.env.ORIEL_CONFIG = file
  const identity = (subject: string, groups: string[]) => ({
    issuer: 'https://idp',
    subject,
    name: subject,
    email: null,
    groups,
  })
  alice = await writeAccount(db.pool, identity('alice', ['shop']))
  bob = await writeAccount(db.pool, identity('bob', ['nobodys']))
  teamId = await writeTeam(
    db.pool,
    { name: 'store', namespaces: [{ cluster: 'east', name: 'shop' }], viewers: [], editors: ['shop'] },
    'ada',
  )
})
afterAll(() => deleteTeam(db.pool, teamId))
beforeEach(async () => {
  forgetRights()
  await db.pool.query('delete from session')
  await db.pool.query('delete from api_token')
})

const newSession = (account: number, tokenHash = hashOf(String(Math.random()))) =>
  writeSession(db.pool, {
    tokenHash,
    account,
    provider: 'corp',
    providerSession: null,
    endsAt: Date.now() + day,
    address: '192.0.2.7',
    agent,
  })

const shop = { all: false, pairs: new Set(['east/shop']) } as const
const editor: Rights = { admin: false, sees: shop, edits: shop, teams: ['store'] }
const as = (account: number, rights: Rights, by: Asker['by']): Asker => ({
  account: { id: account, issuer: 'https://idp', subject: 'x', name: 'x', groups: [] },
  rights,
  by,
  viewAs: null,
})

async function does<I extends z.ZodType, A>(asker: Asker, change: Change<I, A>, body: object, id?: number) {
  const request = new Request(`http://localhost:3000/api/v1/${change.path}`, {
    method: change.method,
    headers: { host: 'localhost:3000', 'content-type': 'application/json' },
    body: change.method === 'DELETE' ? undefined : JSON.stringify(body),
  })
  const params = Promise.resolve(id === undefined ? {} : { id: String(id) })
  const response = await changeRoute(change, async () => ({ asker, cookie: null }))(request, { params })
  return { status: response.status, body: (await response.json()) as A & { detail: string } }
}

async function sees<P extends z.ZodType, Q, L, A>(asker: Asker, view: View<P, Q, L, A>): Promise<A> {
  const response = await route(view, async () => ({ asker, cookie: null }))(get(view.path))
  expect(response.status).toBe(200)
  return view.answer.parse(await response.json())
}

const admin = () => as(alice, { admin: true, sees: everything, edits: everything, teams: null }, { session: 1 })

describe('a token', () => {
  const make = (asker: Asker, part: object = {}) =>
    does(asker, createToken, { name: 'ci', role: 'editor', teams: null, days: 7, ...part })
  const bearer = (token: string) => askerOfApiToken(`Bearer ${token}`)

  it('is told once, kept as a hash, and known by what was told', async () => {
    const { body } = await make(as(alice, editor, { session: 1 }))
    expect(body.token).toMatch(/^oriel_\d+_[0-9A-Za-z]{44}$/)
    const { rows } = await db.pool.query<{ text: string }>('select t::text as text from api_token t')
    expect(rows[0]?.text).not.toContain(body.token.split('_')[2])
    expect(await bearer(body.token)).toMatchObject({
      account: { id: alice },
      by: { token: body.id, limited: false },
      viewAs: null,
    })
    const [listed] = (await sees(as(alice, editor, { session: 1 }), tokensView)).tokens
    expect(listed).toMatchObject({ name: 'ci', role: 'editor', own: true, usedAt: expect.any(Number), resting: false })
    await bearer(body.token)
    const used = await db.pool.query(
      `select means_id as id, account_id as account from audit_event where action = 'token.used'`,
    )
    expect(used.rows, 'only its first use is in the audit').toEqual([{ id: body.id, account: alice }])
  })

  it.each(['', 'nothing', 'Bearer nothing', 'Bearer oriel_1_', `Bearer oriel_1_${'a'.repeat(44)}`, 'Basic YTpi'])(
    'is not %j',
    async (header) => {
      expect(await askerOfApiToken(header)).toBeNull()
    },
  )

  it('is not another one with its secret, nor itself changed, revoked or past its time', async () => {
    const [one, other] = [(await make(admin())).body, (await make(admin())).body]
    const secret = one.token.split('_')[2] ?? ''
    expect(await bearer(apiToken(other.id, secret))).toBeNull()
    expect(await bearer(apiToken(one.id, `${secret.slice(0, -1)}${secret.endsWith('a') ? 'b' : 'a'}`))).toBeNull()
    expect(await bearer(`oriel_99999999999_${secret}`)).toBeNull()
    await db.pool.query(`update api_token set ends_at = now() - interval '1 second' where id = $1`, [other.id])
    expect(await bearer(other.token)).toBeNull()
    expect((await does(admin(), revokeToken, {}, one.id)).status).toBe(200)
    expect(await bearer(one.token)).toBeNull()
  })

  it('may what its owner may at that moment and no more than it was made for', async () => {
    const { body } = await make(as(alice, editor, { session: 1 }))
    const small = await make(as(alice, editor, { session: 1 }), { role: 'viewer', teams: ['store'] })
    expect((await bearer(body.token))?.rights).toEqual(editor)
    expect((await bearer(small.body.token))?.rights).toEqual({ ...editor, edits: noRights.edits })
    await db.pool.query(`update account set groups = '{}' where id = $1`, [alice])
    expect((await bearer(body.token))?.rights.sees).toEqual(noRights.sees)
    await db.pool.query(`update account set groups = '{shop}' where id = $1`, [alice])
  })

  it('rests when its owner has not logged in for longer than a session lasts', async () => {
    const { body } = await make(as(alice, editor, { session: 1 }))
    await db.pool.query(`update account set seen_at = now() - interval '31 days' where id = $1`, [alice])
    expect(await bearer(body.token)).toBeNull()
    expect((await sees(as(alice, editor, { session: 1 }), tokensView)).tokens[0]?.resting).toBe(true)
    await db.pool.query(`update account set seen_at = now() where id = $1`, [alice])
    expect(await bearer(body.token)).not.toBeNull()
  })

  it.each<[string, () => Asker, object, number, RegExp]>([
    ['by a token', () => as(alice, editor, { token: 1, limited: false }), {}, 403, /A token may not/],
    ['of a greater role', () => as(alice, editor, { session: 1 }), { role: 'admin' }, 403, /no administrator/],
    ['of another team', () => as(alice, editor, { session: 1 }), { teams: ['money'] }, 403, /none of yours/],
    ['by who has no role', () => as(bob, noRights, { session: 1 }), { role: 'viewer' }, 403, /no role/],
    ['for more than a year', admin, { days: 366 }, 400, /at most a year/],
    ['of no team', admin, { teams: [] }, 400, /name a team/],
  ])('is not made %s', async (_, asker, part, status, words) => {
    const answer = await make(asker(), part)
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringMatching(words)])
  })

  it('of some teams has none of what is its owner’s', async () => {
    const { body } = await make(as(alice, editor, { session: 1 }))
    const limited = as(alice, editor, { token: body.id, limited: true })
    expect((await sees(limited, tokensView)).tokens).toEqual([])
    expect(await sees(limited, sessionsView)).toEqual([])
    expect((await sees(limited, auditView)).entries).toEqual([])
    expect((await sees(as(alice, editor, { token: body.id, limited: false }), tokensView)).tokens).toHaveLength(1)
  })

  it('is not made while one looks on as a team: it would reach further', async () => {
    const answer = await make({ ...admin(), viewAs: 'shop' })
    expect([answer.status, answer.body.detail]).toEqual([403, expect.stringMatching(/look on as the team shop/)])
  })

  it('of somebody else is there for administrators alone', async () => {
    const { body } = await make(admin())
    const stranger = as(bob, editor, { session: 1 })
    expect((await sees(stranger, tokensView)).tokens).toEqual([])
    expect((await does(stranger, revokeToken, {}, body.id)).status).toBe(404)
    expect((await does(as(alice, editor, { token: body.id, limited: false }), revokeToken, {}, body.id)).status).toBe(
      403,
    )
    const other = await make(as(bob, editor, { session: 1 }))
    expect((await sees(admin(), tokensView)).tokens.map(({ own }) => own)).toEqual([false, true])
    expect((await does(admin(), revokeToken, {}, other.body.id)).status).toBe(200)
  })
})

describe('sessions', () => {
  it('are one’s own, of which this one is marked, and can be ended', async () => {
    const [here, there] = [await newSession(alice), await newSession(alice)]
    const foreign = await newSession(bob)
    const asker = as(alice, editor, { session: here })
    const listed = await sees(asker, sessionsView)
    expect(listed.map(({ id }) => id).sort()).toEqual([here, there].sort())
    expect(listed.find(({ id }) => id === here)).toMatchObject({ current: true, own: true, device: 'Firefox on Linux' })
    expect((await does(asker, endSession, {}, foreign)).status).toBe(404)
    expect((await does(asker, endSession, {}, there)).status).toBe(200)
    expect((await does(asker, endSession, {}, there)).status).toBe(404)
    await newSession(alice)
    expect((await does(asker, endOtherSessions, {})).body.ended).toBe(1)
    expect((await sees(asker, sessionsView)).map(({ id }) => id)).toEqual([here])
    const { rows } = await db.pool.query('select id from session where account_id = $1', [bob])
    expect(rows).toEqual([{ id: foreign }])
  })

  it('of everybody are there for administrators, who end them, but not for their tokens', async () => {
    const [first, second] = [await newSession(bob), await newSession(bob)]
    expect((await sees(admin(), sessionsView)).map(({ own }) => own)).toEqual([false, false])
    const token = { ...admin(), by: { token: 1, limited: false } }
    expect((await does(token, endSession, {}, first)).status).toBe(403)
    expect((await does(token, endMemberSessions, {}, bob)).status).toBe(403)
    expect((await does(admin(), endSession, {}, first)).status).toBe(200)
    expect((await does(admin(), endMemberSessions, {}, bob)).body.ended).toBe(1)
    expect((await does(admin(), endMemberSessions, {}, 99_999)).status).toBe(404)
    expect((await does(as(alice, editor, { session: 1 }), endMemberSessions, {}, bob)).status).toBe(403)
    expect(second).toBeGreaterThan(first)
  })
})

describe('members', () => {
  it('are listed with which group gave which role', async () => {
    await newSession(alice)
    const members = await sees(admin(), membersView)
    expect(members.find(({ id }) => id === alice)).toMatchObject({
      name: 'alice',
      provider: 'corp',
      groups: ['shop'],
      admin: false,
      sessions: 1,
      reasons: [{ role: 'editor', team: 'store', groups: ['shop'] }],
    })
    expect(members.find(({ id }) => id === bob)).toMatchObject({ reasons: [], sessions: 0, provider: 'corp' })
  })

  it('are nobody’s but administrators’ to see', async () => {
    const asker = as(bob, { ...editor, sees: everything, edits: everything, teams: null }, { session: 1 })
    const response = await route(membersView, async () => ({ asker, cookie: null }))(get('members'))
    expect(response.status).toBe(403)
  })
})

it('tells who one is and what one may', async () => {
  expect(await sees(askerWith(), meView)).toMatchObject({ name: 'ada', local: true, admin: true, sees: 'everything' })
  expect(await sees(as(alice, editor, { token: 3, limited: false }), meView)).toMatchObject({
    sees: 'teams',
    edits: 'teams',
    by: 'token',
  })
  expect(await sees(as(bob, noRights, { session: 1 }), meView)).toMatchObject({ sees: 'nothing', teams: [] })
})
