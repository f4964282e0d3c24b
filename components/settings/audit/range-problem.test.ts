import { expect, it } from 'vitest'
import { auditRangeProblem } from './range-problem'

it.each([
  ['', null],
  ['past=7d', null],
  ['past=401d', 'It is no length of time from a second to 400 days, such as 36h or 7d.'],
  ['past=soon', 'It is no length of time from a second to 400 days, such as 36h or 7d.'],
  ['since=2025-01-01T00:00:00Z&until=2026-02-05T00:00:00Z', null],
  [
    'since=2025-01-01T00:00:00Z&until=2026-02-05T00:00:01Z',
    'It is longer than 400 days, the most that is shown at once.',
  ],
  ['past=401d&since=1000&until=2000', null],
  ['since=1000&until=1000', 'It ends before it starts.'],
  ['since=1000', 'It has no end.'],
  ['until=1000&since=', 'It has no start.'],
  ['since=1000&until=later', 'Its end cannot be read.'],
  ['since=once&until=1000', 'Its start cannot be read.'],
])('%s', (address, problem) => expect(auditRangeProblem(new URLSearchParams(address))).toBe(problem))
