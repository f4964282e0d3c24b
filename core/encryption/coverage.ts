import { type Amounts, type Coverage, encryptedClasses, type EncryptionClass, encryptionClasses } from './classes'

/** Differences below this share of a whole are rounding of floating point. */
const dust = 1e-9

export const noAmounts: Amounts = {
  'mtls+tunnel': 0,
  mtls: 0,
  tunnel: 0,
  tls: 0,
  'same-node': 0,
  plaintext: 0,
  unknown: 0,
  notEncrypted: 0,
  notExposed: 0,
}

type Draft = { -readonly [Key in keyof Amounts]: number }
const figures = [...encryptionClasses, 'notEncrypted', 'notExposed'] as const satisfies readonly (keyof Amounts)[]

/** Sum of amounts of different traffic, each `times` so much. */
export function addAmounts(parts: Iterable<Amounts>): Amounts {
  const sum: Draft = { ...noAmounts }
  for (const part of parts) for (const figure of figures) sum[figure] += part[figure]
  return sum
}

/** The same amounts, `times` as much. */
export function scaleAmounts(amounts: Amounts, times: number): Amounts {
  const scaled: Draft = { ...noAmounts }
  for (const figure of figures) scaled[figure] = amounts[figure] * times
  return scaled
}

const sumOf = (amounts: Amounts, classes: readonly EncryptionClass[]): number =>
  classes.reduce((sum, each) => sum + amounts[each], 0)

/** All of the unit, whatever its class. */
export const totalOf = (amounts: Amounts): number => sumOf(amounts, encryptionClasses)

export const encryptedOf = (amounts: Amounts): number => sumOf(amounts, encryptedClasses)

/**
 * The bounds of coverage; null where nothing went between nodes. They are the least and the most over all that the
 * unknown can have been: what is certainly not encrypted is plaintext or stayed on its node, what is certainly not
 * exposed went through a tunnel or stayed on its node.
 */
export function coverageOf(amounts: Amounts): Coverage | null {
  const { plaintext, unknown, notEncrypted, notExposed } = amounts
  const encrypted = encryptedOf(amounts)
  const open = Math.max(0, unknown - notEncrypted - notExposed)
  const all = totalOf(amounts) - amounts['same-node']
  if (!(all > totalOf(amounts) * dust)) return null
  const least = ratio(encrypted, encrypted + plaintext + open + notEncrypted)
  const most = ratio(encrypted + open + notExposed, encrypted + open + notExposed + plaintext)
  // Where one bound has nothing to divide, all of it may have stayed on its node: the other bound holds.
  const known = least ?? most ?? 0
  return { least: least ?? known, most: Math.max(most ?? known, least ?? known) }
}

const ratio = (part: number, whole: number): number | null => (whole > 0 ? Math.min(1, part / whole) : null)
