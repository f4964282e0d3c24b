import { describe, expect, it } from 'vitest'
import type { FindingOnset } from '@/core/findings/finding'
import { formatWhen } from '../format'
import { changeWords, riseWords, sentenceOf, sinceWords } from './onset-words'

const minute = 60_000
const now = Date.now()
const at = now - 14 * minute
const onset: FindingOnset = { figure: 'p95', at, atLeast: false, earliest: at, until: null, before: 62, after: 741 }
const time = (moment: number) => formatWhen(moment, 'min')

describe('sinceWords', () => {
  it.each<[string, Partial<FindingOnset>, string]>([
    ['going on', {}, 'for 14\u00a0min'],
    ['older than what was looked at', { atLeast: true }, 'for at least 14\u00a0min'],
    ['over', { until: now - minute }, `from ${time(at)} to ${time(now - minute)}`],
    ['over, and older', { atLeast: true, until: now - minute }, `until ${time(now - minute)}`],
  ])('%s', (_what, parts, words) => {
    expect(sinceWords({ ...onset, ...parts }, now)).toBe(words)
  })
})

describe('riseWords', () => {
  it.each<[string, Partial<FindingOnset>, string]>([
    ['levels and moment', {}, `p95 there rose from 62\u00a0ms to 741\u00a0ms at ${time(at)}`],
    [
      'from nothing',
      { figure: 'errors', before: 0, after: 0.061 },
      `errors there began at ${time(at)}, 6.1\u00a0% since`,
    ],
    [
      'from nothing, and over',
      { figure: 'errors', before: 0, after: 0.061, until: now - minute },
      `errors there began at ${time(at)}, 6.1\u00a0% until ${time(now - minute)}`,
    ],
    [
      'behind a gap',
      { earliest: at - 5 * minute },
      `p95 there rose from 62\u00a0ms to 741\u00a0ms between ${time(at - 5 * minute)} and ${time(at)}`,
    ],
    ['nothing before is known', { atLeast: true, before: null }, ''],
  ])('%s', (_what, parts, words) => {
    expect(riseWords({ ...onset, ...parts }, 'there')).toBe(words)
  })
})

it('says what was changed, that nothing was, or nothing', () => {
  const deploy = { at, kind: 'deploy', name: 'bff', to: '1.4.2' }
  expect(changeWords(deploy, true, onset)).toBe(`bff was deployed at ${time(at)} (1.4.2)`)
  expect(changeWords(null, true, onset)).toBe('nothing was deployed')
  expect(changeWords(null, false, onset)).toBe('')
  expect(changeWords(null, true, { ...onset, atLeast: true })).toBe('')
  expect(sentenceOf(['nothing was deployed', '', 'p95 rose'])).toBe('Nothing was deployed; p95 rose.')
  expect(sentenceOf([''])).toBe('')
})
