import { describe, expect, it, vi } from 'vitest'
import { everything, scopeOf } from '@/core/scope'
import { completePolicyChange } from '@/server/db/policy/complete-policy-change'
import { streamRoute } from '@/server/http'
import { noKubeApi } from '@/server/kubernetes/testing-api'
import { policyChangeView } from '@/server/views/policy-change'
import { policyChangesView } from '@/server/views/policy-changes'
import { policyPermissionView } from '@/server/views/policy-permission'
import { policyChangesExportStream } from '@/server/views/policy-changes-export'
import { answerOf, get, viewDatabase } from '@/server/views/testing'
import { reconcilePolicyChanges } from './reconcile-policy-changes'
import { ask } from './testing'
import { alice, bob, cluster, from, policy, policyCluster, put } from './testing-policy'
import { undoPolicyChange } from './undo-policy-change'
import { admits } from '@/server/testing-asker'
import { undoPolicyPlan } from './undo-policy-plan'

vi.mock(import('@/server/db/policy/complete-policy-change'), async (original) => {
  const real = await original()
  return { ...real, completePolicyChange: vi.fn(real.completePolicyChange) }
})

if (noKubeApi) console.log(`skipped: undoing changes of policies on a real API server (${noKubeApi})`)

describe.skipIf(noKubeApi !== '')('changes of policies that were made', () => {
  viewDatabase()
  const { now, apply, byKubectl, makeByKubectl, audit } = policyCluster()

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
    expect([after?.spec, after?.metadata.labels]).toEqual([before?.spec, { team: 'a' }])
    const [undo, first] = await audit('limit=2')
    expect([undo?.undoOf, undo?.reason, first?.undoneBy]).toEqual([
      id,
      'it was wrong',
      { change: undo?.id, by: 'ada', at: Math.floor(undo?.completedAt ?? 0) },
    ])
    const twice = await ask(undoPolicyChange, {}, { id, kubernetes: alice })
    expect(twice.body.detail).toContain('undone already')

    const created = (await apply([put(policy('mine'))])).body.results[0]?.changeId ?? 0
    await byKubectl({ ...(await now('mine')), spec: { podSelector: {} } }, 'mine')
    const refused = await ask(undoPolicyChange, {}, { id: created, kubernetes: alice })
    expect(refused.status).toBe(409)
    expect(refused.body.detail).toMatch(/not as this change left it. It was changed since by kubectl-edit at/)
    expect(await ask(undoPolicyChange, {}, { id: undo?.id ?? 0, kubernetes: bob })).toMatchObject({ status: 403 })
  })

  it('name the person who stands in the way of an undo where Oriel wrote for them', async () => {
    const first = await apply([put(policy('twice'))])
    const id = first.body.results[0]?.changeId ?? 0
    const version = (await now('twice'))?.metadata.resourceVersion
    const second = await apply([put(policy('twice', { ingress: from('more') }), version)])
    const later = second.body.results[0]?.changeId ?? 0
    const undo = async () => (await ask(undoPolicyChange, { dryRun: true }, { id, kubernetes: alice })).body.detail
    const who = (change: number) => `by ada at \\d{4}-.* UTC \\(change ${change}\\)`
    expect(await undo()).toMatch(new RegExp(`It was changed since ${who(later)}; an undo would`))
    const ref = { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace: 'shop', name: 'twice' }
    const gone = await apply([
      { change: 'delete', ref, resourceVersion: (await now('twice'))?.metadata.resourceVersion },
    ])
    const deleted = gone.body.results[0]?.changeId ?? 0
    expect(await undo()).toMatch(new RegExp(`was deleted since ${who(deleted)}, so there is nothing to undo`))
  })

  it('are undone as a plan: tried first, the last first, each by a change of its own', async () => {
    await makeByKubectl('kept')
    const before = await now('kept')
    const wanted = policy('kept', { ingress: from('mine') })
    const { body } = await apply([
      put(policy('added')),
      put(wanted, before?.metadata.resourceVersion, { takeOver: ['kubectl-client-side-apply'] }),
    ])
    const id = body.plan ?? 0
    const tried = await ask(undoPolicyPlan, { dryRun: true }, { id, kubernetes: alice })
    expect(tried.body).toMatchObject({ outcome: 'would-apply', plan: null })
    expect((await now('kept'))?.spec.ingress).toEqual(from('mine'))
    expect(await ask(undoPolicyPlan, { dryRun: false }, { id, kubernetes: bob })).toMatchObject({
      body: { outcome: 'refused', plan: null, results: [{ problem: { code: 'forbidden' } }, {}] },
    })

    const undone = await ask(undoPolicyPlan, { dryRun: false }, { id, kubernetes: alice })
    expect(undone.body.results.map(({ ref, state }) => [ref.name, state])).toEqual([
      ['kept', 'updated'],
      ['added', 'deleted'],
    ])
    expect([await now('added'), (await now('kept'))?.spec]).toEqual([null, before?.spec])
    const changes = await audit(`plan=${undone.body.plan}`)
    const originals = await audit(`plan=${id}`)
    expect(changes.map(({ undoOf }) => undoOf)).toEqual(originals.map((one) => one.id).toReversed())
    expect(originals.map(({ undoneBy }) => undoneBy?.change)).toEqual(changes.map((one) => one.id).toReversed())
    const again = await ask(undoPolicyPlan, { dryRun: false }, { id, kubernetes: alice })
    expect(again.body.detail).toMatch(/undone already, by change \d+ of ada at/)
  })

  it('that a process did not complete are looked after by the next one', async () => {
    await apply([put(policy('web'))])
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
    expect(row).toMatchObject({ by: 'ada', actedAs: alice, from: '192.0.2.7', requestId: expect.any(String), cluster })
    const only = await audit('ref=networking.k8s.io/NetworkPolicy/shop/web')
    expect(new Set(only.map(({ ref }) => ref.name))).toEqual(new Set(['web']))
    const first = await answerOf(policyChangesView, 'policies/changes?limit=2')
    const second = await answerOf(policyChangesView, `policies/changes?limit=2&before=${first.next}`)
    expect(second.changes[0]?.id).toBeLessThan(first.changes[1]?.id ?? 0)
    expect((await answerOf(policyChangesView, 'policies/changes', scopeOf([[cluster, 'bank']]))).changes).toEqual([])
    expect((await answerOf(policyChangesView, 'policies/changes', everything)).changes.length).toBeGreaterThan(5)
    const file = await streamRoute(policyChangesExportStream, admits())(get('policies/changes/export'))
    const lines = (await file.text()).split('\r\n')
    expect(lines[1]).toContain(`${row?.id},${row?.plan},`)
    expect(lines.length).toBe((await audit('limit=200')).length + 2)
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
