/** Numbers in [0, 1) that depend on the seed alone. */
export type Random = () => number

/** A small generator of good quality (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** 32 bits of a text (FNV-1a): a seed of its own for every named thing. */
export function hashText(text: string, seed = 0): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0
  return hash
}

/** Standard normal (Box and Muller). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** Exponential with mean 1: the gap between arrivals at rate 1. */
export const exponential = (random: Random): number => -Math.log(1 - random())

const z95 = 1.645

/** A value of the log-normal distribution that has this median and 95th percentile. */
export const logNormal = (random: Random, p50: number, p95: number): number =>
  p50 * Math.exp((Math.log(Math.max(p95, p50) / p50) / z95) * normal(random))

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('pick from an empty list')
  return item
}

const nameLetters = 'bcdfghjklmnpqrstvwxz2456789'

/** `length` letters of the alphabet that Kubernetes generates names from. */
export function nameSuffix(random: Random, length: number): string {
  let text = ''
  for (let i = 0; i < length; i++) text += nameLetters[Math.floor(random() * nameLetters.length)]
  return text
}

const hex32 = (random: Random) =>
  Math.floor(random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0')

/** `bytes` random bytes in hexadecimal; a multiple of four. */
export const hexText = (random: Random, bytes: number): string =>
  Array.from({ length: bytes / 4 }, () => hex32(random)).join('')

/** A version 4 UUID. */
export function uuid(random: Random): string {
  const a = hex32(random)
  const b = hex32(random)
  const c = hex32(random)
  const d = hex32(random)
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`
}

/** Spreads 32 bits over 32 bits, one to one (the finaliser of MurmurHash3). */
export function mix32(value: number): number {
  let x = value >>> 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

/** Numbers that name events: the first and last 32 bits of the `n`th are its own among 2^32, and other runs have others. */
export type EventIds = { next(): string; word(index: 0 | 3, n: number): number; take(): number }

export function createEventIds(seed: number, start: number): EventIds {
  const salt = [0, 1, 2, 3].map((i) => hashText(`${seed} ${start} ${i}`))
  let count = 0
  const word = (index: number, n: number) => mix32(n + (salt[index] ?? 0))
  const hex = (index: number, n: number) => word(index, n).toString(16).padStart(8, '0')
  return {
    word,
    take: () => count++,
    next() {
      const n = count++
      const [b, c] = [hex(1, n), hex(2, n)]
      return `${hex(0, n)}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${hex(3, n)}`
    },
  }
}
