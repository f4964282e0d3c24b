import { expect, test } from 'vitest'
import { columnsFor, protocolWord } from './columns'
import { recordTime } from './when'

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

test('columns come as they were chosen', () => {
  expect(columnsFor([], ['to', 'time', 'sourcePort'], 'utc').map(({ title }) => title)).toEqual([
    'To',
    'Time (UTC)',
    'Source port',
  ])
})

test('times are written in UTC to the millisecond, without the date on request', () => {
  const time = Date.parse('2024-03-05T09:00:00.25Z')
  expect([recordTime(time, 'utc'), recordTime(time, 'utc', false)]).toEqual(['2024-03-05 09:00:00.250', '09:00:00.250'])
})
