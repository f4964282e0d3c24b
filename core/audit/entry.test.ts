import { expect, it } from 'vitest'
import { auditPlaceText, parseAuditPlace, parseEntryId, parseWho, whoText } from './entry'

it.each([
  ['1795839947217123e12', { micros: '1795839947217123', kind: 'e', id: 12 }],
  ['0p1', { micros: '0', kind: 'p', id: 1 }],
  ['e12', null],
  ['12x1', null],
  ['-1e1', null],
  [`${'9'.repeat(18)}e1`, null],
])('reads %s as the place %j', (text, place) => {
  expect(parseAuditPlace(text)).toEqual(place)
  if (place) expect(auditPlaceText({ ...place, kind: place.kind === 'p' ? 'p' : 'e' })).toBe(text)
})

it.each([
  ['e12', { kind: 'e', id: 12 }],
  ['p3', { kind: 'p', id: 3 }],
  ['x3', null],
  ['3', null],
  ['e', null],
  ['1e3', null],
  ['e03', null],
  ['__proto__', null],
])('reads %s as the entry %j', (text, entry) => {
  expect(parseEntryId(text)).toEqual(entry)
})

it.each([
  [7, 'Alice'],
  [null, 'Oriel'],
  [null, ''],
])('finds who a filter names again: %j %j', (account, name) => {
  expect(parseWho(whoText(account, name))).toEqual(account === null ? { name } : { account })
})

it.each(['', '7', 'id:', 'id:x', 'id:99999999999'])('takes %j for nobody', (text) => {
  expect(parseWho(text)).toBeNull()
})
