/** An address as a number and its length in bits; null for what is none. */
export function parseAddress(text: string): { readonly bits: 32 | 128; readonly value: bigint } | null {
  if (text.includes(':')) {
    const value = v6(text)
    return value === null ? null : { bits: 128, value }
  }
  const value = v4(text)
  return value === null ? null : { bits: 32, value }
}

/** Whether an address, or a whole range, lies in `10.0.0.0/8`; a single address is a range of one. null where the text is no range. */
export function compileCidr(text: string): ((address: string) => boolean) | null {
  const range = parseRange(text)
  if (!range) return null
  return (address) => {
    const other = parseRange(address)
    return (
      other !== null &&
      other.bits === range.bits &&
      other.length >= range.length &&
      other.value >> range.rest === range.value >> range.rest
    )
  }
}

function parseRange(text: string) {
  const [, address = '', digits] = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? []
  const parsed = parseAddress(address)
  if (!parsed) return null
  const length = digits === undefined ? parsed.bits : Number(digits)
  return length > parsed.bits ? null : { ...parsed, length, rest: BigInt(parsed.bits - length) }
}

function v4(text: string): bigint | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return null
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n)
}

function v6(text: string): bigint | null {
  const tail = /:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1]
  const low = tail === undefined ? null : v4(tail)
  if (tail !== undefined && low === null) return null
  const plain =
    low === null
      ? text
      : text.slice(0, -(tail?.length ?? 0)) + (low >> 16n).toString(16) + ':' + (low & 65_535n).toString(16)
  const halves = plain.split('::')
  if (halves.length > 2) return null
  const [front = [], back = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - front.length - back.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null
  const groups = [...front, ...Array<string>(halves.length === 1 ? 0 : missing).fill('0'), ...back]
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null
  return groups.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n)
}
