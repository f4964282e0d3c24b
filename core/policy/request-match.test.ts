import { expect, test } from 'vitest'
import { requestMatches } from './request-match'
import { maybe, no, yes } from './tri'

const header = { is: 'header', name: 'X-User', texts: [{ how: 'exact', text: 'ann' }] } as const

test('headers may not be known, and one that is not there fits nothing', () => {
  expect(requestMatches(header, { method: 'GET' })).toBe(maybe)
  expect(requestMatches(header, { headers: {} })).toBe(no)
  expect(requestMatches(header, { headers: { 'x-user': 'ann' } })).toBe(yes)
})

test('what carries no HTTP fits no condition on requests, and may be asked for', () => {
  expect(requestMatches(header, null)).toBe(no)
  expect([null, undefined, {}].map((request) => requestMatches({ is: 'plain' }, request))).toEqual([yes, maybe, no])
})
