import { expect, test } from 'vitest'
import { mergeRows } from './merge-rows'

const part = (from: number, to: number, allowed: number, open: number | null = null) => ({
  protocol: 'TCP' as const,
  from,
  to,
  allowed: Uint32Array.of(allowed),
  open: open === null ? null : Uint32Array.of(open),
})

test('passes where both rows let it, and is open only where neither both allow nor one denies', () => {
  expect(mergeRows([part(1, 100, 0b0111)], [part(50, 200, 0b0011)])).toEqual([part(50, 100, 0b0011)])
  expect(mergeRows([part(1, 9, 0b0011, 0b0100)], [part(1, 9, 0b0101, 0b0010)])).toEqual([part(1, 9, 0b0001, 0b0110)])
  expect(mergeRows([part(1, 9, 1)], [part(10, 20, 1)])).toEqual([])
})
