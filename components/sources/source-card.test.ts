import { expect, test } from 'vitest'
import { lostText } from './source-card'

const lost = (...records: (number | null)[]) =>
  records.map((count) => ({ cause: 'lost_events', records: count, gaps: 1 }))

test.each([
  ['nothing lost', lost(), '0'],
  ['all known', lost(1200, 4), '1,204'],
  ['part of it unknown', lost(1200, null), 'at least 1,200'],
  ['nothing known', lost(null), '–'],
])('%s', (_, given, text) => expect(lostText(given)).toBe(text))
