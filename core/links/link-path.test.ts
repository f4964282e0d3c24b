import { describe, expect, it } from 'vitest'
import { linkPath, openedPath } from './link-path'

describe('the path of a link', () => {
  it.each([
    ['/', '/'],
    ['/?q=ns%3Ashop&last=1h', '/?q=ns%3Ashop&last=1h'],
    ['/services/demo/shop/Deployment/cart?from=1&to=2', '/services/demo/shop/Deployment/cart?from=1&to=2'],
    ['/flows?frozen=abc&q=x', '/flows?q=x'],
    ['/a/../flows', '/flows'],
  ])('%s is kept', (text, path) => expect(linkPath(text)).toBe(path))

  it.each([
    'flows',
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/..//evil.example/',
    '/./\n/evil.example',
    'javascript:alert(1)',
    '/api/v1/map',
    '/login?to=/flows',
    '/logout',
    '/l/abc',
    '/_next/x',
    '',
    `/?q=${'x'.repeat(7_000)}`,
  ])('%.40s is refused', (text) => expect(linkPath(text)).toBeNull())

  it('of a frozen view stands still and names itself', () => {
    expect(openedPath('/?last=1h&lens=errors', { token: 'T', from: 1, to: 2 })).toBe(
      '/?lens=errors&from=1&to=2&frozen=T',
    )
    expect(openedPath('/?last=1h', null)).toBe('/?last=1h')
  })
})
