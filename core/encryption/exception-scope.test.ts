import { expect, it } from 'vitest'
import { everything, scopeOf } from '../scope'
import { isWithinScope } from './exception-scope'

const shop = scopeOf([
  ['c', 'shop'],
  ['c', 'cart'],
])

it.each([
  ['ns:shop', true],
  ['ns:shop port:25', true],
  ['from:shop/web to:cart/db', true],
  ['from:shop/web', true],
  ['ns:shop or ns:cart', true],
  ['c/shop/Deployment/web', false],
  ['to:c/shop/Deployment/web', true],
  ['port:25', false],
  ['web', false],
  ['from:web', false],
  ['ns:bank', false],
  ['ns:*', false],
  ['ns:s*', false],
  ['!ns:shop', false],
  ['ns:shop !ns:bank', false],
  ['from:shop/web to:bank/ledger', false],
  ['ns:shop or port:25', false],
  ['from:ns=bank ns:shop', false],
  ['', false],
])('an exception on %s is of who sees these namespaces: %s', (filter, expected) => {
  expect(isWithinScope(filter, shop)).toBe(expected)
  expect(isWithinScope(filter, everything)).toBe(true)
})
