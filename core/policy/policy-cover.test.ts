import { expect, test } from 'vitest'
import { policyCover } from './policy-cover'
import { workload } from '../world-fixture'

const web = { workload: workload('web'), labels: { app: 'web', tier: 'front' } }
const db = { workload: workload('db'), labels: { app: 'db' } }
const far = { workload: workload('far', 'far'), labels: { app: 'web' } }
const policy = (name: string, selector: unknown) => ({ cluster: 'east', namespace: 'shop', name, selector })

test.each<[string, unknown, string[]]>([
  ['all of its namespace without a part', {}, ['db', 'web']],
  ['by labels', { matchLabels: { app: 'web', tier: 'front' } }, ['web']],
  ['none by a label that nobody has', { matchLabels: { app: 'wep' } }, []],
  ['In', { matchExpressions: [{ key: 'app', operator: 'In', values: ['db', 'x'] }] }, ['db']],
  ['NotIn', { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['front'] }] }, ['db']],
  ['Exists', { matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, ['web']],
  ['DoesNotExist', { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, ['db']],
  ['nothing by an operator that is none', { matchExpressions: [{ key: 'tier', operator: 'Gt' }] }, []],
  ['nothing by what is no selector', 'all', []],
  ['nothing by an inherited name', { matchLabels: { constructor: 'x' } }, []],
])('a policy selects %s', (_, selector, names) => {
  const cover = policyCover([policy('p', selector)], [web, db, far])
  expect([...cover.keys()].map((key) => key.split('/').at(-1)).sort()).toEqual(names)
})

test('a workload has all that select any of its pods, each once', () => {
  const canary = { workload: workload('web'), labels: { app: 'web', track: 'canary' } }
  const policies = [policy('b', {}), policy('a', { matchLabels: { track: 'canary' } })]
  expect([...policyCover(policies, [web, canary]).values()]).toEqual([['a', 'b']])
})
