import { expect, it } from 'vitest'
import { lookOf, mixesScripts } from './team-look'

it.each<[string, string, string, boolean]>([
  ['of another case', 'Core', 'core', true],
  ['of full width', '\uff43\uff4f\uff52\uff45', 'core', true],
  ['of a ligature', '\ufb01nance', 'finance', true],
  ['of two blanks', 'data  lake', 'data lake', true],
  ['of a blank that is none', 'data\u00a0lake', 'data lake', true],
  ['with a letter that is not seen', 'core\u3164', 'core', true],
  ['of Cyrillic letters', '\u0440\u0430\u0443', 'pay', true],
  ['of great Cyrillic letters', '\u0420\u0410\u0423', 'Pay', true],
  ['of composed and of loose accents', 'caf\u00e9', 'cafe\u0301', true],
  ['with another digit', 'core 1', 'core 2', false],
  ['with an accent more', 'caf\u00e9', 'cafe', false],
])('looks alike, %s: %j and %j', (_, one, other, expected) => {
  expect(lookOf(one) === lookOf(other)).toBe(expected)
})

it.each<[string, boolean]>([
  ['Payments 2 (EU)', false],
  ['p\u0430yments', true],
  ['\u043f\u043b\u0430\u0442\u0435\u0436\u0438 2', false],
  ['\u03c3hop', true],
  ['データ platform', false],
  ['caf\u00e9', false],
  ['\uff50\u0430y', true],
])('mixes scripts that look alike: %j %s', (name, expected) => {
  expect(mixesScripts(name)).toBe(expected)
})
