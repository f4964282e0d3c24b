import { expect, test } from 'vitest'
import { compileCidr } from './cidr'

test.each([
  ['10.0.0.0/8', '10.1.2.3', true],
  ['10.0.0.0/8', '11.1.2.3', false],
  ['10.1.2.3', '10.1.2.3', true],
  ['10.1.2.3', '10.1.2.4', false],
  ['0.0.0.0/0', '8.8.8.8', true],
  ['10.0.0.0/8', '10.4.0.0/16', true],
  ['10.4.0.0/16', '10.0.0.0/8', false],
  ['fd00::/8', 'fd12:3456::1', true],
  ['fd00::/8', 'fe80::1', false],
  ['::ffff:10.0.0.0/104', '::ffff:10.1.2.3', true],
  ['::/0', '10.0.0.1', false],
  ['10.0.0.0/8', 'api.example', false],
])('%s holds %s: %s', (range, address, expected) => expect(compileCidr(range)?.(address)).toBe(expected))

test.each(['', '10.0.0', '10.0.0.256', '10.0.0.0/33', 'fd00::1::2', 'fd00:1', 'web', ':::'])('%s is no range', (text) =>
  expect(compileCidr(text)).toBeNull(),
)
