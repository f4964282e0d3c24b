import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Account } from '@/core/access/account'
import type { Scope } from '@/core/scope'
import { deleteTeam } from '@/server/db/access/delete-team'
import { testDatabase } from '@/server/db/testing'
import { updateTeam } from '@/server/db/access/update-team'
import { writeGrant } from '@/server/db/access/write-grant'
import { writeTeam } from '@/server/db/access/write-team'
import { accessHub } from './access-hub'
import { ownDatabase } from './database'
import { announceAccess, forgetRights, loadRights, narrowed } from './rights'
import { loadTeamRules, loadTeams } from './teams'

const db = testDatabase()
const config = `
teams:
  - { name: payments, namespaces: [pay-eu, "east/pay-*"], viewers: [pay], editors: [pay-leads] }
  - { name: labelled, selector: "tier=core,!secret", viewers: [core] }
auth: { roles: { admin: [platform], viewer: [auditors] } }
`

beforeAll(async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'oriel-rights-')), 'oriel.yaml')
  writeFileSync(file, config)
  process.env.ORIEL_CONFIG = file
  process.env.ORIEL_DATABASE_URL = db.url
  await db.pool.query(`insert into endpoint (cluster, namespace, kind, name) values
    ('east', 'pay-us', 'Deployment', 'a'), ('west', 'pay-us', 'Deployment', 'a'), ('east', 'traffic-only', 'Deployment', 'a'), ('east', '', 'Node', 'n')`)
  const object = (labels: object) => JSON.stringify({ kind: 'Namespace', labels })
  await db.pool.query(
    `insert into inventory_object (cluster, kind, uid, namespace, name, valid_from, valid_to, object) values
     ('east', 'Namespace', 'u1', '', 'shop', now() - interval '2 days', now() - interval '1 day', $1),
     ('east', 'Namespace', 'u1', '', 'shop', now() - interval '1 day', null, $2),
     ('east', 'Namespace', 'u2', '', 'vault', now() - interval '2 days', null, $3),
     ('east', 'Namespace', 'u3', '', 'gone', now() - interval '2 days', now() - interval '1 day', $2)`,
    [object({ tier: 'edge' }), object({ tier: 'core' }), object({ tier: 'core', secret: 'yes' })],
  )
})
beforeEach(() => forgetRights())
afterAll(() => ownDatabase().end())

const person = (...groups: string[]): Account => ({ id: 1, issuer: 'https://idp', subject: 'a', name: 'A', groups })
const shown = (scope: Scope) => (scope.all ? 'all' : [...scope.pairs].sort())

describe('rights of the configuration file', () => {
  it.each<[string, readonly string[], string | readonly string[], string | readonly string[], boolean]>([
    ['nobody’s group', ['others'], [], [], false],
    ['no groups', [], [], [], false],
    [
      'a viewer, by names in known clusters and by globs',
      ['pay'],
      ['east/pay-eu', 'east/pay-us', 'west/pay-eu'],
      [],
      false,
    ],
    [
      'an editor',
      ['pay-leads'],
      ['east/pay-eu', 'east/pay-us', 'west/pay-eu'],
      ['east/pay-eu', 'east/pay-us', 'west/pay-eu'],
      false,
    ],
    ['by labels of now, also of what is gone', ['core'], ['east/gone', 'east/shop'], [], false],
    ['a viewer everywhere', ['auditors'], 'all', [], false],
    ['an administrator', ['platform', 'pay'], 'all', 'all', true],
    ['a group of the clusters themselves', ['system:masters'], [], [], false],
  ])('%s', async (_, groups, sees, edits, admin) => {
    const rights = await loadRights(person(...groups))
    expect([shown(rights.sees), shown(rights.edits), rights.admin]).toEqual([sees, edits, admin])
  })

  it('narrow to a team and never widen', async () => {
    const admin = await loadRights(person('platform'))
    expect(await narrowed(admin, 'labelled')).toMatchObject({ admin: false, teams: ['labelled'] })
    expect(shown((await narrowed(admin, 'labelled')).sees)).toEqual(['east/gone', 'east/shop'])
    expect(shown((await narrowed(await loadRights(person('pay')), 'labelled')).sees)).toEqual([])
    expect(shown((await narrowed(admin, 'no such team')).sees)).toEqual([])
  })
})

describe('rights of the database', () => {
  const team = { name: 'store', namespaces: [{ cluster: null, name: 'shop' }], viewers: ['shop'], editors: [] }

  it('stand beside those of the file, follow each change once it is told, and go with the team', async () => {
    const id = await writeTeam(db.pool, team, 'ada')
    await announceAccess()
    expect(shown((await loadRights(person('shop', 'core'))).sees)).toEqual(['east/gone', 'east/shop', 'west/shop'])
    expect((await loadTeams()).map(({ name, from }) => `${name} ${from}`)).toEqual([
      'payments file',
      'labelled file',
      'store database',
    ])
    const changed = { ...team, namespaces: [{ cluster: 'west', name: 'shop' }], editors: ['shop'] }
    expect(await updateTeam(db.pool, { id, version: 1 }, changed, 'ada')).toBe(true)
    expect(await updateTeam(db.pool, { id, version: 1 }, team, 'bob')).toBe(false)
    expect(shown((await loadRights(person('shop'))).edits)).toEqual([])
    await announceAccess()
    expect(shown((await loadRights(person('shop'))).edits)).toEqual(['west/shop'])
    expect(await deleteTeam(db.pool, id)).toBe(true)
    await announceAccess()
    expect(shown((await loadRights(person('shop'))).sees)).toEqual([])
  })

  it('give none by a team whose name the file has', async () => {
    const id = await writeTeam(db.pool, { ...team, name: 'Payments' }, 'ada')
    forgetRights()
    expect(shown((await loadRights(person('shop'))).sees)).toEqual([])
    await deleteTeam(db.pool, id)
  })

  it('of roles everywhere add to those of the file, and two who change them at once do not overwrite each other', async () => {
    expect(await writeGrant(db.pool, { role: 'editor', groups: ['ops'], version: 0 }, 'ada')).toBe(true)
    expect(await writeGrant(db.pool, { role: 'editor', groups: ['bob'], version: 0 }, 'bob')).toBe(false)
    expect(await writeGrant(db.pool, { role: 'viewer', groups: ['guests'], version: 0 }, 'ada')).toBe(true)
    forgetRights()
    expect(shown((await loadRights(person('ops'))).edits)).toBe('all')
    expect(shown((await loadRights(person('guests'))).sees)).toBe('all')
    expect(shown((await loadRights(person('auditors'))).sees)).toBe('all')
    expect(await writeGrant(db.pool, { role: 'editor', groups: [], version: 1 }, 'ada')).toBe(true)
    forgetRights()
    expect(shown((await loadRights(person('ops'))).sees)).toEqual([])
  })

  it('are forgotten when another process tells of a change', async () => {
    const hub = accessHub()
    const listening = async () =>
      (
        await db.pool.query(
          `select 1 from pg_stat_activity where query = 'listen oriel_access' and datname = current_database()`,
        )
      ).rows.length
    hub.subscribe(() => forgetRights())
    await vi.waitFor(async () => expect(await listening()).toBe(1), 5_000)
    expect(shown((await loadRights(person('late'))).sees)).toEqual([])
    const id = await writeTeam(db.pool, { ...team, name: 'late', viewers: ['late'] }, 'ada')
    await db.pool.query(`notify oriel_access`)
    await vi.waitFor(
      async () => expect(shown((await loadRights(person('late'))).sees)).toEqual(['east/shop', 'west/shop']),
      5_000,
    )
    await deleteTeam(db.pool, id)
    hub.close()
    await vi.waitFor(async () => expect(await listening()).toBe(0), 5_000)
  })
})

describe('teams on the map', () => {
  it('are named to who sees the whole of them', async () => {
    const all = await loadTeamRules({ all: true })
    expect(all.teams.map(({ name }) => name)).toEqual(['payments', 'labelled'])
    const within = await loadTeamRules({ all: false, pairs: new Set(['east/shop', 'east/gone', 'east/pay-us']) })
    expect(within.teams.map(({ name }) => name)).toEqual(['labelled'])
  })
})
