import { type Bits, dropBits, isEmptyBits, keepBits, copyBits } from './bitset'
import type { Row, RowPart } from './row'

/** What passes where both rows let it: the parts of both, cut at each other's edges. */
export function mergeRows(a: Row, b: Row): Row {
  return a.flatMap((one) => b.flatMap((other) => (overlaps(one, other) ? [both(one, other)] : [])))
}

const overlaps = (a: RowPart, b: RowPart): boolean => a.protocol === b.protocol && a.from <= b.to && b.from <= a.to

function both(a: RowPart, b: RowPart): RowPart {
  const allowed = copyBits(a.allowed)
  keepBits(allowed, b.allowed)
  const open = possible(a)
  keepBits(open, possible(b))
  dropBits(open, allowed)
  return {
    protocol: a.protocol,
    from: Math.max(a.from, b.from),
    to: Math.min(a.to, b.to),
    allowed,
    open: isEmptyBits(open) ? null : open,
  }
}

function possible({ allowed, open }: RowPart): Bits {
  const bits = copyBits(allowed)
  if (open) for (let w = 0; w < bits.length; w++) bits[w] = (bits[w] ?? 0) | (open[w] ?? 0)
  return bits
}
