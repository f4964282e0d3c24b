import fc from 'fast-check'
import protobuf from 'protobufjs'
import { expect, test } from 'vitest'
import { int32, varint, type Wire } from './wire'

const written = (write: (writer: protobuf.Writer) => protobuf.Writer): Wire => ({
  buffer: Buffer.from(write(protobuf.Writer.create()).finish()),
  at: 0,
})

test('a signed number of 32 bits is read as it was written, negative ones too', () => {
  const number = fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.constantFrom(-1, -2, 0))
  fc.assert(
    fc.property(number, (n) => {
      const wire = written((writer) => writer.int32(n))
      expect(int32(wire)).toBe(n)
      expect(wire.at).toBe(wire.buffer.length)
    }),
  )
})

test('an unsigned number is exact up to 2^53', () => {
  fc.assert(fc.property(fc.maxSafeNat(), (n) => void expect(varint(written((writer) => writer.uint64(n)))).toBe(n)))
})

test('a number that does not end is no number', () => {
  const wire = { buffer: Buffer.alloc(12, 0xff), at: 0 }
  expect(() => int32(wire)).toThrow()
  expect(() => int32({ buffer: Buffer.from([0x80]), at: 0 })).toThrow()
})
