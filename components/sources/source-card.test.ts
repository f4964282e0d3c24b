import { expect, test } from 'vitest'
import { lostText } from './source-card'

const gap = (records: number | null, uncounted = records === null ? 1 : 0) => ({
  cause: 'lost_events',
  records,
  gaps: 2,
  uncounted,
})

test.each([
  ['nothing lost', [], '0'],
  ['all known', [gap(1200), gap(4)], '1,204'],
  ['one cause unknown', [gap(1200), gap(null)], 'at least 1,200'],
  ['one gap of a cause unknown', [gap(1200, 1)], 'at least 1,200'],
  ['nothing known', [gap(null)], '–'],
])('%s', (_, given, text) => expect(lostText(given)).toBe(text))
