import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { everything, scopeOf } from '@/core/scope'
import { changeRoute, route } from '@/server/http'
import { forgetRights } from '@/server/rights'
import { askerWith } from '@/server/testing-asker'
import { teamMatchesView } from '@/server/views/team-matches'
import { teamsView } from '@/server/views/teams'
import { answerOf, get, viewDatabase } from '@/server/views/testing'
import { changeRole } from './change-role'
import { changeTeam } from './change-team'
import { createTeam } from './create-team'
import { deleteTeam } from './delete-team'
import { ask } from './testing'

const db = viewDatabase()

beforeAll(async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'oriel-teams-')), 'oriel.yaml')
  writeFileSync(
    file,
    'teams: [{ name: payments, namespaces: ["pay-*"], viewers: [pay] }]\nauth: { roles: { admin: [platform] } }\n',
  )
  process.env.ORIEL_CONFIG = file
  await db.pool.query(`insert into endpoint (cluster, namespace, kind, name) values
    ('east', 'pay-eu', 'Deployment', 'a'), ('east', 'shop', 'Deployment', 'a')`)
  const labels = JSON.stringify({ kind: 'Namespace', labels: { team: 'store' } })
  await db.pool.query(
    `insert into inventory_object (cluster, kind, uid, namespace, name, valid_from, object) values
     ('east', 'Namespace', 'u1', '', 'shop', now(), $1)`,
    [labels],
  )
})
beforeEach(() => forgetRights())

const content = { name: 'core', namespaces: [{ cluster: null, name: 'shop' }], viewers: ['shop'], editors: [] }
const teamsOf = async (scope = everything) => (await answerOf(teamsView, 'teams', scope)).teams
const shop = { cluster: 'east', namespace: 'shop' }

describe('a team', () => {
  it('is made, changed by who saw it last, and deleted', async () => {
    const { status, body } = await ask(createTeam, content)
    expect(status).toBe(200)
    expect(await teamsOf()).toEqual([
      expect.objectContaining({ name: 'core', id: body.id, version: 1, from: 'database', namespaces: [shop] }),
      expect.objectContaining({ name: 'payments', id: null, from: 'file', changed: null }),
    ])
    const changed = { ...content, name: 'centre', version: 1 }
    expect((await ask(changeTeam, changed, { id: body.id })).status).toBe(200)
    const late = await ask(changeTeam, changed, { id: body.id })
    expect([late.status, late.body.detail]).toEqual([409, expect.stringContaining('Somebody changed')])
    expect((await ask(deleteTeam, {}, { id: body.id })).status).toBe(200)
    expect((await ask(deleteTeam, {}, { id: body.id })).status).toBe(404)
    expect((await teamsOf()).map(({ name }) => name)).toEqual(['payments'])
  })

  it.each<[string, object, number, RegExp]>([
    ['a name of the file', { name: 'Payments' }, 409, /configuration file has a team/],
    ['a name that separates', { name: 'a/b' }, 400, /without commas, bars and slashes/],
    ['no name', { name: ' \u202e ' }, 400, /name/],
    ['a group of the clusters', { viewers: ['System:masters'] }, 400, /clusters’ own/],
    ['an invisible group', { editors: ['shop\u200b'] }, 400, /name of a group/],
    ['a selector that cannot be read', { namespaces: [{ cluster: null, selector: 'a in (' }] }, 400, /no condition/],
    ['an empty selector', { namespaces: [{ cluster: null, selector: '' }] }, 400, /Write a label/],
    ['a name that is a dash', { namespaces: [{ cluster: null, name: '-' }] }, 400, /small letters/],
    ['a list without values', { namespaces: [{ cluster: null, selector: 'a in ()' }] }, 400, /lists no value/],
    ['a name that no namespace has', { namespaces: [{ cluster: null, name: 'a/b' }] }, 400, /small letters/],
  ])('may not have %s', async (_, part, status, words) => {
    const answer = await ask(createTeam, { ...content, ...part })
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringMatching(words)])
  })

  it('keeps its name for itself, however it is written', async () => {
    const { body } = await ask(createTeam, content)
    expect((await ask(createTeam, { ...content, name: 'CORE' })).status).toBe(409)
    const alike = await ask(createTeam, { ...content, name: '\uff23ore' })
    expect([alike.status, alike.body.detail]).toEqual([
      409,
      expect.stringContaining('looks like that of the team “core”'),
    ])
    const other = await ask(createTeam, { ...content, name: 'else' })
    const rename = (name: string) => ask(changeTeam, { ...content, name, version: 1 }, { id: other.body.id })
    expect((await rename('c\u043ere')).body.detail).toMatch(/letters of one script/)
    expect((await rename('core\u3164')).status).toBe(409)
    expect((await rename('Else')).status).toBe(200)
    await ask(deleteTeam, {}, { id: other.body.id })
    await ask(deleteTeam, {}, { id: body.id })
  })

  it('of labels alone is told until it has rules', async () => {
    const labelled = async () => (await answerOf(teamsView, 'teams')).labelled
    expect(await labelled()).toEqual([{ name: 'store', label: 'team=store', namespaces: [shop] }])
    const { body } = await ask(createTeam, {
      ...content,
      name: 'store',
      namespaces: [{ cluster: null, selector: 'team=store' }],
    })
    expect(await labelled()).toEqual([])
    expect((await teamsOf())[1]).toMatchObject({ name: 'store', namespaces: [shop] })
    await ask(deleteTeam, {}, { id: body.id })
  })

  it('tells before it is saved what it would have and lose', async () => {
    const rules = encodeURIComponent(JSON.stringify([{ cluster: null, name: 'sh*' }]))
    const path = `teams/matches?team=payments&rules=${rules}`
    const pay = { cluster: 'east', namespace: 'pay-eu' }
    const allKnown = { unknownNames: [], unknownClusters: [] }
    expect(await answerOf(teamMatchesView, path)).toEqual({
      namespaces: [shop],
      added: [shop],
      lost: [pay],
      ...allKnown,
    })
    expect(await answerOf(teamMatchesView, path, scopeOf([['east', 'pay-eu']]))).toEqual({
      namespaces: [],
      added: [],
      lost: [pay],
      ...allKnown,
    })
  })

  it('tells what nothing is known of, and to nobody what lies beyond their scope', async () => {
    const rules = [
      { cluster: null, name: 'shpo' },
      { cluster: 'north', name: 'shop' },
      { cluster: null, name: 'pay-eu' },
    ]
    const path = `teams/matches?rules=${encodeURIComponent(JSON.stringify(rules))}`
    const pay = { cluster: 'east', namespace: 'pay-eu' }
    expect(await answerOf(teamMatchesView, path)).toMatchObject({
      namespaces: [pay],
      unknownNames: [rules[0]],
      unknownClusters: ['north'],
    })
    expect(await answerOf(teamMatchesView, path, scopeOf([['east', 'shop']]))).toMatchObject({
      namespaces: [],
      unknownNames: [rules[0], rules[2]],
      unknownClusters: ['north'],
    })
    const { body } = await ask(createTeam, { ...content, namespaces: rules })
    expect((await teamsOf()).find(({ name }) => name === 'core')?.namespaces).toEqual([pay])
    await ask(deleteTeam, {}, { id: body.id })
  })
})

describe('roles everywhere', () => {
  const rowOf = async (role: string) => (await answerOf(teamsView, 'teams')).roles.find((row) => row.role === role)
  /** As somebody of a login provider. */
  const asOf = async (groups: readonly string[], body: object) => {
    const asker = { ...askerWith(), account: { id: 9, issuer: 'https://idp', subject: 's', name: 'bob', groups } }
    const request = new Request('http://localhost:3000/api/v1/roles/admin', {
      method: 'PUT',
      headers: { host: 'localhost:3000', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const admit = async () => ({ asker, cookie: null })
    const response = await changeRoute(changeRole, admit)(request, { params: Promise.resolve({ role: 'admin' }) })
    return { status: response.status, detail: String(((await response.json()) as { detail?: string }).detail) }
  }

  it('are changed by who saw them last, and nobody locks themselves out without saying so', async () => {
    expect(await rowOf('admin')).toEqual({ role: 'admin', fromFile: ['platform'], groups: [], version: 0 })
    expect((await asOf(['bobs'], { version: 0, groups: ['bobs'] })).status).toBe(200)
    expect((await asOf(['bobs'], { version: 0, groups: ['bobs', 'more'] })).status).toBe(409)
    const refused = await asOf(['bobs'], { version: 1, groups: [] })
    expect(refused).toEqual({ status: 409, detail: expect.stringContaining('You would no longer be an administrator') })
    expect((await rowOf('admin'))?.groups).toEqual(['bobs'])
    expect((await asOf(['bobs'], { version: 1, groups: [], confirmed: true })).status).toBe(200)
    expect(await rowOf('admin')).toMatchObject({ groups: [], version: 2 })
  })
})

describe('who may', () => {
  const bodies = { version: 1, groups: ['x'], ...content }
  const changes = [createTeam, changeTeam, deleteTeam, changeRole] as const
  const scope = scopeOf([['east', 'shop']])

  test.each(changes.map((each) => [each.name, each] as const))('%s: administrators alone', async (_, each) => {
    for (const rights of [{}, { sees: everything }, { sees: everything, edits: everything, teams: null }]) {
      const asker = askerWith(scope, rights)
      const request = new Request(`http://localhost:3000/api/v1/${each.path}`, {
        method: each.method,
        headers: { host: 'localhost:3000', 'content-type': 'application/json' },
        body: each.method === 'DELETE' ? undefined : JSON.stringify(pick(each.name, bodies)),
      })
      const params = each.name === 'changeRole' ? { role: 'admin' } : each.name === 'createTeam' ? {} : { id: '1' }
      const run = changeRoute<never, unknown>(each as never, async () => ({ asker, cookie: null }))
      expect((await run(request, { params: Promise.resolve(params) })).status).toBe(403)
    }
  })

  it('sees teams: one’s own alone, and no roles or groups of others', async () => {
    const { body } = await ask(createTeam, content)
    const asker = askerWith(scope, { teams: ['core'] })
    const response = await route(teamsView, async () => ({ asker, cookie: null }))(get('teams'))
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({
      mayChange: false,
      roles: [],
      labelled: [],
      knownGroups: [],
      missingWall: null,
      clusters: ['east'],
      teams: [{ name: 'core', namespaces: [shop] }],
    })
    for (const foreign of ['payments', 'pay', 'platform', 'store']) expect(text).not.toContain(`"${foreign}`)
    await ask(deleteTeam, {}, { id: body.id })
  })

  it('is told that row security is missing to administrators, with what mends it, and to nobody else', async () => {
    const told = async (admin: boolean) => {
      const asker = askerWith(everything, { admin })
      const response = await route(teamsView, async () => ({ asker, cookie: null }))(get('teams'))
      const { missingWall }: { missingWall: unknown } = await response.json()
      return missingWall
    }
    expect(await told(true)).toBeNull()
    await db.pool.query('alter schema oriel_wall rename to elsewhere')
    try {
      expect([await told(true), await told(false)]).toEqual([[], null])
    } finally {
      await db.pool.query('alter schema elsewhere rename to oriel_wall')
    }
  })
})

function pick(name: string, { version, groups, ...team }: { version: number; groups: string[] } & typeof content) {
  if (name === 'changeRole') return { version, groups }
  return name === 'createTeam' ? team : { version, ...team }
}
