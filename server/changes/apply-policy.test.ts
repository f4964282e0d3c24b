import { describe, expect, it } from 'vitest'
import { scopeOf } from '@/core/scope'
import { noKubeApi } from '@/server/kubernetes/testing-api'
import { auditView } from '@/server/views/audit'
import { answerOf, viewDatabase } from '@/server/views/testing'
import { applyPolicy } from './apply-policy'
import { ask } from './testing'
import { alice, bob, cluster, from, policy, policyCluster, put } from './testing-policy'
import { undoPolicyChange } from './undo-policy-change'

if (noKubeApi) console.log(`skipped: changes of policies against a real API server (${noKubeApi})`)

describe.skipIf(noKubeApi !== '')('changes of policies', () => {
  viewDatabase()
  const { now, versionOf, apply, byKubectl, makeByKubectl, audit } = policyCluster()

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
    expect(dry.body).toMatchObject({
      outcome: 'would-apply',
      plan: null,
      results: [{ state: 'created', resourceVersion: null }],
    })
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
    await apply([
      put(policy('race', { ingress: from('ada') }), await versionOf('race'), { takeOver: ['kubectl-edit'] }),
    ])
    const late = await apply([wanted])
    expect(late.body.sentence).toMatch(/changed since you opened it by ada at [^(]* UTC \(change \d+\) \(spec\.ingress/)
    const again = await apply([put(policy('race'))])
    expect(again.body.sentence).toMatch(/already a NetworkPolicy shop\/race by ada at .* UTC \(change \d+\)\. Open/)
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
    const { entries } = await answerOf(auditView, 'audit?action=policy.applied&limit=1')
    expect(entries[0]).toMatchObject({ result: 'unchanged', reason: 'Everything is so already; nothing was changed.' })
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
})
