import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate } from './evaluate'
import { refKey } from './normal-form'
import type { PolicyChange } from './policy-change'
import { draftCompiled, prepareGround, whatIf } from './what-if'
import { type EffectName, effectNames, type WhatIf } from './what-if/answer'
import { refOfObject } from './what-if/changed-model'
import { endOfGround } from './what-if/ground-end'
import { edge, fromNamespace, groundOf, policy, workload } from './what-if/test-ground'

const put = (object: Extract<PolicyChange, { change: 'put' }>['object']): PolicyChange => ({ change: 'put', object })
const gone = (object: Extract<PolicyChange, { change: 'put' }>['object']): PolicyChange => ({
  change: 'delete',
  ref: refOfObject(object),
})

const closed = policy(
  'db',
  { app: 'db' },
  { ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 5432 }] }] },
)
const withReports = policy(
  'db',
  { app: 'db' },
  {
    ingress: [
      { from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 5432 }] },
      fromNamespace('data', 5432),
    ],
  },
)
const edges = [
  edge(workload('web'), workload('db'), 5432, { count: 900 }),
  edge(workload('reports'), workload('db'), 5432, { count: 214, allowed: 0, denied: 214 }),
  edge(workload('web'), workload('dns'), 53, { protocol: 'UDP' }),
  edge({ type: 'unknown', why: 'not-known' }, workload('db'), 5432, { count: 3 }),
  edge({ type: 'external', address: '203.0.113.7', names: [] }, workload('web'), 443, { count: 7 }),
]
const ground = groundOf([closed], edges)
const toNamespace = (name: string) => [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } }]
const names = (answer: WhatIf, effect: EffectName) =>
  answer.effects[effect].shown.map(({ from, to, port }) => `${from.name} ${to.name} ${port}`)
const counts = ({ effects }: WhatIf) => effectNames.map((name) => effects[name].edges)

describe('what a draft does to recorded edges', () => {
  test('allowing one namespace allows exactly the edge that was denied', () => {
    const answer = whatIf(prepareGround(ground), [put(withReports)])
    expect(names(answer, 'newly-allowed')).toEqual(['data/reports shop/db 5432'])
    expect(names(answer, 'newly-denied')).toEqual([])
    expect(names(answer, 'unaffected')).toEqual(['shop/web shop/db 5432'])
    expect(names(answer, 'undecidable')).toEqual(['not known shop/db 5432'])
    expect(answer.elsewhere).toEqual({ edges: 2, connections: 17 })
    expect(answer.effects['newly-allowed']).toMatchObject({ edges: 1, connections: 214 })
    expect(answer.effects['newly-allowed'].shown[0]).toMatchObject({
      before: 'denied',
      after: 'allowed',
      denied: 214,
      witness: 'hubble',
      why: expect.stringContaining('NetworkPolicy shop/db allows ingress to shop/db'),
    })
  })

  test('what may pass is told although nobody used it', () => {
    const { possible } = whatIf(prepareGround(ground), [put(withReports)])
    expect(possible.pairs).toEqual({ opened: 2, closed: 0, unclear: 0 })
    expect(possible.changes.map(({ sentence }) => sentence)).toEqual([
      'Opens shop/db to 2 more workloads (2 in data) on TCP 5432.',
    ])
  })

  test('what is closed to everybody outside is told in words', () => {
    const shut = policy('web', { app: 'web' }, { policyTypes: ['Ingress'] })
    const [change] = whatIf(prepareGround(ground), [put(shut)]).possible.changes
    expect(change?.sentence).toMatch(
      /^Closes shop\/web to 5 workloads \(.*\) and every address outside on every port\.$/,
    )
  })

  test('an edge of which one end is not known is unaffected on a port where nothing changes for anybody', () => {
    const other = groundOf([closed], [edge({ type: 'unknown', why: 'hidden' }, workload('db'), 9000)])
    expect(counts(whatIf(prepareGround(other), [put(withReports)]))).toEqual([0, 0, 0, 1])
  })

  test('an end that may not be seen is never unaffected by a rule that may be about it', () => {
    const allowing = (namespace: string) => policy('db', { app: 'db' }, { ingress: [fromNamespace(namespace, 5432)] })
    const hidden = { type: 'unknown', why: 'hidden' } as const
    // Of nobody that is known either rule lets anything pass.
    const before = prepareGround(groundOf([allowing('hidden-a')], [edge(hidden, workload('db'), 5432)]))
    expect(counts(whatIf(before, [put(allowing('hidden-b'))]))).toEqual([0, 0, 1, 0])
    expect(counts(whatIf(before, [gone(allowing('hidden-a'))]))).toEqual([0, 0, 1, 0])
    // Isolated it is already.
    expect(counts(whatIf(before, [put(policy('more', { app: 'db' }, { policyTypes: ['Ingress'] }))]))).toEqual([
      0, 0, 0, 1,
    ])
    const leaving = (namespace: string) =>
      policy('web', { app: 'web' }, { policyTypes: ['Egress'], egress: [{ to: toNamespace(namespace) }] })
    const out = prepareGround(groundOf([leaving('hidden-a')], [edge(workload('web'), hidden, 80)]))
    expect(counts(whatIf(out, [put(leaving('hidden-b'))]))).toEqual([0, 0, 1, 0])
    const other = { to: toNamespace('hidden-b'), ports: [{ port: 81 }] }
    const more = policy('more', { app: 'web' }, { policyTypes: ['Egress'], egress: [other] })
    expect(counts(whatIf(out, [put(more)]))).toEqual([0, 0, 0, 1])
  })

  test('an object of no namespace may concern an end that is not known, one of a namespace does not', () => {
    const other = prepareGround(groundOf([], [edge({ type: 'unknown', why: 'hidden' }, workload('web'), 80)]))
    const closing = (kind: object) => ({
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: 'a' },
      spec: { tier: 'Admin', priority: 1, subject: { namespaces: { matchLabels: { x: 'y' } } }, ...kind },
    })
    const anyPeer = { action: 'Deny', to: [{ namespaces: {} }] }
    expect(counts(whatIf(other, [put(closing({ egress: [anyPeer] }))]))).toEqual([0, 0, 1, 0])
    expect(whatIf(other, [put(policy('db', { app: 'db' }, { policyTypes: ['Egress'] }))]).elsewhere.edges).toBe(1)
  })

  test('an edge without a port is decided where every port is alike', () => {
    const free = groundOf([], [edge(workload('web'), workload('db'), null)])
    const shut = policy('db', { app: 'db' }, { policyTypes: ['Ingress'] })
    expect(counts(whatIf(prepareGround(free), [put(shut)]))).toEqual([0, 1, 0, 0])
    const partly = policy('db', { app: 'db' }, { ingress: [{ ports: [{ port: 5432 }] }] })
    expect(counts(whatIf(prepareGround(free), [put(partly)]))).toEqual([0, 0, 1, 0])
    expect(counts(whatIf(prepareGround(free), [put(policy('db', { app: 'db' }, { ingress: [{}] }))]))).toEqual([
      0, 0, 0, 1,
    ])
  })

  test('deleting a policy lets pass what it denied', () => {
    const answer = whatIf(prepareGround(ground), [gone(closed)])
    expect(names(answer, 'newly-allowed')).toEqual(['data/reports shop/db 5432'])
  })

  test('no changes have no effects', () => {
    const answer = whatIf(prepareGround(ground), [])
    expect(counts(answer)).toEqual([0, 0, 0, 0])
    expect(answer.possible).toEqual({ changes: [], pairs: { opened: 0, closed: 0, unclear: 0 }, leftOut: 0 })
    expect(answer.lockOuts.found).toEqual([])
  })

  test('writing a policy and taking it away again has no effects', () => {
    const added = policy('more', { app: 'web' }, { policyTypes: ['Ingress'] })
    const answer = whatIf(prepareGround(ground), [put(added), gone(added)])
    expect(counts(answer)).toEqual([0, 0, 0, 0])
  })

  test('an index of ranges that only the draft has is made anew and answers the same', () => {
    const ranged = policy('web', { app: 'web' }, { ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] })
    const prepared = prepareGround(ground)
    whatIf(prepared, [])
    const answer = whatIf(prepared, [put(ranged)])
    expect(names(answer, 'unaffected')).toContain('203.0.113.7 shop/web 443')
    expect(answer.possible.changes.some(({ sentence }) => sentence.startsWith('Closes shop/web'))).toBe(true)
  })
})

describe('what cannot be read', () => {
  const broken = { ...closed, spec: { podSelector: 'db' } }
  test('stands as it is, and says so', () => {
    const answer = whatIf(prepareGround(ground), [put(broken)])
    expect(counts(answer)).toEqual([0, 0, 0, 0])
    expect(answer.problems).toMatchObject([{ stands: 'as-it-is', problems: [{ path: 'spec.podSelector' }] }])
  })
  test('stands as it was when it could last be read', () => {
    const last = new Map([[refKey(refOfObject(closed)), put(withReports)]])
    const answer = whatIf(prepareGround(ground), [put(broken)], { last })
    expect(names(answer, 'newly-allowed')).toEqual(['data/reports shop/db 5432'])
    expect(answer.problems).toMatchObject([{ stands: 'last-readable' }])
  })
  test('an object of no known kind is a problem', () => {
    const [problem] = whatIf(prepareGround(ground), [put({ kind: 'Pod', metadata: { name: 'x' } })]).problems
    expect(problem?.problems[0]?.path).toBe('kind')
  })
})

describe('whom a draft selects and locks out', () => {
  test('selected workloads, and those that are so no longer', () => {
    const wider = { ...withReports, spec: { ...Object(withReports.spec), podSelector: {} } }
    expect(whatIf(prepareGround(ground), [put(wider)]).selections).toMatchObject([
      { selects: ['shop/web', 'shop/db'], added: ['shop/web'], removed: [] },
    ])
    const other = {
      ...withReports,
      spec: { ...Object(withReports.spec), podSelector: { matchLabels: { app: 'web' } } },
    }
    expect(whatIf(prepareGround(ground), [put(other)]).selections).toMatchObject([
      { selects: ['shop/web'], added: ['shop/web'], removed: ['shop/db'] },
    ])
  })
  test('an edit that cuts DNS is warned of, and what stays is told', () => {
    const noEgress = policy('web', { app: 'web' }, { policyTypes: ['Egress'] })
    const { lockOuts } = whatIf(prepareGround(ground), [put(noEgress)])
    expect(lockOuts.found.map(({ check, message }) => [check, message])).toEqual([
      ['dns', 'shop/web no longer reaches the DNS of the cluster.'],
    ])
    expect(lockOuts.safe).toContain('monitoring')
    expect(lockOuts.unused).toEqual([])
    expect(lockOuts.unknown.map(({ check }) => check)).toContain('oriel')
  })
})

test('whom the monitoring never read is told apart from whom it read', () => {
  const read = groundOf([], [edge(workload('prometheus'), workload('web'), 9090)])
  const shut = policy('all', {}, { podSelector: {}, policyTypes: ['Ingress'] })
  const { found, unused } = whatIf(prepareGround(read), [put(shut)]).lockOuts
  expect(found.filter(({ check }) => check === 'monitoring').flatMap(({ workloads }) => workloads)).toEqual([
    'shop/web',
  ])
  expect(unused.map(({ check, workloads }) => [check, workloads])).toEqual([['monitoring', ['shop/db']]])
  const untold = whatIf(prepareGround(groundOf([], [])), [put(shut)]).lockOuts
  expect(untold.found.filter(({ check }) => check === 'monitoring').flatMap(({ workloads }) => workloads)).toEqual([
    'shop/web',
    'shop/db',
  ])
})

describe('staged policies', () => {
  const staged = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'StagedKubernetesNetworkPolicy',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] },
  }
  test('count where the draft is of nothing else', () => {
    const answer = whatIf(prepareGround(ground), [put(staged)])
    expect(answer).toMatchObject({ staged: 'enforced', touchesStaged: true })
    expect(names(answer, 'newly-denied')).toEqual(['shop/web shop/db 5432'])
  })
  test('do nothing where they are left out', () => {
    expect(counts(whatIf(prepareGround(ground), [put(staged)], { staged: 'left-out' }))).toEqual([0, 0, 0, 0])
  })
})

test('every edge is judged as evaluate judges it before and after', () => {
  const label = fc.constantFrom('web', 'db', 'reports', 'nobody')
  const space = fc.constantFrom('shop', 'data')
  const peer = fc.oneof(
    label.map((app) => ({ podSelector: { matchLabels: { app } } })),
    space.map((name) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } })),
    fc.constantFrom('203.0.113.0/24', '203.0.113.7/32', '0.0.0.0/0').map((cidr) => ({ ipBlock: { cidr } })),
  )
  const rule = fc.record({
    peers: fc.array(peer, { maxLength: 2 }),
    port: fc.option(fc.constantFrom(5432, 443, 53)),
  })
  const rules = fc.array(rule, { maxLength: 2 })
  const object = fc
    .record({
      name: fc.constantFrom('a', 'b', 'db'),
      app: label,
      namespace: space,
      ingress: rules,
      egress: fc.option(rules),
    })
    .map(({ name, app, namespace, ingress, egress }) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, namespace },
      spec: {
        podSelector: { matchLabels: { app } },
        policyTypes: ['Ingress', ...(egress ? ['Egress'] : [])],
        ingress: ingress.map(({ peers, port }) => ({ from: peers, ...(port ? { ports: [{ port }] } : {}) })),
        ...(egress
          ? { egress: egress.map(({ peers, port }) => ({ to: peers, ...(port ? { ports: [{ port }] } : {}) })) }
          : {}),
      },
    }))
  const draft = fc.array(fc.oneof(object.map(put), object.map(gone)), { maxLength: 3 })
  const told = new Set(effectNames)
  fc.assert(
    fc.property(fc.array(object, { maxLength: 4 }), draft, (objects, changes) => {
      const prepared = prepareGround(groundOf(objects, edges))
      const answer = whatIf(prepared, changes)
      const [before, after] = [prepared.compiled('left-out'), draftCompiled(prepared, changes, 'left-out')]
      const shown = new Map(
        [...told].flatMap((name) => answer.effects[name].shown.map((one) => [one.id, { name, ...one }] as const)),
      )
      for (const { id, from, to, protocol, port } of edges) {
        const [source, destination] = [endOfGround(prepared.ground, from), endOfGround(prepared.ground, to)]
        if (!source || !destination) continue
        const flow = { from: source, to: destination, protocol, port }
        const [was, is] = [evaluate(before, flow).verdict, evaluate(after, flow).verdict]
        const one = shown.get(id)
        if (!one) expect(is).toBe(was)
        else expect([one.before, one.after]).toEqual([was, is])
        if (one?.name === 'newly-allowed') expect([was === is, is]).toEqual([false, 'allowed'])
      }
      expect(shown.size + answer.elsewhere.edges).toBe(edges.length)
    }),
    { numRuns: 150 },
  )
})
