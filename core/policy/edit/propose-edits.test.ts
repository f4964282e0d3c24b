import { describe, expect, test } from 'vitest'
import { compilePolicies } from '../compile'
import { evaluate } from '../evaluate'
import type { PolicyGround } from '../ground'
import type { ModelObject } from '../model'
import { pod, space } from '../test-model'
import { defaultOptions } from '../profile'
import { changedModel } from '../what-if/changed-model'
import { endOfGround } from '../what-if/ground-end'
import { at, edge, groundOf, policy, workload } from '../what-if/test-ground'
import type { Proposal, Wish, WishedEdge } from './proposal'
import { proposeEdits } from './propose-edits'
import { readDraftText } from './read-draft-text'

const toDb: WishedEdge = { from: workload('reports'), to: workload('db'), protocol: 'TCP', port: 5432 }
const fromWeb: WishedEdge = { ...toDb, from: workload('web') }
const web = { podSelector: { matchLabels: { app: 'web' } } }
const closed = policy('db', { app: 'db' }, { ingress: [{ from: [web], ports: [{ protocol: 'TCP', port: 5432 }] }] })
const edges = [edge(workload('web'), workload('db'), 5432), edge(workload('reports'), workload('db'), 5432)]

const verdict = (ground: PolicyGround, { changes }: Proposal, wished: WishedEdge) => {
  const draft = changes.map(({ after }) => ({
    change: 'put' as const,
    object: readDraftText(after).objects[0]?.object ?? {},
  }))
  const [from, to] = [endOfGround(ground, wished.from), endOfGround(ground, wished.to)]
  if (!from || !to) throw new Error('no end')
  const compiled = compilePolicies(changedModel(ground.model, draft), { ...defaultOptions, profile: ground.profile })
  return evaluate(compiled, { from, to, protocol: wished.protocol, port: wished.port }).verdict
}

function asked(objects: readonly ModelObject[], wish: Wish, parts: Partial<PolicyGround> = {}) {
  const ground = { ...groundOf(objects, edges), ...parts }
  const found = proposeEdits(ground, wish)
  if (wish.wish !== 'isolate')
    for (const proposal of found.proposals)
      expect([proposal.sentence, verdict(ground, proposal, wish.edge)]).toEqual([
        proposal.sentence,
        wish.wish === 'allow' ? 'allowed' : 'denied',
      ])
  return found
}
const hows = ({ proposals }: ReturnType<typeof asked>) => proposals.map(({ how }) => how)

describe('allow', () => {
  test('a peer for a rule about the same port comes first, and touches nobody else', () => {
    const found = asked([closed], { wish: 'allow', edge: toDb })
    expect(hows(found)).toEqual(['add-peer', 'add-rule', 'new-policy'])
    expect(found.now).toMatchObject({ verdict: 'denied', why: [expect.stringContaining('no rule of it allows')] })
    const [first] = found.proposals
    expect(first).toMatchObject({ othersAllowed: 0, othersDenied: 0, cautions: [] })
    expect(first?.sentence).toBe(
      'Add data/reports to the rule for TCP 5432 of NetworkPolicy shop/db (spec.ingress[0]).',
    )
    expect(first?.changes[0]?.after).toContain('kubernetes.io/metadata.name: data')
  })

  test('a larger edit that opens less comes before a smaller one', () => {
    const all = policy('all', {}, { podSelector: {}, ingress: [{ from: [web], ports: [{ port: 5432 }] }] })
    const own = policy('db', { app: 'db' }, { policyTypes: ['Ingress'] })
    const { proposals } = asked([all, own], { wish: 'allow', edge: toDb })
    expect(proposals.map(({ how, othersAllowed }) => [how, othersAllowed]).slice(0, 1)).toEqual([['add-rule', 0]])
    expect(proposals.find(({ how }) => how === 'add-peer')).toMatchObject({ othersAllowed: 1 })
  })

  test('the text is edited as it is written', () => {
    const text = `# mine\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: db, namespace: shop}\nspec:\n  podSelector: {matchLabels: {app: db}}\n  ingress: []\n`
    const found = proposeEdits(
      groundOf([readDraftText(text).objects[0]?.object ?? {}], edges),
      { wish: 'allow', edge: toDb },
      () => text,
    )
    expect(found.proposals[0]?.changes[0]).toMatchObject({ before: text, after: expect.stringContaining('# mine\n') })
  })

  test('at both ends where both deny', () => {
    const outOfReports: ModelObject = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'reports', namespace: 'data' },
      spec: { podSelector: {}, policyTypes: ['Egress'] },
    }
    const found = asked([closed, outOfReports], { wish: 'allow', edge: toDb })
    expect(found.proposals[0]?.changes.map(({ ref }) => ref.name).sort()).toEqual(['db', 'reports'])
    expect(found.notes[0]).toBe('The ingress and the egress deny this, so each is changed.')
  })

  test('in the tier of an administrator that denies, since nothing behind it can overrule it', () => {
    const admin: ModelObject = {
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: 'walls' },
      spec: {
        tier: 'Admin',
        priority: 10,
        subject: { namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } },
        ingress: [
          { action: 'Deny', from: [{ namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'data' } } }] },
        ],
      },
    }
    const found = asked([admin], { wish: 'allow', edge: toDb })
    expect(found.proposals.map(({ changes }) => changes[0]?.ref.kind)).toEqual(['ClusterNetworkPolicy'])
    expect(found.proposals[0]?.how).toBe('add-rule')
    expect(found.notes[0]).toContain('no policy behind it can overrule')
  })

  test('in the mesh where the mesh denies', () => {
    const mesh: ModelObject = {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'db', namespace: 'shop' },
      spec: { selector: { matchLabels: { app: 'db' } }, action: 'ALLOW', rules: [] },
    }
    const base = groundOf([mesh], edges)
    const workloads = base.model.workloads.map((one) => ({ ...one, mesh: 'istio' as const }))
    const found = asked([mesh], { wish: 'allow', edge: toDb }, { model: { ...base.model, workloads } })
    expect(found.proposals[0]).toMatchObject({ how: 'add-rule' })
    expect(found.proposals[0]?.changes[0]?.after).toContain('cluster.local/ns/data/sa/')
  })

  test('whoever the labels also name is told and counted', () => {
    const base = groundOf([closed], edges)
    const twin = pod('data/reports-2', { kind: 'Deployment', labels: { app: 'reports' }, ips: ['10.0.1.9'] })
    const found = asked(
      [closed],
      { wish: 'allow', edge: toDb },
      { model: { ...base.model, workloads: [...base.model.workloads, twin] } },
    )
    expect(found.proposals[0]).toMatchObject({
      othersAllowed: 1,
      cautions: [expect.stringContaining('data/reports-2')],
    })
  })

  test('who keeps an object is told', () => {
    const record = {
      ref: { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace: 'shop', name: 'db' },
      apiVersion: 'networking.k8s.io/v1',
      uid: '',
      resourceVersion: '1',
      createdAt: 0,
      changedAt: 0,
      managers: [],
      owner: { type: 'argo-cd', name: 'shop' },
    } as const
    const found = asked([closed], { wish: 'allow', edge: toDb }, { records: [record] })
    expect(found.proposals.find(({ how }) => how === 'add-peer')?.cautions[0]).toContain('kept by Argo CD (shop)')
  })

  test('what is allowed already, and what nobody knows', () => {
    expect(asked([closed], { wish: 'allow', edge: fromWeb }).notes).toEqual(['It is allowed already.'])
    for (const [why, words] of [
      ['hidden', /is outside your scope/],
      ['not-known', /is not known/],
    ] as const) {
      const edge: WishedEdge = { ...toDb, from: { type: 'unknown', why } }
      const notes = [expect.stringMatching(words)]
      expect(asked([closed], { wish: 'allow', edge })).toEqual({ now: null, proposals: [], notes })
    }
  })

  test('an address outside', () => {
    const wished: WishedEdge = { ...toDb, from: { type: 'external', address: '203.0.113.7', names: [] } }
    expect(asked([closed], { wish: 'allow', edge: wished }).proposals[0]?.changes[0]?.after).toContain('203.0.113.7/32')
  })
})

describe('deny', () => {
  test('the rule for it goes, and nobody else loses', () => {
    const [first] = asked([closed], { wish: 'deny', edge: fromWeb }, { profile: 'generic' }).proposals
    expect(first).toMatchObject({ how: 'remove-rule', othersDenied: 0 })
  })

  test('a peer among others goes alone', () => {
    const two = policy(
      'db',
      { app: 'db' },
      { ingress: [{ from: [web, { namespaceSelector: {} }], ports: [{ port: 5432 }] }] },
    )
    const wished = asked([two], { wish: 'deny', edge: fromWeb }, { profile: 'generic' })
    expect(hows(wished)).not.toContain('remove-peer')
    expect(wished.notes).not.toEqual([])
    const apart = policy(
      'db',
      { app: 'db' },
      { ingress: [{ from: [web, { podSelector: { matchLabels: { app: 'x' } } }], ports: [{ port: 5432 }] }] },
    )
    expect(hows(asked([apart], { wish: 'deny', edge: fromWeb }, { profile: 'generic' }))).toContain('remove-peer')
  })

  test('only the port of several', () => {
    const two = policy('db', { app: 'db' }, { ingress: [{ from: [web], ports: [{ port: 5432 }, { port: 80 }] }] })
    const [first] = asked([two], { wish: 'deny', edge: fromWeb }, { profile: 'generic' }).proposals
    expect(first?.changes[0]?.after).toContain('port: 80')
    expect(first?.how).toBe('remove-peer')
  })

  test('with a kind that denies where the cluster has one', () => {
    const found = asked([], { wish: 'deny', edge: fromWeb }, { profile: 'cilium' })
    expect(found.proposals[0]?.changes[0]?.ref.kind).toBe('CiliumNetworkPolicy')
    expect(found.proposals[0]).toMatchObject({ othersDenied: 0 })
    const calico = asked([], { wish: 'deny', edge: fromWeb }, { profile: 'calico' })
    expect(calico.proposals[0]).toMatchObject({ othersDenied: 0, changes: [{ ref: { group: 'projectcalico.org' } }] })
  })

  test('by isolating, with everybody else who was seen, where nothing denies', () => {
    const found = asked([], { wish: 'deny', edge: fromWeb }, { profile: 'generic' })
    expect(found.proposals[0]?.changes[0]?.after).toContain('app: reports')
    expect(found.notes.join()).toContain('cannot deny one connection by itself')
  })

  test('an address of a range', () => {
    const ranged = policy('db', { app: 'db' }, { ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] })
    const wished: WishedEdge = { ...toDb, from: { type: 'external', address: '203.0.113.7', names: [] } }
    const found = asked([ranged], { wish: 'deny', edge: wished }, { profile: 'generic' })
    expect(found.proposals[0]).toMatchObject({ how: 'except' })
  })
})

describe('isolate', () => {
  test('a workload: with what was recorded, or nobody', () => {
    const found = asked([], { wish: 'isolate', direction: 'ingress', subject: { workload: at.db } })
    expect(found.proposals.map(({ sentence }) => sentence)).toEqual([
      'Write a new NetworkPolicy shop/db-ingress that isolates the ingress of shop/db and lets pass what was recorded.',
      'Write a new NetworkPolicy shop/db-ingress that isolates the ingress of shop/db and lets nobody pass.',
    ])
    expect(found.proposals[1]?.cautions).toContain('Stops 2 other recorded edges.')
    expect(found.proposals[0]?.cautions).toEqual([expect.stringContaining('ops/prometheus')])
  })

  test('a policy of the same pods governs the other direction too', () => {
    const found = asked([closed], { wish: 'isolate', direction: 'egress', subject: { workload: at.db } })
    expect(found.proposals[0]?.sentence).toContain('Let NetworkPolicy shop/db govern the egress')
  })

  test('a namespace, and what is so already', () => {
    const found = asked([], { wish: 'isolate', direction: 'ingress', subject: { namespace: 'shop' } })
    expect(found.proposals[0]?.changes[0]?.after).toContain('podSelector: {}')
    expect(asked([closed], { wish: 'isolate', direction: 'ingress', subject: { workload: at.db } }).proposals).toEqual(
      [],
    )
  })
})

test('why tells how it is, and how it would be otherwise', () => {
  const ground = groundOf([closed], edges, { namespaces: [space('shop', {}), space('data', {})] })
  expect(proposeEdits(ground, { wish: 'why', edge: toDb }).now?.verdict).toBe('denied')
})
