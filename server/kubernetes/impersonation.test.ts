import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { KubeConfig } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { clusterIdentity, type IdentityRules } from '@/core/access/cluster-identity'
import type { ActedAs } from '@/core/policy/apply/audited-change'
import { loadKubernetes } from './client'
import { reviewAccessOf } from './review-access'
import { type KubeApi, noKubeApi, startKubeApi } from './testing-api'
import { consoleAccount, grant } from './testing-rbac'
import { applyObject, readObject, reviewAccess } from './write'
import { targetOf } from './write-target'

const policy = (namespace: string, name = 'web') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace },
  spec: { podSelector: {}, policyTypes: ['Ingress'] },
})
const rules: IdentityRules = {
  userPrefix: 'oidc:',
  groupsPrefix: 'oidc:',
  groups: ['team-a', 'team-b'],
  sharedUser: 'oriel:people',
}

/** Somebody who logged in, as deploy/rights.yaml has it. */
function person(subject: string, groups: readonly string[], more: Partial<IdentityRules> = {}): ActedAs {
  const made = clusterIdentity({ subject, groups }, { ...rules, ...more })
  if ('problem' in made) throw new Error(made.problem)
  return made
}
const alice = person('alice', ['team-a', 'all-staff'])
const options = { dryRun: false, force: false, creates: true }

describe('what is sent for somebody', () => {
  const heard: string[][] = []
  const server = createServer((request, response) => {
    heard.push(
      Object.entries(request.headersDistinct).flatMap(([name, values = []]) =>
        name.startsWith('impersonate-')
          ? values.map((value) => `${name}: ${Buffer.from(value, 'latin1').toString('utf8')}`)
          : [],
      ),
    )
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"status":{"allowed":true}}')
  })
  const ask = (as: ActedAs | null) => {
    const config = new KubeConfig()
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    config.loadFromClusterAndUser({ name: 'c', server: url, skipTLSVerify: true }, { name: 'u', token: 't' })
    const question = { verb: 'get', group: '', resource: 'pods', namespace: 'a', name: '' }
    return reviewAccess({ connection: { config, server: url, cluster: 'c' }, as }, question)
  }

  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
  afterAll(() => server.close())

  it('is the user and the groups of the list', async () => {
    await ask(person('ünal', ['team-b', 'all-staff', 'system:masters'], { sharedUser: null }))
    await ask(alice)
    await ask(null)
    expect(heard.splice(0)).toEqual([
      ['impersonate-user: oidc:ünal', 'impersonate-group: oidc:team-b'],
      ['impersonate-user: oriel:people', 'impersonate-group: oidc:team-a'],
      [],
    ])
  })

  const unfit: ActedAs[] = [
    { user: 'oidc:alice', groups: ['system:masters'] },
    { user: 'System:admin', groups: [] },
    { user: ' system:admin', groups: [] },
    { user: 'oidc:alice', groups: ['oidc:a', 'x\r\nImpersonate-Group: system:masters'] },
    { user: '', groups: ['oidc:a'] },
    { user: 'oidc:alice', groups: Array.from({ length: 300 }, (_, i) => `g${i}`) },
  ]
  it.each(unfit)('is nothing at all for $user with $groups', async (as) => {
    await expect(ask(as)).rejects.toMatchObject({ problem: { code: 'forbidden' } })
    expect(heard).toEqual([])
  })
})

if (noKubeApi) console.log(`skipped: acting as people in a real API server (${noKubeApi})`)

describe.skipIf(noKubeApi !== '')('acting as people with the roles of deploy/rights.yaml', () => {
  let api: KubeApi
  const client = (as: ActedAs | null) => ({
    connection: loadKubernetes({ kubeconfig: api.kubeconfig, context: 'console' }),
    as,
  })
  const write = (as: ActedAs | null, namespace: string, name?: string, more: object = {}) =>
    applyObject(client(as), targetOf(policy(namespace, name)), policy(namespace, name), { ...options, ...more })
  const stored = (namespace: string, name: string) =>
    readObject(
      { connection: loadKubernetes({ kubeconfig: api.kubeconfig, context: 'admin' }), as: null },
      targetOf(policy(namespace, name)),
    )

  beforeAll(async () => {
    api = await startKubeApi()
    for (const name of ['oriel', 'team-a', 'team-b'])
      await api.send('POST', '/api/v1/namespaces', { metadata: { name } })
    const text = readFileSync('deploy/rights.yaml', 'utf8').replaceAll('oriel-web', 'console')
    for (const document of parseAllDocuments(text)) {
      const object = document.toJS() as { apiVersion: string; kind: string; metadata: { namespace?: string } }
      const { namespace } = object.metadata
      const base = object.apiVersion === 'v1' ? '/api/v1' : `/apis/${object.apiVersion}`
      const plural = `${object.kind.toLowerCase()}s`
      await api.send('POST', `${base}${namespace ? `/namespaces/${namespace}` : ''}/${plural}`, object)
    }
    // RBAC is eventually consistent.
    await vi.waitFor(() => write(alice, 'team-a', 'first'), { timeout: 10_000 })
  }, 60_000)
  afterAll(() => api?.stop())

  it('writes where their groups may, and nowhere else', async () => {
    expect(await write(alice, 'team-a')).toMatchObject({ created: true })
    await expect(write(alice, 'team-b')).rejects.toMatchObject({ problem: { code: 'forbidden' } })
    expect(await stored('team-b', 'web')).toBeNull()
    const bob = person('bob', ['team-b'])
    expect(await write(bob, 'team-b')).toMatchObject({ created: true })
  })

  it('writes nothing by the console’s own account', async () => {
    await expect(write(null, 'team-a', 'own')).rejects.toMatchObject({
      problem: { code: 'forbidden', sentence: expect.stringContaining('The console’s own account may not') },
    })
    expect(await stored('team-a', 'own')).toBeNull()
  })

  it('writes nothing in a dry run', async () => {
    expect(await write(alice, 'team-a', 'dry', { dryRun: true })).toMatchObject({ created: true })
    expect(await stored('team-a', 'dry')).toBeNull()
  })

  it('is of the listed users and groups only, by the cluster’s own word', async () => {
    const others: ActedAs[] = [
      { user: 'oidc:alice', groups: ['oidc:team-a'] },
      { user: 'oriel:people', groups: ['oidc:all-staff'] },
      { user: 'oriel:people', groups: ['oidc:team-a', 'cluster-admins'] },
    ]
    for (const as of others)
      await expect(write(as, 'team-a', 'other')).rejects.toMatchObject({
        problem: { code: 'forbidden', sentence: expect.stringContaining('The console may not act as') },
      })
    expect(await stored('team-a', 'other')).toBeNull()
  })

  it('lets somebody see and change what the cluster lets them', async () => {
    const { connection } = client(null)
    await expect
      .poll(() => reviewAccessOf(connection, alice, ['team-a', 'team-b']), { timeout: 10_000 })
      .toEqual({ admin: false, sees: new Set(['team-a']), edits: new Set(['team-a']) })
  })

  it('tells names in other scripts as they are', async () => {
    await grant(
      api,
      '',
      'acts-as-more',
      [{ apiGroups: [''], resources: ['groups'], verbs: ['impersonate'], resourceNames: ['oidc:Prüfer'] }],
      [consoleAccount],
    )
    const rule = { apiGroups: [''], resources: ['pods'], verbs: ['get'] }
    await grant(api, 'team-b', 'script', [rule], [{ kind: 'Group', name: 'oidc:Prüfer' }])
    const as = person('x', ['Prüfer'], { groups: ['Prüfer'] })
    const question = { verb: 'get', group: '', resource: 'pods', namespace: 'team-b', name: '' }
    await expect
      .poll(() => reviewAccess(client(as), question).then(({ allowed }) => allowed, String), { timeout: 10_000 })
      .toBe(true)
  })
})
