import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { seal, unseal } from './seal'

const [first, second] = [randomBytes(32), randomBytes(32)]

it('opens what it sealed, also after the key was changed', () => {
  const sealed = seal('secret ✓', 'session 1', [first])
  expect(unseal(sealed, 'session 1', [second, first])).toBe('secret ✓')
})

it.each<[string, (sealed: Buffer) => Uint8Array, string, Uint8Array]>([
  ['with another key', (sealed) => sealed, 'session 1', second],
  ['in another place', (sealed) => sealed, 'session 2', first],
  [
    'changed',
    (sealed) => Buffer.concat([sealed.subarray(0, -1), Buffer.from([(sealed.at(-1) ?? 0) ^ 1])]),
    'session 1',
    first,
  ],
  ['cut', (sealed) => sealed.subarray(0, 20), 'session 1', first],
  ['empty', () => new Uint8Array(), 'session 1', first],
])('does not open %s', (_, change, about, key) => {
  expect(unseal(change(Buffer.from(seal('secret', 'session 1', [first]))), about, [key])).toBeNull()
})

it('never seals to the same bytes twice', () => {
  expect(seal('a', 'b', [first])).not.toEqual(seal('a', 'b', [first]))
})
