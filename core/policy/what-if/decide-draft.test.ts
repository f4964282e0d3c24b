import { describe, expect, test } from 'vitest'
import type { PolicyChange } from '../policy-change'
import { prepareGround } from '../what-if'
import { decideDraft, runTests } from './decide-draft'
import { lintChange } from './lint-change'
import { fromNamespace, groundOf, policy } from './test-ground'

const closed = policy('db', { app: 'db' }, { policyTypes: ['Ingress'] })
const open = policy('db', { app: 'db' }, { ingress: [fromNamespace('data', 5432)] })
const services = [
  {
    namespace: 'shop',
    name: 'db',
    labels: {},
    selector: { app: 'db' },
    clusterIps: ['10.96.0.9'],
    ports: [{ name: 'pg', protocol: 'TCP' as const, port: 15432, targetPort: 5432 }],
    addresses: [],
  },
]
const nodes = [{ name: 'n1', labels: {}, addresses: ['10.9.0.1'] }]
const prepared = prepareGround(groundOf([closed], [], { services, nodes }))
const draft: readonly PolicyChange[] = [{ change: 'put', object: open }]
const ask = (from: string, to: string, port: number) =>
  decideDraft(prepared, draft, { from, to, port, protocol: 'TCP' })

describe('can one reach the other', () => {
  test.each([
    ['data/reports', 'shop/db', 5432, 'denied', 'allowed'],
    ['data/reports[Deployment]', 'shop/db[Deployment]', 5432, 'denied', 'allowed'],
    ['data/reports', 'Service shop/db', 15432, 'denied', 'allowed'],
    ['data/reports', '10.96.0.9', 15432, 'denied', 'allowed'],
    ['ops/prometheus', 'shop/db', 5432, 'denied', 'denied'],
    ['203.0.113.9', 'shop/db', 5432, 'denied', 'denied'],
    ['node n1', 'shop/web', 80, 'allowed', 'allowed'],
    ['shop/web', 'api.example.com', 443, 'allowed', 'allowed'],
  ])('%s to %s on %i: %s, then %s', (from, to, port, before, after) => {
    expect(ask(from, to, port)).toMatchObject({ before, after })
  })
  test('what is in a namespace that may not be seen is not said to be nowhere', () => {
    const scoped = prepareGround({ ...prepared.ground, hidesNamespaces: true })
    const question = { from: 'hidden/app', to: 'shop/db', port: 5432, protocol: 'TCP' } as const
    expect(decideDraft(scoped, draft, question)).toEqual({
      problem: 'From: there is no pod or workload hidden/app that you may see.',
    })
  })
  test('with the reasons of both', () => {
    const answer = ask('data/reports', 'shop/db', 5432)
    expect('problem' in answer ? [] : [...answer.whyBefore, ...answer.whyAfter]).toEqual([
      expect.stringContaining('no rule of it allows TCP 5432 from data/reports'),
      expect.stringContaining('NetworkPolicy shop/db allows ingress to shop/db'),
    ])
  })
  test.each([
    ['shop/nobody', 'shop/db', 'From: there is no pod or workload shop/nobody.'],
    ['shop/web', 'Service shop/x', 'To: there is no Service shop/x.'],
    ['Service shop/db', 'shop/web', 'From: a Service opens no connections.'],
    ['shop/web', 'node n9', 'To: there is no node n9.'],
    ['shop/web', '', 'To: nothing is no workload (namespace/name), address or DNS name.'],
  ])('%s to %s: %s', (from, to, problem) => {
    expect(ask(from, to, 1)).toEqual({ problem })
  })
})

test('tests of a draft hold, do not, or are unclear', () => {
  const question = { from: 'data/reports', to: 'shop/db', protocol: 'TCP', port: 5432 } as const
  const results = runTests(prepared, draft, [
    { ...question, expect: 'allowed' },
    { ...question, expect: 'denied' },
    { ...question, to: 'shop/x', expect: 'denied' },
  ])
  expect(results.map(({ holds, heldBefore }) => [holds, heldBefore])).toEqual([
    ['yes', 'no'],
    ['no', 'yes'],
    ['unclear', 'unclear'],
  ])
})

test('the lint tells what the draft brings and what it solves', () => {
  const nowhere = policy('db', { app: 'nobody' }, { policyTypes: ['Ingress'] })
  const brought = lintChange(prepared, [{ change: 'put', object: nowhere }])
  expect(brought.brought.map(({ rule }) => rule)).toEqual(['selects-nothing'])
  const broken = prepareGround(groundOf([nowhere], []))
  expect(lintChange(broken, draft).solved.map(({ rule }) => rule)).toEqual(['selects-nothing'])
  expect(lintChange(broken, [])).toEqual({ brought: [], solved: [] })
})
