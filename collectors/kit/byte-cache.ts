/** Values by the bytes that they were made of. */
export type ByteCache<V> = {
  /** The value of these bytes, made by `make` when they are new. The same bytes give the same value as long as it is kept. */
  get(buffer: Buffer, from: number, to: number, make: () => V): V
}

type Entry<V> = { readonly bytes: Buffer; readonly value: V; readonly next: Entry<V> | undefined }

/** Entries that share a hash; a hostile peer can make them collide, so chains are short. */
const maxChain = 8

/**
 * Bounded to 2 × `max` entries in two generations. A few sampled bytes find the candidates and one
 * native comparison settles it, which is several times cheaper than a text key of the bytes.
 */
export function createByteCache<V>(max: number): ByteCache<V> {
  let young = new Map<number, Entry<V>>()
  let old = new Map<number, Entry<V>>()
  let size = 0

  const add = (hash: number, bytes: Buffer, value: V) => {
    if (size >= max) {
      old = young
      young = new Map()
      size = 0
    }
    const first = young.get(hash)
    young.set(hash, { bytes, value, next: first && chainLength(first) < maxChain ? first : undefined })
    size++
  }

  return {
    get(buffer, from, to, make) {
      const hash = sampleHash(buffer, from, to)
      const known = find(young.get(hash), buffer, from, to)
      if (known) return known.value
      const older = find(old.get(hash), buffer, from, to)
      const bytes = older?.bytes ?? Buffer.from(buffer.subarray(from, to))
      const value = older ? older.value : make()
      add(hash, bytes, value)
      return value
    },
  }
}

function find<V>(first: Entry<V> | undefined, buffer: Buffer, from: number, to: number): Entry<V> | undefined {
  for (let entry = first; entry; entry = entry.next) {
    if (entry.bytes.length === to - from && entry.bytes.compare(buffer, from, to) === 0) return entry
  }
  return undefined
}

const chainLength = <V>(first: Entry<V>): number => {
  let n = 0
  for (let entry: Entry<V> | undefined = first; entry; entry = entry.next) n++
  return n
}

const headBytes = 12
const samples = 24

/** The first bytes hold an endpoint's numbers; the rest is sampled evenly. */
function sampleHash(buffer: Buffer, from: number, to: number): number {
  let hash = to - from
  const head = Math.min(to, from + headBytes)
  for (let i = from; i < head; i++) hash = Math.imul(hash ^ (buffer[i] ?? 0), 0x01000193)
  const step = Math.max(1, Math.floor((to - head) / samples))
  for (let i = to - 1; i >= head; i -= step) hash = Math.imul(hash ^ (buffer[i] ?? 0), 0x01000193)
  return hash
}

const slots = 4_096
const longest = 64
const interned: string[] = Array.from({ length: slots }, () => '')

/** ASCII text of some bytes, without making a new string where the same was read lately; null where it is long or not ASCII. */
export function internAscii(buffer: Buffer, from: number, to: number): string | null {
  const length = to - from
  if (length > longest) return null
  let hash = length
  for (let i = from; i < to; i++) {
    const byte = buffer[i] ?? 0
    if (byte < 0x20 || byte > 0x7e) return null
    hash = Math.imul(hash ^ byte, 0x01000193)
  }
  const slot = (hash ^ (hash >>> 15)) & (slots - 1)
  const known = interned[slot] ?? ''
  if (known.length === length && sameText(known, buffer, from)) return known
  const text = buffer.toString('latin1', from, to)
  interned[slot] = text
  return text
}

function sameText(text: string, buffer: Buffer, from: number): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== buffer[from + i]) return false
  return true
}
