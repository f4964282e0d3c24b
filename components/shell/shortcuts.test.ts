import { expect, it, test } from 'vitest'
import { keyName, matchKey, SHORTCUTS } from './shortcuts'

test.each([
  ['', '/', { id: 'filter' }],
  ['', 'g', { prefix: 'g' }],
  ['g', 's', { id: 'go /services' }],
  ['g', '/', { id: 'filter' }],
  ['g', 'z', null],
  ['', 'z', null],
  ['', 'n', null],
])('after "%s", %s', (prefix, key, match) => expect(matchKey(prefix, key)).toEqual(match))

it('has no two shortcuts on the same keys, and none hidden behind the start of another', () => {
  const active = SHORTCUTS.filter((shortcut) => !shortcut.place).map((shortcut) => shortcut.keys)
  expect(new Set(active).size).toBe(active.length)
  for (const keys of active) expect(active.some((other) => other !== keys && other.startsWith(`${keys} `))).toBe(false)
})

it('names the space bar', () => expect(keyName(' ')).toBe('Space'))
