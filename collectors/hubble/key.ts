const words = new Uint32Array(2)
const whole = new BigInt64Array(words.buffer)

/** A signed 64-bit key of a text: two mixed 32-bit hashes. O(length), without garbage beyond the bigint. */
export function keyOfText(text: string): bigint {
  let a = 0x9e3779b9
  let b = 0x85ebca6b
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x9e3779b1)
    b = Math.imul(b ^ unit, 0x5f356495)
    a ^= a >>> 15
    b ^= b >>> 13
  }
  return finish(a, b, text.length)
}

/** The same for bytes. */
export function keyOfBytes(bytes: Uint8Array, from: number, to: number): bigint {
  let a = 0x9e3779b9
  let b = 0x85ebca6b
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0
    a = Math.imul(a ^ byte, 0x9e3779b1)
    b = Math.imul(b ^ byte, 0x5f356495)
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
