import { expect, test } from 'vitest'
import { audienceWords, isShown, proposedName } from './view-name'

test.each([
  ['/', 'Map'],
  ['/?lens=latency&q=ns:shop', 'Map · latency · ns:shop'],
  ['/services?q=error:%3E1%25', 'Services · error:>1%'],
  ['/services/east/shop/Deployment/cart%20a', 'cart a'],
])('%s is proposed as %s', (path, name) => expect(proposedName(path)).toBe(name))

test.each([
  ['/?a=1&b=2', '/?b=2&a=1', true],
  ['/?q=ns:shop', '/?q=ns%3Ashop', true],
  ['/?a=1', '/?a=2', false],
  ['/flows', '/', false],
])('%s and %s are one place: %s', (a, b, same) => expect(isShown(a, b)).toBe(same))

test.each([
  ['', 'nobody'],
  ['*', 'everybody'],
  ['store', 'the team store'],
])('the audience %j is %s', (audience, words) => expect(audienceWords(audience)).toBe(words))
