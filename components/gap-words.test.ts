import { expect, test } from 'vitest'
import type { SourceGap } from '@/core/world'
import { causeWord, gapSentence } from './gap-words'

const at = (hour: number, minute: number) => new Date(2026, 10, 23, hour, minute).getTime()
const gap: SourceGap = {
  source: 'hubble-1',
  cluster: 'eu',
  from: at(13, 26),
  to: at(13, 29),
  cause: 'lost_events',
  lost: 1204,
  part: '',
}

test.each([
  [gap, 'Hubble lost 1,204 events, 13:26 – 13:29'],
  [{ ...gap, lost: null, part: 'node-1' }, 'Hubble on node-1 lost an unknown number of events, 13:26 – 13:29'],
  [{ ...gap, to: gap.from + 4000 }, 'Hubble lost 1,204 events, 13:26'],
  [{ ...gap, cause: 'source_down' as const, to: null, lost: null }, 'Hubble gone since 13:26'],
  [{ ...gap, cause: 'collector_down' as const, lost: null }, 'Oriel was not collecting from Hubble 13:26 – 13:29'],
  [{ ...gap, cause: 'malformed' as const, lost: 1 }, 'Hubble sent 1 event that could not be read, 13:26 – 13:29'],
])('a gap is said as a sentence', (given, sentence) => expect(gapSentence(given, 'Hubble', at(15, 0))).toBe(sentence))

test('a gap of another day has its date', () => {
  const later = at(15, 0) + 3 * 86_400_000
  expect(gapSentence(gap, 'Hubble', later)).toBe('Hubble lost 1,204 events, 2026-11-23 13:26 – 13:29')
  expect(gapSentence({ ...gap, cause: 'source_down', to: null }, 'Hubble', later)).toBe(
    'Hubble gone since 2026-11-23 13:26',
  )
})

test('a cause that is not known is shown as it is', () => {
  expect(causeWord('constructor')).toBe('constructor')
  expect(causeWord('overload')).toBe('dropped by overload')
})
