import { expect, it } from 'vitest'
import { worseFirst } from './worse-first'

const affected = [
  { id: 'bff', name: 'bff', health: null },
  { id: 'cart', name: 'cart', health: 'degraded' as const },
  { id: 'web', name: 'web', health: 'failing' as const },
]
const marked = (severity: 'failing' | 'degraded') =>
  worseFirst({ affected, severity }).map(({ name, isWorse }) => `${name}${isWorse ? '!' : ''}`)

it('whom a finding makes worse off than it is itself stands first and is marked', () => {
  expect(marked('degraded')).toEqual(['web!', 'bff', 'cart'])
  expect(marked('failing')).toEqual(['bff', 'cart', 'web'])
})
