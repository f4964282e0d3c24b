import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { routeTemplate } from './route-template'

test.each([
  ['/', '/'],
  ['', '/'],
  ['/users/123?x=1', '/users/{id}'],
  ['/users/123#top', '/users/{id}'],
  ['http://reviews:9080/reviews/0', '/reviews/{id}'],
  ['http://productpage:9080/productpage', '/productpage'],
  ['https://user:pw@host/a//b/', '/a/b'],
  ['/o/550e8400-e29b-41d4-a716-446655440000/lines', '/o/{id}/lines'],
  ['/o/550e8400e29b41d4a716446655440000', '/o/{id}'],
  ['/o/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/o/{id}'],
  ['/blobs/da39a3ee5e6b4b0d3255bfef95601890afd80709', '/blobs/{id}'],
  ['/commit/3f2a1b9c', '/commit/{id}'],
  ['/days/2026-03-01', '/days/{date}'],
  ['/days/2026-03', '/days/{date}'],
  ['/at/2026-03-01T09:30:00Z', '/at/{date}'],
  ['/who/ann@shop.example', '/who/{email}'],
  ['/who/ann%40shop.example', '/who/{email}'],
  ['/hosts/10.0.0.4', '/hosts/{ip}'],
  ['/t/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', '/t/{token}'],
  ['/t/dGhpc0lzQVRva2VuMTIz', '/t/{token}'],
  ['/orders/INV-2024-0017', '/orders/{id}'],
  ['/search/red%20shoes', '/search/{text}'],
  ['/städte/köln', '/{text}/{text}'],
  ['/assets/app.3f2a1b9c.js', '/assets/app.{id}.js'],
  ['/cart;jsessionid=ABC123?x', '/cart'],
  ['/api/v1/oauth2/s3', '/api/v1/oauth2/s3'],
  ['/apis/apps/v1beta2', '/apis/apps/v1beta2'],
  ['/users/{userId}/:tab', '/users/{userId}/:tab'],
  ['/shop.Cart/GetItem', '/shop.Cart/GetItem'],
  ['/a\u0000b\u202e/c\n', '/ab/{text}'],
  ['/1/2/3/4/5/6/7/8/9/10/11/12/13', `${'/{id}'.repeat(12)}/…`],
])('%s is %s', (path, route) => {
  expect(routeTemplate(path)).toBe(route)
})

describe('any path', () => {
  const segment = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.nat().map(String),
    fc.uuid(),
    fc.emailAddress(),
    fc.base64String({ minLength: 8, maxLength: 60 }),
    fc.constantFrom('users', 'v2', '{id}', ':id', '…', '%2F', '..', ''),
  )
  const path = fc.array(segment, { maxLength: 20 }).map((segments) => `/${segments.join('/')}`)

  it('gives the same when it is templated again', () => {
    fc.assert(fc.property(path, (text) => routeTemplate(routeTemplate(text)) === routeTemplate(text)))
  })

  it('stays short, and is one visible line without query, fragment or a number alone', () => {
    fc.assert(
      fc.property(path, (text) => {
        const route = routeTemplate(text)
        expect(route.length).toBeLessThanOrEqual(120)
        expect(route).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}?#]/u)
        for (const part of route.split('/')) expect(part).not.toMatch(/^\d+$/)
      }),
    )
  })

  it('does not depend on the number in it', () => {
    fc.assert(fc.property(fc.nat(), fc.nat(), (a, b) => routeTemplate(`/x/${a}/y`) === routeTemplate(`/x/${b}/y`)))
  })
})
