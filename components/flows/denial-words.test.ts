import { expect, test } from 'vitest'
import { denialCounts } from './denial-words'

test('what audit mode let pass is not counted as denied', () => {
  const denied = { verdict: 'denied', count: 422 } as const
  expect(denialCounts([denied, { verdict: 'denied', count: 394 }])).toBe('816 denied')
  expect(denialCounts([{ verdict: 'audited', count: 612 }, denied])).toBe('422 denied and 612 let pass by audit mode')
})
