import { expect, test } from 'vitest'
import { columnsFor, protocolWord, statusWord } from './columns'

test.each([
  ['dns', 3, 'NXDOMAIN'],
  ['dns', 17, 'rcode 17'],
  ['http', 503, '503'],
  ['grpc', 0, '0'],
] as const)('%s %s is %s', (l7, status, word) => expect(statusWord(l7, status)).toBe(word))

test.each([
  ['none', 'tcp', 'tcp'],
  ['unknown', 'udp', 'udp'],
  ['http', 'tcp', 'http'],
] as const)('%s over %s is called %s', (l7, protocol, word) => expect(protocolWord({ l7, protocol })).toBe(word))

test('the time column has room for dates only where a row is not of today', () => {
  const width = (...times: number[]) => columnsFor(times.map((time) => ({ time })))[0]?.width ?? 0
  expect(width(Date.now(), Date.parse('2024-03-05T09:00:00Z'))).toBeGreaterThan(width(Date.now()))
  expect(width()).toBe(width(Date.now()))
})
