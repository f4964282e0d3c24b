import { addBits, addShared, type Bits, emptyBits, isEmptyBits, sameBits, setBit, copyBits } from './bitset'
import type { PolicyIndex } from './policy-index'
import type { PortPart } from './port-bits'
import type { Row } from './row'
import { transposeBits } from './transpose'

/** For each workload, which workloads it reaches on some port: surely, and perhaps (which holds the sure ones). */
export type Matrix = { readonly allowed: readonly Bits[]; readonly possible: readonly Bits[] }

/**
 * Who reaches whom on any port. Sources are taken together by the ports that their egress lets pass, since what comes
 * in on these is the same for all of them. O(workloads² ÷ 32 × distinct ports of egress).
 */
export function reachability(index: PolicyIndex): Matrix {
  const n = index.table.workloads.length
  const all = Array.from({ length: n }, (_, i) => i)
  const egress = all.map((i) => index.row('egress', i))
  const ingress = all.map((i) => index.row('ingress', i))
  const sure = reach(egress, ingress, n, 'allowed')
  const hasOpen = [...new Set([...egress, ...ingress])].some((row) => row.some(({ open }) => open !== null))
  const possible = hasOpen ? reach(egress, ingress, n, 'possible') : sure
  if (index.compiled.options.loopback === 'bypass')
    for (const [i, { kind }] of index.table.workloads.entries())
      for (const rows of kind === 'Pod' ? [sure, possible] : []) setBit(rows[i] ?? emptyBits(n), i)
  return { allowed: sure, possible }
}

type Grade = 'allowed' | 'possible'

function reach(egress: readonly Row[], ingress: readonly Row[], n: number, grade: Grade): readonly Bits[] {
  const reached = egress.map(() => emptyBits(n))
  const groups = new Map<string, { ports: readonly PortPart[]; sources: { source: number; bits: Bits }[] }>()
  for (const [source, row] of egress.entries())
    for (const { ports, bits } of portsByBits(row, grade)) {
      const key = ports.map(({ protocol, from, to }) => `${protocol}${from}-${to}`).join()
      const group = groups.get(key) ?? { ports, sources: [] }
      groups.set(key, group)
      group.sources.push({ source, bits })
    }
  for (const { ports, sources } of groups.values()) {
    const incoming = transposeBits(incomingOn(ingress, ports, n, grade))
    for (const { source, bits } of sources) {
      const into = reached[source]
      const from = incoming[source]
      if (into && from) addShared(into, bits, from)
    }
  }
  return reached
}

/** The parts of a row that let the same ends pass, taken together. */
function portsByBits(row: Row, grade: Grade) {
  const found: { ports: PortPart[]; bits: Bits }[] = []
  for (const part of row) {
    const bits = bitsOf(part, grade)
    if (isEmptyBits(bits)) continue
    const same = found.find((one) => one.bits === bits || sameBits(one.bits, bits))
    if (same) same.ports.push(part)
    else found.push({ ports: [part], bits })
  }
  return found
}

/** For each destination, the sources that it lets in on one of these ports. */
function incomingOn(ingress: readonly Row[], ports: readonly PortPart[], n: number, grade: Grade): readonly Bits[] {
  const known = new Map<Row, Bits>()
  return ingress.map((row) => {
    const had = known.get(row)
    if (had) return had
    const bits = emptyBits(n)
    for (const part of row)
      if (ports.some(({ protocol, from, to }) => protocol === part.protocol && from <= part.to && part.from <= to))
        addBits(bits, bitsOf(part, grade))
    known.set(row, bits)
    return bits
  })
}

function bitsOf({ allowed, open }: Row[number], grade: Grade): Bits {
  if (grade === 'allowed' || open === null) return allowed
  const bits = copyBits(allowed)
  addBits(bits, open)
  return bits
}
