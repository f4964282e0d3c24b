import { expect, test } from 'vitest'
import { noHits } from '@/core/policy/pages/hits'
import type { PoliciesPage, PolicyRow } from '@/core/policy/pages/policies-page'
import { isUnused, shownPage } from './shown-page'

const day = 86_400_000
const row = (name: string, more: Partial<PolicyRow> = {}): PolicyRow => ({
  key: name,
  ref: { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace: 'shop', name },
  apiVersion: 'networking.k8s.io/v1',
  name,
  mode: 'enforced',
  layer: 'network',
  owner: { type: 'unknown' },
  managers: [],
  createdAt: 0,
  changedAt: 0,
  resourceVersion: '1',
  places: [],
  isolates: [],
  selects: [],
  rules: [],
  hits: noHits,
  findings: [],
  unreadable: null,
  ...more,
})
const page = (policies: readonly PolicyRow[], from: number, cluster = 'east'): PoliciesPage => ({
  cluster,
  clusters: [cluster],
  at: 100 * day,
  period: { from, to: 100 * day },
  profile: 'generic',
  hidesNamespaces: false,
  unread: [],
  tiers: [],
  policies,
  workloads: [],
  namespaces: [],
  findings: [],
  traffic: { edges: 0, undecided: 0, differing: 0 },
  differing: [],
})
const used = { ...noHits, edges: 1, lastUsed: 95 * day }
const now = page([row('idle'), row('young', { createdAt: 99 * day }), row('weekly')], 99.9 * day)
const long = page([row('idle'), row('young', { createdAt: 99 * day }), row('weekly', { hits: used })], 86 * day)
const spans = (since: number | null) =>
  shownPage(now, long, since).policies.map(({ usage }) => usage && [usage.last, usage.span / day])

test('a policy is idle as long as it is there and anybody watched, over the longer time', () => {
  expect(spans(null)).toEqual([
    [null, 14],
    [null, 1],
    [95 * day, 14],
  ])
  expect(spans(97 * day)[0]).toEqual([null, 3])
  expect(shownPage(now, long, null).policies.map(isUnused)).toEqual([true, true, false])
})

test('who does not see all is not told that a policy is unused, nor that one of elsewhere selects nobody', () => {
  const scoped = (of: PoliciesPage): PoliciesPage => ({ ...of, hidesNamespaces: true })
  const shown = shownPage(scoped(now), scoped(long), null).policies
  expect(shown.map(isUnused)).toEqual([false, false, false])
  expect(shown.map(({ unknownUse }) => unknownUse)).toEqual([true, true, false])
  expect(shown.map(({ unknownSelects }) => unknownSelects)).toEqual([true, true, true])
  expect(shownPage(now, long, null).policies.some((one) => one.unknownUse || one.unknownSelects)).toBe(false)
})

test('nothing is called unused before the longer time is known, nor by that of another cluster', () => {
  expect(shownPage(now, undefined, null).policies.map(isUnused)).toEqual([false, false, false])
  expect(shownPage(now, page(long.policies, 86 * day, 'west'), null).policies[0]?.usage).toBeNull()
})

test('what decides nothing by itself is not unused', () => {
  const others = [row('staged', { mode: 'staged' }), row('set', { layer: 'none' }), row('odd', { unreadable: 'spec' })]
  expect(shownPage(page(others, 86 * day), page(others, 86 * day), null).policies.map(isUnused)).toEqual([
    false,
    false,
    false,
  ])
})
