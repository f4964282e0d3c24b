import type { Amounts, Coverage } from './classes'

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

// Figures are named one by one where every edge of a graph asks: looked up by name they take several times as long.

/** Sum of amounts of different traffic. */
export function addAmounts(parts: Iterable<Amounts>): Amounts {
  const sum: Draft = { ...noAmounts }
  for (const part of parts) {
    sum['mtls+tunnel'] += part['mtls+tunnel']
    sum.mtls += part.mtls
    sum.tunnel += part.tunnel
    sum.tls += part.tls
    sum['same-node'] += part['same-node']
    sum.plaintext += part.plaintext
    sum.unknown += part.unknown
    sum.notEncrypted += part.notEncrypted
    sum.notExposed += part.notExposed
  }
  return sum
}

/** The same amounts, `times` as much. */
export const scaleAmounts = (amounts: Amounts, times: number): Amounts => ({
  'mtls+tunnel': amounts['mtls+tunnel'] * times,
  mtls: amounts.mtls * times,
  tunnel: amounts.tunnel * times,
  tls: amounts.tls * times,
  'same-node': amounts['same-node'] * times,
  plaintext: amounts.plaintext * times,
  unknown: amounts.unknown * times,
  notEncrypted: amounts.notEncrypted * times,
  notExposed: amounts.notExposed * times,
})

/** All of the unit, whatever its class. */
export const totalOf = (amounts: Amounts): number =>
  encryptedOf(amounts) + amounts['same-node'] + amounts.plaintext + amounts.unknown

export const encryptedOf = (amounts: Amounts): number =>
  amounts['mtls+tunnel'] + amounts.mtls + amounts.tunnel + amounts.tls

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
