import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClusterAccess } from '@/core/access/cluster-rights'
import { loadKubernetes } from './client'
import { reviewAccessOf } from './review-access'
import { type KubeApi, noKubeApi, startKubeApi } from './testing-api'
import { consoleAccount, grant, mayReview, rule } from './testing-rbac'

const namespaces = ['team-a', 'team-b', 'shared', 'empty']
const alice = { user: 'oidc:alice', groups: ['oidc:team-a'] }
const bob = { user: 'oidc:bob', groups: ['oidc:team-b'] }
const group = (name: string) => [{ kind: 'Group' as const, name }]

if (noKubeApi) console.log(`skipped: what a real API server says of people (${noKubeApi})`)

describe.skipIf(noKubeApi !== '')('what a cluster says of somebody', () => {
  let api: KubeApi
  const review = (person = alice, context = 'console'): Promise<ClusterAccess> =>
    reviewAccessOf(loadKubernetes({ kubeconfig: api.kubeconfig, context }), person, namespaces)
  /** RBAC is eventually consistent: what was granted or revoked counts a moment later. */
  const soon = (person: typeof alice, access: object) =>
    expect.poll(() => review(person), { timeout: 10_000, interval: 50 }).toMatchObject(access)

  beforeAll(async () => {
    api = await startKubeApi()
    for (const name of namespaces) await api.send('POST', '/api/v1/namespaces', { metadata: { name } })
  }, 60_000)
  afterAll(() => api?.stop())

  it('is not asked by an account that may not, which says what to grant', async () => {
    await expect(review()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/\(403\)\. Bind a ClusterRole .*"subjectaccessreviews"/s),
    })
    await grant(api, '', 'oriel-review', [mayReview], [consoleAccount])
    await soon(alice, { admin: false, sees: new Set(), edits: new Set() })
  })

  it('is of each namespace by its own roles', async () => {
    await grant(api, 'team-a', 'oriel', [rule('flows', 'get'), rule('policies', 'update')], group('oidc:team-a'))
    await grant(api, 'team-b', 'oriel', [rule('flows', 'get')], group('oidc:team-b'))
    await grant(api, 'shared', 'oriel', [rule('flows', 'get')], [{ kind: 'User', name: 'oidc:alice' }])
    // Changing what is not seen is nothing.
    await grant(api, 'empty', 'oriel', [rule('policies', 'update')], group('oidc:team-a'))
    await soon(alice, { admin: false, sees: new Set(['team-a', 'shared']), edits: new Set(['team-a']) })
    await soon(bob, { admin: false, sees: new Set(['team-b']), edits: new Set() })
  })

  it('counts what is granted to everybody who is logged in', async () => {
    const open = await grant(api, 'empty', 'open', [rule('flows', 'get')], group('system:authenticated'))
    await soon(bob, { sees: new Set(['team-b', 'empty']) })
    await open.revoke()
    await soon(bob, { sees: new Set(['team-b']) })
  })

  it('is everything by a role of the cluster, and each of the three by itself', async () => {
    const wide = await grant(api, '', 'oriel-all', [rule('flows', 'get')], group('oidc:team-b'))
    await soon(bob, { admin: false, sees: 'all', edits: new Set() })
    await wide.revoke()
    await soon(bob, { sees: new Set(['team-b']) })
    await grant(api, '', 'oriel-admin', [rule('settings', 'update')], group('oidc:team-b'))
    await soon(bob, { admin: true, sees: new Set(['team-b']) })
    await grant(
      api,
      '',
      'root',
      [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
      [{ kind: 'User', name: 'oidc:root' }],
    )
    await soon({ user: 'oidc:root', groups: [] }, { admin: true, sees: 'all', edits: 'all' })
  })

  it('is not asked of identities of the cluster itself', async () => {
    for (const person of [
      { user: 'oidc:alice', groups: ['system:masters'] },
      { user: ' System:admin', groups: [] },
    ])
      await expect(review(person, 'admin')).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('is of names in other scripts, too', async () => {
    await grant(api, 'empty', 'script', [rule('flows', 'get')], group('oidc:Prüfer'))
    await soon({ user: 'oidc:ünal', groups: ['oidc:Prüfer'] }, { sees: new Set(['empty']) })
  })

  it('is not known where the server is away', async () => {
    const connection = loadKubernetes({ kubeconfig: api.kubeconfig, context: 'console' })
    const away = { ...connection, server: 'https://127.0.0.1:1' }
    await expect(reviewAccessOf(away, alice, namespaces)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('Cannot reach the API server https://127.0.0.1:1'),
    })
  })
})
