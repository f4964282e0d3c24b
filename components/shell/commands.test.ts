import { expect, it, test } from 'vitest'
import { type Command, commandScore, findCommands } from './commands'

const command = (group: string, label: string, keywords: string[] = []): Command => ({
  id: label,
  group,
  label,
  keywords,
  run: () => {},
})

test.each([
  ['ser', 5],
  ['workl', 2],
  ['ser workl', 6],
  ['xyz', 0],
  ['', 1],
  ['svs', 1.5],
  ['vcs', 0],
  ['services', 6],
])('"%s" scores %s on Services', (typed, score) =>
  expect(commandScore(command('Pages', 'Services', ['workloads']), typed)).toBe(score),
)

it('keeps groups together, the best first', () => {
  const commands = [
    command('Pages', 'Flows'),
    command('Pages', 'Sources', ['cart']),
    command('Services', 'shop/cart'),
    command('Services', 'cart-api'),
  ]
  expect(findCommands(commands, 'cart').map(({ label }) => label)).toEqual(['cart-api', 'shop/cart', 'Sources'])
  expect(findCommands(commands, '').map(({ label }) => label)).toEqual(['Flows', 'Sources', 'shop/cart', 'cart-api'])
})

it('leaves room for others where one group has many', () => {
  const many = Array.from({ length: 40 }, (_, i) => command('Services', `cart-${i}`))
  const found = findCommands([...many, command('Pages', 'x cart')], 'cart')
  expect(found.at(-1)?.label).toBe('x cart')
  expect(found.length).toBeLessThan(20)
})
