export type AddressClass = 'none' | 'private' | 'public'

const privateV4: readonly (readonly [base: number, bits: number])[] = [
  [v4('10.0.0.0'), 8],
  [v4('172.16.0.0'), 12],
  [v4('192.168.0.0'), 16],
  [v4('100.64.0.0'), 10],
  [v4('169.254.0.0'), 16],
  [v4('127.0.0.0'), 8],
]

/** Whether an address can be met on the Internet (RFC 1918, 6598, 3927, 4193, 4291); `none` for what is no address. */
export function addressClass(ip: string): AddressClass {
  if (ip.includes(':')) return /^(f[cd]|fe[89ab])|^::1?$/i.test(ip) ? 'private' : 'public'
  const value = v4(ip)
  if (Number.isNaN(value)) return 'none'
  return privateV4.some(([base, bits]) => Math.floor(value / 2 ** (32 - bits)) === Math.floor(base / 2 ** (32 - bits)))
    ? 'private'
    : 'public'
}

function v4(ip: string): number {
  const parts = ip.split('.')
  if (parts.length !== 4) return Number.NaN
  let value = 0
  for (const part of parts) {
    const byte = Number(part)
    if (part === '' || !(byte >= 0 && byte <= 255)) return Number.NaN
    value = value * 256 + byte
  }
  return value
}
