import { expect, it } from 'vitest'
import { matchesSelector } from './label-selector'

const labels = { 'node-role.kubernetes.io/control-plane': '', zone: 'a' }

it.each([
  ['node-role.kubernetes.io/control-plane', true],
  ['!node-role.kubernetes.io/control-plane', false],
  ['constructor', false],
  ['!constructor', true],
  ['zone=a', true],
  ['zone==a', true],
  ['zone = b', false],
  ['zone!=b', true],
  ['none!=b', true],
  ['zone=a,none', false],
  [' zone=a , !none ', true],
  ['zone in (a,b)', null],
  ['!zone=a', null],
  ['', null],
])('labels meet %j: %j', (selector, met) => {
  expect(matchesSelector(selector, labels)).toBe(met)
})
