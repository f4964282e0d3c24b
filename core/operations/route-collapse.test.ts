import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRouteCollapse } from './route-collapse'

test('a place with too many values is one', () => {
  const collapse = createRouteCollapse({ values: 3, places: 100 })
  const names = ['red', 'green', 'blue', 'pink', 'red', 'grey'].map((name) => collapse(`GET /colours/${name}/shades`))
  expect(names.slice(0, 3)).toEqual([
    'GET /colours/red/shades',
    'GET /colours/green/shades',
    'GET /colours/blue/shades',
  ])
  expect(new Set(names.slice(3))).toEqual(new Set(['GET /colours/{name}/shades']))
  expect(collapse('GET /colours')).toBe('GET /colours')
})

test.each(['shop.Cart/GetItem', 'A shop.example', 'SELECT orders', 'publish orders'])('%s is no path', (name) => {
  const collapse = createRouteCollapse({ values: 1, places: 1 })
  collapse('GET /a')
  expect(collapse(name)).toBe(name)
})

test('whatever is asked, names are few and the same question keeps a name that is its own or collapsed', () => {
  const path = fc.array(fc.nat(30).map(String), { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`)
  fc.assert(
    fc.property(fc.array(path, { maxLength: 300 }), (paths) => {
      const limits = { values: 4, places: 60 }
      const collapse = createRouteCollapse(limits)
      const names = new Set(paths.map(collapse))
      // What was named before its place collapsed stays; after that there is one name for it.
      expect(names.size).toBeLessThanOrEqual(limits.places + 4 * limits.values ** 3)
      for (const name of names)
        expect(name.split('/')).toHaveLength(paths.find((p) => matches(p, name))?.split('/').length ?? -1)
    }),
  )
})

const matches = (path: string, name: string) => {
  const [a, b] = [path.split('/'), name.split('/')]
  return a.length === b.length && b.every((part, i) => part === '{name}' || part === a[i])
}
