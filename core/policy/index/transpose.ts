import { type Bits, emptyBits } from './bitset'

/** Swaps rows and columns of a square of bits, 32 × 32 at a time (Hacker's Delight 7-3). O(n²/32 · 5). */
export function transposeBits(rows: readonly Bits[]): readonly Bits[] {
  const size = rows.length
  const columns = rows.map(() => emptyBits(size))
  const block = new Uint32Array(32)
  for (let top = 0; top < size; top += 32)
    for (let left = 0; left < size; left += 32) {
      for (let i = 0; i < 32; i++) block[i] = rows[top + i]?.[left >>> 5] ?? 0
      transposeBlock(block)
      for (let i = 0; i < 32; i++) {
        const column = columns[left + i]
        if (column) column[top >>> 5] = block[i] ?? 0
      }
    }
  return columns
}

/** Bit j of word i becomes bit i of word j. */
function transposeBlock(block: Uint32Array): void {
  let mask = 0x0000ffff
  for (let step = 16; step !== 0; step >>>= 1, mask ^= mask << step)
    for (let i = 0; i < 32; i = (i + step + 1) & ~step) {
      const low = block[i] ?? 0
      const high = block[i + step] ?? 0
      const swap = ((low >>> step) ^ high) & mask
      block[i + step] = high ^ swap
      block[i] = low ^ (swap << step)
    }
}
