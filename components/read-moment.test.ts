import { expect, test } from 'vitest'
import { readMoment } from './read-moment'

const now = Date.UTC(2026, 10, 27, 10, 30)
const utc = (day: number, hours = 0, minutes = 0, seconds = 0) => Date.UTC(2026, 10, day, hours, minutes, seconds)

test.each([
  ['10:22', utc(27, 10, 22)],
  ['9:05:07', utc(27, 9, 5, 7)],
  ['14:22', utc(26, 14, 22)],
  ['yesterday 14:00', utc(26, 14)],
  ['Yesterday', utc(26)],
  ['today 14:00', utc(27, 14)],
  ['now', now],
  ['2h ago', now - 7_200_000],
  ['15 min ago', now - 900_000],
  ['2026-11-23 14:10', utc(23, 14, 10)],
  ['2026-11-23', utc(23)],
  ['2026-11-23T14:10:30Z', utc(23, 14, 10, 30)],
  ['2026-11-23T14:10+02:00', utc(23, 12, 10)],
  ['1795775393872', 1_795_775_393_872],
  ['24:00', null],
  ['10:60', null],
  ['2026-13-23 14:10', null],
  ['constructor', null],
  ['soon', null],
  ['', null],
])('%s in UTC', (text, time) => expect(readMoment(text, now, 'utc')).toBe(time))

test('without a zone of its own a text is in local time', () => {
  expect(readMoment('2026-11-23 14:10', now, 'local')).toBe(new Date(2026, 10, 23, 14, 10).getTime())
})
