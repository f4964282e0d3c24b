const words = new Uint32Array(2)
const whole = new BigUint64Array(words.buffer)

/** An unsigned 64-bit key of a text: two mixed 32-bit hashes over four units at a time. O(length). ASCII gives the key of its bytes. */
export function keyOfText(text: string): bigint {
  let a = 0x9e3779b9
  let b = 0x85ebca6b
  const { length } = text
  for (let i = 0; i < length; i += 4) {
    let word = text.charCodeAt(i)
    if (i + 1 < length) word ^= text.charCodeAt(i + 1) << 8
    if (i + 2 < length) word ^= text.charCodeAt(i + 2) << 16
    if (i + 3 < length) word ^= text.charCodeAt(i + 3) << 24
    a = Math.imul(a ^ word, 0x9e3779b1)
    b = Math.imul(b ^ word, 0x5f356495)
    a ^= a >>> 15
    b ^= b >>> 13
  }
  return finish(a, b, length)
}

/** The same for the bytes between two offsets, which must lie within. */
export function keyOfBytes(bytes: Uint8Array, from: number, to: number): bigint {
  let a = 0x9e3779b9
  let b = 0x85ebca6b
  let i = from
  for (; i + 3 < to; i += 4) {
    const word =
      (bytes[i] ?? 0) ^ ((bytes[i + 1] ?? 0) << 8) ^ ((bytes[i + 2] ?? 0) << 16) ^ ((bytes[i + 3] ?? 0) << 24)
    a = Math.imul(a ^ word, 0x9e3779b1)
    b = Math.imul(b ^ word, 0x5f356495)
    a ^= a >>> 15
    b ^= b >>> 13
  }
  if (i < to) {
    let word = 0
    for (let shift = 0; i < to; i++, shift += 8) word ^= (bytes[i] ?? 0) << shift
    a = Math.imul(a ^ word, 0x9e3779b1)
    b = Math.imul(b ^ word, 0x5f356495)
    a ^= a >>> 15
    b ^= b >>> 13
  }
  return finish(a, b, to - from)
}

function finish(a: number, b: number, length: number): bigint {
  words[0] = mix(a ^ length)
  words[1] = mix(b + Math.imul(length, 0x27d4eb2f))
  return whole[0] ?? 0n
}

function mix(word: number): number {
  let x = word
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}
