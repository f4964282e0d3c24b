import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '@/core/scope'
import { testDatabase } from '@/server/db/testing'
import { ownDatabase } from './database'
import { type KubeApi, noKubeApi, startKubeApi } from './kubernetes/testing-api'
import { consoleAccount, grant, mayReview, rule } from './kubernetes/testing-rbac'
import { forgetRights, loadRights } from './rights'

if (noKubeApi) console.log(`skipped: rights that come from a real API server (${noKubeApi})`)

const issuer = 'https://login.example'
const person = (subject: string, ...groups: string[]) => ({ id: 1, issuer, subject, name: subject, groups })
const alice = person('alice', 'team-a', 'system:masters')
const shown = (scope: Scope) => (scope.all ? 'all' : [...scope.pairs].sort())
const team = [{ kind: 'Group' as const, name: 'oidc:team-a' }]

describe.skipIf(noKubeApi !== '')('rights where Kubernetes decides', () => {
  const db = testDatabase()
  let api: KubeApi

  beforeAll(async () => {
    api = await startKubeApi()
    const file = join(mkdtempSync(join(tmpdir(), 'oriel-rights-')), 'config.json')
    const auth = {
      mode: 'kubernetes',
      providers: [{ id: 'main', issuer, clientId: 'oriel' }],
      roles: { admin: ['team-a'] },
    }
    const teams = [{ name: 'b', namespaces: ['team-b'], viewers: ['team-a'] }]
    writeFileSync(file, JSON.stringify({ auth, teams, kubernetes: { kubeconfig: api.kubeconfig, context: 'console' } }))
    process.env.ORIEL_CONFIG = file
    process.env.ORIEL_DATABASE_URL = db.url
    await db.pool.query(
      `insert into inventory_object (cluster, kind, uid, namespace, name, valid_from, object)
       select cluster, 'Namespace', cluster || name, '', name, now() - interval '1 day', '{"kind":"Namespace","labels":{}}'
       from (values ('test', 'team-a'), ('test', 'team-b'), ('far', 'team-a')) as known (cluster, name)`,
    )
    await db.pool.query(
      `insert into endpoint (cluster, namespace, kind, name) values ('test', 'team-a/../x', 'Deployment', 'a')`,
    )
    for (const name of ['team-a', 'team-b']) await api.send('POST', '/api/v1/namespaces', { metadata: { name } })
    await grant(api, '', 'oriel-asks', [mayReview], [consoleAccount])
  }, 60_000)
  afterAll(async () => {
    await ownDatabase().end()
    await api?.stop()
  })

  it('are those of the clusters, whatever teams and roles say, and each cluster’s own', async () => {
    await grant(api, 'team-a', 'oriel', [rule('flows', 'get')], team)
    await expect
      .poll(async () => shown((await loadRights(alice)).sees), { timeout: 30_000, interval: 500 })
      .toEqual(['test/team-a'])
    expect(await loadRights(alice)).toMatchObject({
      admin: false,
      edits: { all: false, pairs: new Set() },
      teams: [],
      unknown: [{ cluster: 'far', why: expect.stringContaining('can ask the API server of “test” alone') }],
    })
  })

  it('end within a minute when their grant is revoked', async () => {
    const { revoke } = await grant(api, 'team-b', 'oriel', [rule('flows', 'get')], team)
    const seen = async () => shown((await loadRights(alice)).sees)
    await expect.poll(seen, { timeout: 60_000, interval: 500 }).toContain('test/team-b')
    await revoke()
    const revoked = Date.now()
    await expect.poll(seen, { timeout: 60_000, interval: 500 }).not.toContain('test/team-b')
    expect(Date.now() - revoked).toBeLessThan(60_000)
  })

  it('are not known for who has a name of the cluster itself, and nothing for who has none', async () => {
    const stranger = await loadRights(person('system:admin'))
    expect(shown(stranger.sees)).toEqual([])
    expect(stranger.unknown).toMatchObject([{ cluster: 'test' }, { cluster: 'far' }])
    expect(await loadRights({ ...alice, issuer: 'https://gone.example' })).toMatchObject({
      unknown: [{ cluster: 'test', why: expect.stringContaining('Log in again') }, { cluster: 'far' }],
    })
    const nobody = await loadRights(person('nobody'))
    expect([shown(nobody.sees), nobody.unknown]).toMatchObject([[], [{ cluster: 'far' }]])
  })

  it('are everything where every cluster says so', async () => {
    await db.pool.query(`delete from inventory_object where cluster = 'far'`)
    forgetRights()
    const all = [rule('flows', 'get'), rule('policies', 'update'), rule('settings', 'update')]
    await grant(api, '', 'oriel-all', all, [{ kind: 'User', name: 'oidc:root' }])
    await expect
      .poll(() => loadRights(person('root')), { timeout: 30_000, interval: 500 })
      .toEqual({ admin: true, sees: { all: true }, edits: { all: true }, teams: null })
  })

  it('are not known once its kubeconfig is gone', async () => {
    await api.stop()
    await expect
      .poll(() => loadRights(person('late', 'team-a')), { timeout: 10_000 })
      .toMatchObject({
        sees: { all: false },
        unknown: [{ cluster: 'test', why: expect.stringContaining('Cannot read the kubeconfig') }],
      })
  })
})
