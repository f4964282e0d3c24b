import { describe, expect, it } from 'vitest'
import { groundPeriods } from './panel-props'
import { isBeyond, recordedWords } from './recorded'

const day = 86_400_000
const period = { from: 0, to: 30 * day }
const since = (ms: number) => ({ period, recordedFrom: period.to - ms })

describe('periods of traffic', () => {
  it.each([
    ['some minutes', 42 * 60_000, ['24h', '14d', '30d']],
    ['two days', 2 * day, ['30d']],
    ['more than any', 40 * day, []],
  ])('that reach back behind what is recorded are told: %s', (_, ms, beyond) => {
    expect(groundPeriods.filter((one) => isBeyond(one, since(ms)))).toEqual(beyond)
  })

  it('say how much of them is recorded, where that is not all', () => {
    expect(groundPeriods.map((one) => recordedWords(one, since(2 * day)))).toEqual([
      '',
      '',
      'only 2\u00a0d recorded',
      'only 2\u00a0d recorded',
    ])
  })

  it('are not marked where nothing is told', () => {
    expect(groundPeriods.filter((one) => isBeyond(one, { period }))).toEqual([])
    expect(recordedWords('14d', { period, recordedFrom: period.to })).toBe('')
  })
})
