import { describe, expect, it } from 'vitest'
import { AppError } from './errors'
import { problemResponse } from './problem'
import { createBuckets } from './rate'

describe('a bucket', () => {
  it('lets a burst pass, then as much as runs in', () => {
    let now = 0
    const { take } = createBuckets({ burst: 10, perSecond: 2 }, () => now)
    for (let i = 0; i < 10; i++) expect(take('ada', 1)).toBe(0)
    expect(take('ada', 1)).toBe(1)
    expect(take('bob', 10)).toBe(0)
    now += 1_000
    expect([take('ada', 1), take('ada', 1), take('ada', 1)]).toEqual([0, 0, 1])
    expect(take('ada', 10)).toBe(5)
    now += 3_600_000
    expect([take('ada', 10), take('ada', 1)]).toEqual([0, 1])
  })

  it('asks nothing of who refused to wait but to wait', () => {
    let now = 0
    const { take } = createBuckets({ burst: 1, perSecond: 1 }, () => now)
    take('ada', 1)
    for (let i = 0; i < 50; i++) expect(take('ada', 1)).toBe(1)
    now += 1_000
    expect(take('ada', 1)).toBe(0)
  })

  it('forgets people, not bounds', () => {
    const { take } = createBuckets({ burst: 1, perSecond: 0.001 }, () => 0)
    for (let i = 0; i < 10_001; i++) take(`person ${i}`, 1)
    expect(take('person 10000', 1)).toBeGreaterThan(0)
    expect(take('person 0', 1)).toBe(0)
  })
})

it('whoever asks too much is told when to ask again', () => {
  const response = problemResponse(new AppError('too_many', 'Ask again in 3 s.', { retryAfter: 3 }), 'id', {})
  expect(response.status).toBe(429)
  expect(response.headers.get('retry-after')).toBe('3')
})
