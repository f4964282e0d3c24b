import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { stagedForm } from '@/core/policy/apply/staged'
import { completePolicyChange } from '@/server/db/policy/complete-policy-change'
import { writePolicyChange } from '@/server/db/policy/write-policy-change'
import { askKubernetes } from '@/server/kubernetes/request'
import { noKubeApi } from '@/server/kubernetes/testing-api'
import { viewDatabase } from '@/server/views/testing'
import { reconcilePolicyChanges } from './reconcile-policy-changes'
import { ask } from './testing'
import { alice, bob, definition, from, policy, policyCluster, put } from './testing-policy'
import { undoPolicyChange } from './undo-policy-change'

vi.mock(import('@/server/db/policy/complete-policy-change'), async (original) => {
  const real = await original()
  return { ...real, completePolicyChange: vi.fn(real.completePolicyChange) }
})
vi.mock(import('@/server/db/policy/write-policy-change'), async (original) => {
  const real = await original()
  return { ...real, writePolicyChange: vi.fn(real.writePolicyChange) }
})
vi.mock(import('@/server/kubernetes/request'), async (original) => {
  const real = await original()
  return { ...real, askKubernetes: vi.fn(real.askKubernetes) }
})

if (noKubeApi) console.log(`skipped: what becomes of changes that fail on a real API server (${noKubeApi})`)

describe.skipIf(noKubeApi !== '')('changes of policies that do not go well', () => {
  const db = viewDatabase()
  const { send, now, versionOf, apply, byKubectl, makeByKubectl, audit } = policyCluster()
  const originals = async () => ({
    ...(await vi.importActual<typeof import('@/server/db/policy/write-policy-change')>(
      '@/server/db/policy/write-policy-change',
    )),
    ...(await vi.importActual<typeof import('@/server/kubernetes/request')>('@/server/kubernetes/request')),
  })
  afterEach(async () => {
    const real = await originals()
    vi.mocked(writePolicyChange).mockImplementation(real.writePolicyChange)
    vi.mocked(askKubernetes).mockImplementation(real.askKubernetes)
  })

  it('stop at the first that fails and say what stands', async () => {
    const real = await originals()
    await makeByKubectl('second')
    const opened = await now('second')
    // Somebody is faster, between the tries and the write.
    vi.mocked(writePolicyChange).mockImplementation(async (database, change) => {
      if (change.ref.name === 'second') await byKubectl({ ...opened, spec: { podSelector: {} } }, 'second')
      return real.writePolicyChange(database, change)
    })
    const takeOver = ['kubectl-client-side-apply']
    const { body } = await apply([
      put(policy('first')),
      put(policy('second', { ingress: from('x') }), opened?.metadata.resourceVersion, { takeOver }),
      put(policy('third')),
    ])
    expect(body.outcome).toBe('partly')
    expect(body.results.map(({ state }) => state)).toEqual(['created', 'refused', 'not-tried'])
    expect(body.sentence).toMatch(/^It stopped at NetworkPolicy shop\/second\. .* stands: NetworkPolicy shop\/first\.$/)
    expect([await now('first'), await now('third')]).toEqual([expect.anything(), null])
    expect((await now('second'))?.spec.ingress).toBeUndefined()
    const rows = await audit(`plan=${body.plan}`)
    expect(rows.map(({ ref, state }) => [ref.name, state])).toEqual([
      ['second', 'failed'],
      ['first', 'applied'],
    ])
  })

  it('are known again although their answer was lost', async () => {
    const real = await originals()
    vi.mocked(askKubernetes).mockImplementation(async (connection, request, limits) => {
      const answer = await real.askKubernetes(connection, request, limits)
      if (request.method === 'PATCH' && !request.query?.dryRun) throw new Error('nothing was heard for 20 s')
      return answer
    })
    const { body } = await apply([put(policy('lost')), put(policy('later'))])
    expect(body).toMatchObject({ outcome: 'partly', results: [{ state: 'unknown' }, { state: 'not-tried' }] })
    expect(body.sentence).toContain('is not known yet')
    expect((await audit('limit=1'))[0]).toMatchObject({ state: 'intended', completedAt: null })
    const id = body.results[0]?.changeId ?? 0
    expect((await ask(undoPolicyChange, {}, { id, kubernetes: alice })).body.detail).toContain('not known yet')
    expect(await reconcilePolicyChanges(0)).toBe(1)
    expect((await audit('limit=1'))[0]).toMatchObject({ state: 'applied' })
  })

  it('that were written down and never sent are known to have failed', async () => {
    vi.mocked(askKubernetes).mockImplementation(async (connection, request, limits) => {
      if (request.method === 'PATCH' && !request.query?.dryRun) throw new Error('killed')
      return (await originals()).askKubernetes(connection, request, limits)
    })
    await apply([put(policy('unsent'))])
    expect(await reconcilePolicyChanges(0)).toBe(1)
    expect((await audit('limit=1'))[0]).toMatchObject({ state: 'failed', error: expect.stringContaining('as it was') })
  })

  it('that somebody overwrote before they were looked after stay unknown', async () => {
    await apply([put(policy('both'))])
    vi.mocked(completePolicyChange).mockRejectedValueOnce(new Error('killed'))
    await apply([put(policy('both', { ingress: from('x') }), await versionOf('both'))])
    await byKubectl({ ...(await now('both')), spec: { podSelector: {} } }, 'both')
    expect(await reconcilePolicyChanges(0)).toBe(1)
    const [row] = await audit('limit=1')
    expect(row).toMatchObject({ state: 'unknown', error: expect.stringContaining('last written by kubectl-edit') })
  })

  it('leave rows of the audit that nobody can take back', async () => {
    for (const sql of [
      'delete from policy_change',
      'truncate policy_change, policy_plan',
      `update policy_change set before = null`,
      `update policy_change set state = 'failed' where state = 'applied'`,
      `update policy_plan set made_by = 'nobody'`,
    ])
      await expect(db.pool.query(sql)).rejects.toThrow('append-only')
  })

  it('need no right to replace as long as nothing of others is taken away', async () => {
    const inBank = (spec: object = {}) => policy('loan', spec, { namespace: 'bank' })
    expect((await apply([put(inBank())], { as: bob })).body.outcome).toBe('applied')
    const [row] = await audit('limit=1')
    const { results } = (await apply([put(inBank({ ingress: [] }), null)], { as: bob })).body
    expect(results[0]?.problem?.code).toBe('exists')
    const version = (await audit('limit=1'))[0]?.id === row?.id ? await versionInBank() : ''
    const { body } = await apply([put(inBank({ ingress: from('y') }), version)], { as: bob })
    expect(body.outcome).toBe('applied')
    const undone = await ask(undoPolicyChange, {}, { id: body.results[0]?.changeId ?? 0, kubernetes: bob })
    expect(undone.status).toBe(200)
  })
  const versionInBank = async () => {
    const path = '/apis/networking.k8s.io/v1/namespaces/bank/networkpolicies/loan'
    const object = (await send('GET', path)) as { metadata: { resourceVersion?: string } }
    return object.metadata.resourceVersion ?? ''
  }

  it('of kinds that the cluster defines are told apart, refused and made like any other', async () => {
    const rule = (name: string, spec: object) => ({
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name, namespace: 'shop' },
      spec,
    })
    const none = await apply([put(rule('web', { action: 'ALLOW' }))])
    expect(none.body.results[0]?.problem?.code).toBe('not-served')
    expect(none.body.sentence).toContain('serves no authorizationpolicies of security.istio.io/v1')
    const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
    await send('POST', crds, definition('security.istio.io', 'v1', 'AuthorizationPolicy', 'authorizationpolicies'))
    const calico = [
      'projectcalico.org',
      'v3',
      'StagedKubernetesNetworkPolicy',
      'stagedkubernetesnetworkpolicies',
    ] as const
    await send('POST', crds, definition(...calico))
    await served('/apis/security.istio.io/v1/authorizationpolicies')
    await served('/apis/projectcalico.org/v3/stagedkubernetesnetworkpolicies')

    const bad = await apply([put(rule('web', { action: 'SIDEWAYS' }))])
    expect(bad.body.results[0]?.problem).toMatchObject({ code: 'invalid', fields: [{ field: 'spec.action' }] })
    const staged = stagedForm({ change: 'put', object: policy('web') }, { calico: true, exists: false })
    if (staged.type !== 'staged' || staged.change.change !== 'put') throw new Error('not staged')
    const { body } = await apply([put(rule('web', { action: 'ALLOW', rules: [{}] })), put(staged.change.object)])
    expect(body.results.map(({ ref, state }) => [ref.kind, state])).toEqual([
      ['AuthorizationPolicy', 'created'],
      ['StagedKubernetesNetworkPolicy', 'created'],
    ])
    for (const { changeId } of body.results)
      expect((await ask(undoPolicyChange, {}, { id: changeId ?? 0, kubernetes: alice })).status).toBe(200)
  })
  const served = async (path: string) => {
    for (let attempt = 0; attempt < 100; attempt++) {
      const there = await send('GET', path).then(
        () => true,
        () => false,
      )
      if (there) return
      await wait(100)
    }
  }
})
