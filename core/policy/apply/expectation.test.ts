import { expect, it } from 'vitest'
import { confirm } from './expectation'
import { parsePermission, permissionText, permissionWords } from './permission'
import { parseRefKey } from './ref-key'

it.each([
  ['allowed', 3, 0, 'confirmed'],
  ['allowed', 0, 3, 'contradicted'],
  ['denied', 0, 3, 'confirmed'],
  ['denied', 3, 0, 'contradicted'],
  ['denied', 1, 3, 'mixed'],
  ['allowed', 0, 0, 'no-traffic'],
  ['stays-allowed', 3, 0, 'confirmed'],
  ['stays-allowed', 0, 3, 'contradicted'],
] as const)('an edge that becomes %s with %d let pass and %d stopped is %s', (becomes, allowed, denied, state) => {
  expect(confirm({ edge: 'e', becomes }, { allowed, denied })).toEqual({ edge: 'e', becomes, allowed, denied, state })
})

it('a permission is asked for in one line', () => {
  const text = 'patch/networking.k8s.io/networkpolicies/shop/web'
  const ask = parsePermission(text)
  expect(ask && permissionText(ask)).toBe(text)
  expect(ask && permissionWords(ask)).toBe('change networkpolicies “web” in namespace shop')
  for (const bad of ['', 'patch', 'fly/g/r/n/x', 'get/g/r/n/x/more', 'get/g/r/../x', 'get/g//n/x', 'get/g/r/a b/x'])
    expect(parsePermission(bad), bad).toBeNull()
})

it('an object is named by its key', () => {
  expect(parseRefKey('g/K/ns/n')).toEqual({ group: 'g', kind: 'K', namespace: 'ns', name: 'n' })
  expect(parseRefKey('g/K//n')?.namespace).toBeNull()
  for (const bad of ['', 'g/K/ns', 'g//ns/n', 'g/K/ns/n/more']) expect(parseRefKey(bad), bad).toBeNull()
})
