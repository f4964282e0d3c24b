import { expect, test } from 'vitest'
import { domainMatches } from './domain-pattern'

test.each<[string, string, boolean]>([
  ['cilium.io', 'cilium.io', true],
  ['Cilium.IO.', 'cilium.io', true],
  ['cilium.io', 'Cilium.io.', true],
  ['cilium.io', 'www.cilium.io', false],
  ['*', 'a.b.c', true],
  ['*.cilium.io', 'www.cilium.io', true],
  ['*.cilium.io', 'cilium.io', false],
  ['*.cilium.io', 'a.b.cilium.io', false],
  ['*cilium.io', 'cilium.io', true],
  ['*cilium.io', 'sub-cilium.io', true],
  ['*cilium.io', 'www.cilium.io', false],
  ['sub*.cilium.io', 'sub.cilium.io', true],
  ['sub*.cilium.io', 'subdomain.cilium.io', true],
  ['sub*.cilium.io', 'www.cilium.io', false],
  ['**.cilium.io', 'app.cilium.io', true],
  ['**.cilium.io', 'test.app.cilium.io', true],
  ['**.cilium.io', 'cilium.io', false],
  ['a*b*.x', 'aXbY.x', true],
  ['a*b*.x', 'aX.x', false],
])('%s fits %s: %s', (pattern, name, expected) => {
  expect(domainMatches(pattern, name)).toBe(expected)
})
