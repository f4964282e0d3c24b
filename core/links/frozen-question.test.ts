import { expect, it } from 'vitest'
import { frozenQuestion } from './frozen-question'

const of = (path: string, query: string) => frozenQuestion(path, new URLSearchParams(query))

it('is the same whatever the order, the time and what is empty', () => {
  const { key } = of('map', 'level=workload&q=a%26b&last=15m')
  expect(of('map', 'q=a%26b&frozen=x&from=10&to=20&cluster=&level=workload')).toEqual({ key, from: 10, to: 20 })
  expect(of('map', 'q=a&b&level=workload').key).not.toBe(key)
  expect(of('series', 'q=a%26b&level=workload').key).not.toBe(key)
})

it('reads moments as the API does', () => {
  expect(of('map', 'from=2026-03-01T09:30:00Z&to=1772357400000')).toMatchObject({
    from: 1772357400000,
    to: 1772357400000,
  })
  expect(of('map', 'from=x')).toMatchObject({ from: null, to: null })
})

it('never takes two questions for one', () => {
  expect(of('map', 'fold=a&fold=b').key).not.toBe(of('map', 'fold=a%2Cb').key)
  expect(of('map', 'a=1').key).not.toBe(of('map', 'a=%221%22').key)
})
