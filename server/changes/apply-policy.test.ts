import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { everything, scopeOf } from '@/core/scope'
import { completePolicyChange } from '@/server/db/complete-policy-change'
import { loadKubernetes } from '@/server/kubernetes/client'
import { type KubeApi, noKubeApi, startKubeApi } from '@/server/kubernetes/testing-api'
import { readObject } from '@/server/kubernetes/write'
import { targetOf } from '@/server/kubernetes/write-target'
import { policyChangesView } from '@/server/views/policy-changes'
import { policyChangeView } from '@/server/views/policy-change'
import { policyPermissionView } from '@/server/views/policy-permission'
import { answerOf, viewDatabase } from '@/server/views/testing'
import { applyPolicy } from './apply-policy'
import { reconcilePolicyChanges } from './reconcile-policy-changes'
import { ask } from './testing'
import { undoPolicyChange } from './undo-policy-change'

vi.mock(import('@/server/db/complete-policy-change'), async (original) => {
  const real = await original()
  return { ...real, completePolicyChange: vi.fn(real.completePolicyChange) }
})

if (noKubeApi) console.log(`changes of policies are not tried against an API server: ${noKubeApi}`)

const alice = { user: 'oidc:alice', groups: ['oidc:team-a'] }
const bob = { user: 'oidc:bob', groups: ['oidc:team-b'] }
const cluster = 'test'
const policies = '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies'

const from = (app: string) => [{ from: [{ podSelector: { matchLabels: { app } } }] }]
const policy = (name: string, spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'shop', ...metadata },
  spec: { podSelector: { matchLabels: { app: name } }, policyTypes: ['Ingress'], ingress: from('cart'), ...spec },
})
type Policy = ReturnType<typeof policy>
const put = (object: object, resourceVersion: string | null = null, more: object = {}) => ({
  change: 'put',
  object,
  resourceVersion,
  ...more,
})

describe.skipIf(noKubeApi)('changes of policies', () => {
  viewDatabase()
  let api: KubeApi

  beforeAll(async () => {
    api = await startKubeApi()
    process.env.ORIEL_KUBECONFIG = api.kubeconfig
    process.env.ORIEL_KUBE_CONTEXT = 'console'
    process.env.ORIEL_ACT_AS = [alice.user, ...alice.groups].join(',')
    await api.send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } })
    await api.send('POST', '/api/v1/namespaces', { metadata: { name: 'bank' } })
    const rbac = '/apis/rbac.authorization.k8s.io/v1'
    // What deploy/kubernetes.yaml offers: to act as these people, and nothing else.
    await api.send('POST', `${rbac}/clusterroles`, {
      metadata: { name: 'act-as' },
      rules: [
        { apiGroups: [''], resources: ['users'], verbs: ['impersonate'], resourceNames: [alice.user, bob.user] },
        {
          apiGroups: [''],
          resources: ['groups'],
          verbs: ['impersonate'],
          resourceNames: [...alice.groups, ...bob.groups],
        },
      ],
    })
    await api.send('POST', `${rbac}/clusterrolebindings`, {
      metadata: { name: 'act-as' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'act-as' },
      subjects: [{ kind: 'ServiceAccount', name: 'console', namespace: 'oriel' }],
    })
    await api.send('POST', `${rbac}/namespaces/shop/roles`, {
      metadata: { name: 'policies' },
      rules: [
        {
          apiGroups: ['networking.k8s.io', 'projectcalico.org', 'security.istio.io'],
          resources: ['networkpolicies', 'authorizationpolicies'],
          verbs: ['get', 'list', 'create', 'patch', 'update', 'delete'],
        },
      ],
    })
    await api.send('POST', `${rbac}/namespaces/shop/rolebindings`, {
      metadata: { name: 'policies' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'policies' },
      subjects: [{ kind: 'Group', name: 'oidc:team-a', apiGroup: 'rbac.authorization.k8s.io' }],
    })
  }, 60_000)
  afterAll(() => api?.stop())

  const admin = () => ({ connection: loadKubernetes({ kubeconfig: api.kubeconfig, context: 'admin' }), as: null })
  const now = async (name: string) => {
    const object = await readObject(admin(), targetOf(policy(name)))
    return object as (Policy & { metadata: { resourceVersion: string; uid: string; managedFields: object[] } }) | null
  }
  const versionOf = async (name: string) => (await now(name))?.metadata.resourceVersion ?? ''
  const apply = async (
    changes: object[],
    { as = alice, ...more }: { as?: typeof alice | null; dryRun?: boolean } = {},
  ) => ask(applyPolicy, { cluster, changes, dryRun: false, ...more }, { kubernetes: as })
  const byKubectl = (object: object, name: string) =>
    api.send('PUT', `${policies}/${name}?fieldManager=kubectl-edit`, object)
  const makeByKubectl = (name: string, metadata: object = {}, spec: object = {}) =>
    api.send('POST', `${policies}?fieldManager=kubectl-client-side-apply`, policy(name, spec, metadata))
  const audit = async (query = '') => (await answerOf(policyChangesView, `policies/changes?${query}`)).changes

  it('are made as the person, who needs to be allowed them by the cluster', async () => {
    const { body } = await apply([put(policy('web'))])
    expect(body).toMatchObject({ outcome: 'applied', sentence: '1 object was changed.' })
    expect(body.results[0]).toMatchObject({ state: 'created', before: null, problem: null })
    expect((await now('web'))?.metadata.managedFields).toMatchObject([{ manager: 'oriel', operation: 'Apply' }])

    const refused = await apply([put(policy('other'))], { as: bob })
    expect(refused.body).toMatchObject({
      outcome: 'refused',
      plan: null,
      results: [{ problem: { code: 'forbidden' } }],
    })
    expect(refused.body.sentence).toContain(
      'oidc:bob may not get networkpolicies in namespace shop. Ask for a Role in shop',
    )
    expect(await now('other')).toBeNull()
  })

  it('are refused as nobody, as strangers, and as identities of the cluster itself', async () => {
    expect(await apply([put(policy('x'))], { as: null })).toMatchObject({ status: 403 })
    const stranger = await apply([put(policy('x'))], { as: { user: 'oidc:eve', groups: [] } })
    expect(stranger.body.sentence).toContain('The console may not act as oidc:eve. Bind a ClusterRole')
    const master = await apply([put(policy('x'))], { as: { user: 'oidc:alice', groups: ['system:masters'] } })
    expect(master.body.sentence).toContain('does not act as system: identities')
  })

  it('are of kinds of policies only, with names that are names', async () => {
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'x', namespace: 'shop' },
    }
    for (const object of [role, policy('../../secrets'), { ...policy('x'), metadata: { name: 'x', namespace: 'a/b' } }])
      expect(await apply([put(object)])).toMatchObject({ status: 400 })
    expect(await apply([put(policy('x')), put(policy('x'))])).toMatchObject({ status: 400 })
    const far = await ask(
      applyPolicy,
      { cluster: 'moon', changes: [put(policy('x'))], dryRun: true },
      { kubernetes: alice },
    )
    expect(far.body.detail).toContain('can ask the API server of “test” alone')
  })

  it('are for namespaces that the person sees', async () => {
    const scope = scopeOf([[cluster, 'bank']])
    const body = { cluster, changes: [put(policy('x'))], dryRun: true }
    expect(await ask(applyPolicy, body, { kubernetes: alice, scope })).toMatchObject({ status: 403 })
  })

  it('are tried in whole before anything is written', async () => {
    const bad = policy('bad', { policyTypes: ['Sideways'] })
    const { body } = await apply([put(policy('good')), put(bad)])
    expect(body.outcome).toBe('refused')
    expect(body.results.map(({ state }) => state)).toEqual(['not-tried', 'refused'])
    expect(body.results[1]?.problem).toMatchObject({ code: 'invalid', fields: [{ field: 'spec.policyTypes[0]' }] })
    expect(await now('good')).toBeNull()
    const dry = await apply([put(policy('good'))], { dryRun: true })
    expect(dry.body).toMatchObject({ outcome: 'would-apply', plan: null, results: [{ state: 'created' }] })
    expect(await now('good')).toBeNull()
  })

  it('of fields that others own need these others to be named', async () => {
    await makeByKubectl('owned', { labels: { team: 'a' } })
    const wanted = policy('owned', { ingress: from('front') }, { labels: { team: 'a' } })
    const refused = await apply([put(wanted, await versionOf('owned'))])
    expect(refused.body.results[0]?.problem).toMatchObject({
      code: 'conflict',
      conflicts: [{ manager: 'kubectl-client-side-apply', operation: 'Update', fields: ['.spec.ingress'] }],
    })
    expect((await now('owned'))?.spec.ingress).toEqual(from('cart'))
    const other = await apply([put(wanted, await versionOf('owned'), { takeOver: ['helm'] })])
    expect(other.body.outcome).toBe('refused')

    const taken = await apply([put(wanted, await versionOf('owned'), { takeOver: ['kubectl-client-side-apply'] })])
    expect(taken.body).toMatchObject({
      outcome: 'applied',
      results: [{ state: 'updated', fields: [expect.stringContaining('spec.ingress')] }],
    })
    expect((await now('owned'))?.spec.ingress).toEqual(from('front'))
    expect((await audit())[0]).toMatchObject({ tookOver: ['kubectl-client-side-apply'], state: 'applied' })

    const again = policy('owned', { ingress: from('shop') }, { labels: { team: 'a' } })
    expect((await apply([put(again, await versionOf('owned'))])).body.outcome).toBe('applied')
  })

  it('take away what others own only where these are named, and then do', async () => {
    await makeByKubectl('less', { labels: { team: 'a', tier: 'x' } })
    const wanted = policy('less', {}, { labels: { team: 'a' } })
    const refused = await apply([put(wanted, await versionOf('less'))])
    expect(refused.body.results[0]?.problem).toMatchObject({
      code: 'conflict',
      conflicts: [{ manager: 'kubectl-client-side-apply', fields: ['.metadata.labels.tier'] }],
    })
    const taken = await apply([put(wanted, await versionOf('less'), { takeOver: ['kubectl-client-side-apply'] })])
    expect(taken.body.outcome).toBe('applied')
    expect((await now('less'))?.metadata).toHaveProperty('labels', { team: 'a' })
  })

  it('of an object that was changed since it was opened tell who did it', async () => {
    await apply([put(policy('race'))])
    const opened = await now('race')
    await byKubectl({ ...policy('race', { ingress: from('else') }), metadata: opened?.metadata }, 'race')
    const wanted = put(policy('race', { ingress: from('mine') }), opened?.metadata.resourceVersion, { opened })
    const { body } = await apply([wanted])
    expect(body.results[0]?.problem).toMatchObject({ code: 'changed', changedBy: { manager: 'kubectl-edit' } })
    expect(body.sentence).toMatch(/changed since you opened it by kubectl-edit at \d{4}-.* UTC \(spec\.ingress/)
    expect((await now('race'))?.spec.ingress).toEqual(from('else'))
  })

  it('of an object that says the same still go on', async () => {
    await apply([put(policy('same'))])
    const opened = await now('same')
    await byKubectl({ ...opened, metadata: { ...opened?.metadata, finalizers: ['example.org/x'] } }, 'same')
    const wanted = put(policy('same', { ingress: from('mine') }), opened?.metadata.resourceVersion, { opened })
    expect((await apply([wanted])).body.outcome).toBe('applied')
    const kept = await now('same')
    expect(kept?.metadata).toHaveProperty('finalizers', ['example.org/x'])
    await byKubectl({ ...kept, metadata: { ...kept?.metadata, finalizers: [] } }, 'same')
  })

  it('are told when the object is there already, is gone, or is so already', async () => {
    await makeByKubectl('there')
    const exists = await apply([put(policy('there', { ingress: from('x') }))])
    expect(exists.body.results[0]?.problem).toMatchObject({
      code: 'exists',
      changedBy: { manager: 'kubectl-client-side-apply' },
    })
    expect((await apply([put(policy('never'), '12')])).body.results[0]?.problem?.code).toBe('gone')
    expect((await apply([put(policy('there'))])).body).toMatchObject({ plan: null, results: [{ state: 'unchanged' }] })
  })

  it('of what Argo CD keeps are left to Git, unless that is overridden by name', async () => {
    const id = { 'argocd.argoproj.io/tracking-id': 'shop:networking.k8s.io/NetworkPolicy:shop/git' }
    await makeByKubectl('git', { annotations: id })
    const wanted = policy('git', { ingress: from('x') }, { annotations: id })
    const takeOver = ['kubectl-client-side-apply']
    const refused = await apply([put(wanted, await versionOf('git'), { takeOver })])
    expect(refused.body.results[0]?.problem).toMatchObject({ code: 'owned', owner: { type: 'argo-cd', name: 'shop' } })
    expect(refused.body.sentence).toContain('kept by Argo CD (application shop), which would undo this. Export')
    const overridden = await apply([put(wanted, await versionOf('git'), { takeOver, overrideOwner: 'argo-cd' })])
    expect(overridden.body.outcome).toBe('applied')
    expect((await audit())[0]).toMatchObject({ overrode: { type: 'argo-cd', name: 'shop' } })
  })

  it('delete only the object that was opened', async () => {
    await apply([put(policy('old'))])
    const ref = { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace: 'shop', name: 'old' }
    const stale = await versionOf('old')
    await apply([put(policy('old', { ingress: [] }), stale)])
    expect((await apply([{ change: 'delete', ref, resourceVersion: stale }])).body.results[0]?.problem?.code).toBe(
      'changed',
    )
    const { body } = await apply([{ change: 'delete', ref, resourceVersion: await versionOf('old') }])
    expect(body.sentence).toBe('1 object was changed.')
    expect(body).toMatchObject({ outcome: 'applied', results: [{ state: 'deleted', after: null }] })
    expect(await now('old')).toBeNull()
    const undone = await ask(undoPolicyChange, {}, { id: body.results[0]?.changeId ?? 0, kubernetes: alice })
    expect(undone.body.result).toMatchObject({ state: 'created' })
    expect((await now('old'))?.spec.podSelector).toEqual(policy('old').spec.podSelector)
  })

  it('are undone while the object is as they left it, and else not', async () => {
    await makeByKubectl('undo', { labels: { team: 'a' } })
    const before = await now('undo')
    const wanted = policy('undo', { ingress: from('mine'), egress: [], policyTypes: ['Ingress', 'Egress'] }, {})
    const { body } = await apply([
      put(wanted, before?.metadata.resourceVersion, { takeOver: ['kubectl-client-side-apply'] }),
    ])
    const id = body.results[0]?.changeId ?? 0
    const undone = await ask(undoPolicyChange, { reason: 'it was wrong' }, { id, kubernetes: alice })
    expect(undone.status).toBe(200)
    const after = await now('undo')
    expect([after?.spec, (after?.metadata as { labels?: object }).labels]).toEqual([before?.spec, { team: 'a' }])
    const [undo, first] = await audit('limit=2')
    expect([undo?.undoOf, undo?.reason, first?.undoneBy]).toEqual([id, 'it was wrong', undo?.id])
    const twice = await ask(undoPolicyChange, {}, { id, kubernetes: alice })
    expect(twice.body.detail).toContain('undone already')

    const created = (await apply([put(policy('mine'))])).body.results[0]?.changeId ?? 0
    await byKubectl({ ...(await now('mine')), spec: { podSelector: {} } }, 'mine')
    const refused = await ask(undoPolicyChange, {}, { id: created, kubernetes: alice })
    expect(refused.status).toBe(409)
    expect(refused.body.detail).toMatch(/not as this change left it. It was changed since by kubectl-edit at/)
    expect(await ask(undoPolicyChange, {}, { id: undo?.id ?? 0, kubernetes: bob })).toMatchObject({ status: 403 })
  })

  it('stop at the first failure and say what stands', async () => {
    // Its twin of the dry run is accepted: the limit is on what is really written.
    await api.send('POST', '/api/v1/namespaces/shop/resourcequotas', {
      metadata: { name: 'few' },
      spec: { hard: { 'count/networkpolicies.networking.k8s.io': '0' } },
    })
    const { body } = await apply([put(policy('p1')), put(policy('p2'))])
    await api.send('DELETE', '/api/v1/namespaces/shop/resourcequotas/few')
    expect(['refused', 'applied']).toContain(body.outcome)
  })

  it('that a process did not complete are looked after by the next one', async () => {
    const { metadata } = (await now('web')) ?? {}
    vi.mocked(completePolicyChange).mockRejectedValueOnce(new Error('killed'))
    const { body } = await apply([put(policy('web', { ingress: from('killed') }), metadata?.resourceVersion)])
    const id = body.results[0]?.changeId ?? 0
    expect((await audit('limit=1'))[0]).toMatchObject({ id, state: 'intended', completedAt: null })
    expect(await reconcilePolicyChanges(60)).toBe(0)
    expect(await reconcilePolicyChanges(0)).toBe(1)
    expect((await audit('limit=1'))[0]).toMatchObject({ id, state: 'applied', error: '' })
    const { after } = await answerOf(policyChangeView, `policies/changes/{id}?id=${id}`)
    expect(after?.spec).toMatchObject({ ingress: from('killed') })
    expect((await ask(undoPolicyChange, {}, { id, kubernetes: alice })).status).toBe(200)
  })

  it('are in an audit that tells who, as whom and from where, and is for those who see the namespace', async () => {
    const [row] = await audit('limit=1')
    expect(row).toMatchObject({ by: 'ada', actedAs: alice, from: '192.0.2.7', requestId: 'request-1', cluster })
    const only = await audit('ref=networking.k8s.io/NetworkPolicy/shop/web')
    expect(new Set(only.map(({ ref }) => ref.name))).toEqual(new Set(['web']))
    const first = await answerOf(policyChangesView, 'policies/changes?limit=2')
    const second = await answerOf(policyChangesView, `policies/changes?limit=2&before=${first.next}`)
    expect(second.changes[0]?.id).toBeLessThan(first.changes[1]?.id ?? 0)
    expect((await answerOf(policyChangesView, 'policies/changes', scopeOf([[cluster, 'bank']]))).changes).toEqual([])
    expect((await answerOf(policyChangesView, 'policies/changes', everything)).changes.length).toBeGreaterThan(5)
  })

  it('can be asked for before they are tried', async () => {
    const asks = ['patch/networking.k8s.io/networkpolicies/shop/', 'patch/networking.k8s.io/networkpolicies/bank/']
    const answer = await answerOf(policyPermissionView, `policies/permission?cluster=${cluster}&ask=${asks.join(',')}`)
    expect(answer).toMatchObject({ actingAs: alice, off: null })
    expect(answer.answers.map(({ sentence }) => sentence)).toEqual([
      'oidc:alice may not change networkpolicies in namespace bank.',
      'oidc:alice may change networkpolicies in namespace shop.',
    ])
  })
})
