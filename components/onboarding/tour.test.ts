import { expect, it, test } from 'vitest'
import { parseTour, TOUR, tourAt } from './tour'

const place = (path: string, search = '') => ({ path, search: new URLSearchParams(search) })
const start = { done: [], over: false }

it('has at most four steps', () => expect(TOUR.length).toBeLessThanOrEqual(4))

test.each([
  ['/', '', []],
  ['/', 'sel=x', ['look']],
  ['/services/a/b/c/d', '', ['look']],
  ['/', 'q=cart', ['filter']],
  ['/', 'from=1&to=2', ['time']],
  ['/flows', 'q=cart', ['filter', 'flows']],
])('%s?%s does %j', (path, search, done) => expect(tourAt(start, place(path, search)).done).toEqual(done))

it('changes nothing where nothing is new', () => {
  const state = { done: ['filter'], over: false }
  expect(tourAt(state, place('/', 'q=x'))).toBe(state)
})

test.each([null, '', 'x', '3', '{"done":7}'])('of %j begins anew', (text) => expect(parseTour(text)).toEqual(start))

it('keeps what was done', () =>
  expect(parseTour('{"done":["look",3],"over":true}')).toEqual({ done: ['look'], over: true }))
