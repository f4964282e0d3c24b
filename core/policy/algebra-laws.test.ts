import fc from 'fast-check'
import { expect, test } from 'vitest'
import { complementPorts, hasPort, intersectPorts, portSet, samePorts, subtractPorts, unionPorts } from './port-set'
import { allPorts } from './ports'
import {
  type AddressRange,
  addressSet,
  addressText,
  hasAddress,
  parseCidr,
  parseSingle,
  partitionAddresses,
  subtractAddresses,
} from './ranges'

/** Ports near the edges, so that ranges often touch. */
const port = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 65_530, max: 65_535 }))
const ports = fc
  .array(fc.tuple(port, port), { maxLength: 5 })
  .map((pairs) => portSet(pairs.map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))))

test('sets of ports behave as sets', () => {
  fc.assert(
    fc.property(ports, ports, port, (a, b, one) => {
      const [inA, inB] = [hasPort(a, one), hasPort(b, one)]
      expect(hasPort(unionPorts(a, b), one)).toBe(inA || inB)
      expect(hasPort(intersectPorts(a, b), one)).toBe(inA && inB)
      expect(hasPort(subtractPorts(a, b), one)).toBe(inA && !inB)
      expect(hasPort(complementPorts(a), one)).toBe(!inA)
      expect(complementPorts(complementPorts(a))).toEqual(a)
      expect(samePorts(unionPorts(a, complementPorts(a)), allPorts)).toBe(true)
    }),
  )
})

test('a set of ports is sorted, and its ranges neither overlap nor touch', () => {
  fc.assert(
    fc.property(ports, ports, (a, b) => {
      const set = unionPorts(a, b)
      for (const [i, { from, to }] of set.entries()) {
        expect(from <= to).toBe(true)
        const next = set[i + 1]
        if (next) expect(to + 1 < next.from).toBe(true)
      }
    }),
  )
})

const cidr = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }), fc.boolean())
  .map(([last, length, six]) => (six ? `fd00::${last.toString(16)}/${length + 96}` : `10.0.0.${last}/${length}`))
const range = cidr.map((text): AddressRange => parseCidr(text) ?? { bits: 32, first: 0n, last: -1n })
const address = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.boolean())
  .map(([last, six]) => (six ? `fd00::${last.toString(16)}` : `10.0.0.${last}`))

test('sets of addresses behave as sets, each family for itself', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 4 }), fc.array(range, { maxLength: 4 }), address, (a, b, text) => {
      const one = parseSingle(text)
      if (!one) throw new Error(text)
      const inside = (ranges: readonly AddressRange[]) =>
        ranges.some(({ bits, first, last }) => bits === one.bits && first <= one.first && one.first <= last)
      expect(hasAddress(addressSet([...a, ...b]), one)).toBe(inside(a) || inside(b))
      expect(hasAddress(subtractAddresses(addressSet(a), addressSet(b)), one)).toBe(inside(a) && !inside(b))
    }),
  )
})

test('a partition covers every address once, and no range cuts through a part', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 4 }), address, (ranges, text) => {
      const one = parseSingle(text)
      const parts = partitionAddresses(ranges)
      const holding = parts.filter((part) => one && hasAddress([part], one))
      expect(holding).toHaveLength(1)
      for (const { bits, first, last } of ranges)
        for (const part of parts)
          if (part.bits === bits && first <= last)
            expect(part.last < first || part.first > last || (part.first >= first && part.last <= last)).toBe(true)
    }),
  )
})

test('an address is written as it is read', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), fc.nat(2 ** 31), (six, four) => {
      expect(parseSingle(addressText(128, six))?.first).toBe(six)
      expect(parseSingle(addressText(32, BigInt(four)))?.first).toBe(BigInt(four))
    }),
  )
  expect(addressText(128, 0n)).toBe('::')
  expect(addressText(128, 1n)).toBe('::1')
  expect(addressText(128, parseSingle('2001:db8:0:0:1:0:0:1')?.first ?? 0n)).toBe('2001:db8::1:0:0:1')
})

test('bits behind the prefix of a range are ignored', () => {
  expect(parseCidr('10.0.0.77/24')).toEqual(parseCidr('10.0.0.0/24'))
  expect(parseCidr('fd00::ff/120')).toEqual(parseCidr('fd00::/120'))
})

test.each(['10.0.0.0', '10.0.0.0/33', 'fd00::', 'fd00::/129', '10.0.0/8', '', ' ', '10.0.0.0/8/8', '10.0.0.0/-1'])(
  '%j is no range',
  (text) => {
    expect(parseCidr(text)).toBe(null)
  },
)
