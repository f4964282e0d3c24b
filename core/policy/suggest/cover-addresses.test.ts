import { expect, it } from 'vitest'
import { coverAddresses, shunnedOf } from './cover-addresses'

const cover = (addresses: readonly string[], most: number, ...avoid: readonly string[]) =>
  coverAddresses(addresses, most, [shunnedOf(avoid)]).map(
    ({ cidr, members, size }) => `${cidr} ${members.length} of ${size}`,
  )

it.each<[string, readonly string[], number, readonly string[], readonly string[]]>([
  ['few as they are', ['192.0.2.9', '192.0.2.1'], 2, [], ['192.0.2.1/32 1 of 1', '192.0.2.9/32 1 of 1']],
  ['many as their common prefix', ['192.0.2.1', '192.0.2.9', '192.0.2.6'], 1, [], ['192.0.2.0/28 3 of 16']],
  [
    'far ones apart',
    ['192.0.2.1', '192.0.2.2', '198.51.100.1'],
    2,
    [],
    ['192.0.2.0/30 2 of 4', '198.51.100.1/32 1 of 1'],
  ],
  ['nothing wider than /8', ['1.0.0.1', '200.0.0.1'], 1, [], ['1.0.0.1/32 1 of 1', '200.0.0.1/32 1 of 1']],
  [
    'round what is to be avoided',
    ['192.0.2.1', '192.0.2.7'],
    1,
    ['192.0.2.5'],
    ['192.0.2.1/32 1 of 1', '192.0.2.7/32 1 of 1'],
  ],
  ['private and public apart', ['10.0.0.1', '10.0.0.2', '8.8.8.8'], 1, [], ['10.0.0.0/30 2 of 4', '8.8.8.8/32 1 of 1']],
  [
    'no private range within a public one',
    ['172.1.0.1', '172.40.0.1'],
    1,
    [],
    ['172.1.0.1/32 1 of 1', '172.40.0.1/32 1 of 1'],
  ],
  ['IPv6 as well', ['2001:db8::1', '2001:db8::2'], 1, [], ['2001:db8::/126 2 of 4']],
  ['nothing for what is no address', ['example.com'], 1, [], []],
])('gives %s', (_, addresses, most, avoid, ranges) => {
  expect(cover(addresses, most, ...avoid)).toEqual(ranges)
  expect(cover(addresses.toReversed(), most, ...avoid)).toEqual(ranges)
})
