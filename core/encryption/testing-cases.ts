import { expect, it } from 'vitest'
import { edge, workload } from '../world-fixture'
import type { Edge, EdgeRow } from '../world'
import { type EncryptionClass, encryptionClasses, type EncryptionUnit } from './classes'
import { classifyEdge } from './classify-edge'
import type { EncryptionGround } from './ground'
import { ground, node, placed, pods } from './ground-fixture'
import { seatsOf } from './seats'

/** One edge between two workloads, for tables of cases; no product code imports this. */

export const [web, cart] = [workload('web'), workload('cart')]

/** n1 and n2 have keys, n3 has none. */
export const nodes = [node('n1'), node('n2'), node('n3', '')]
export const on = (
  caller: string,
  callee: string,
  proxies: readonly Parameters<typeof pods>[1][] = [],
): EncryptionGround => ground([placed(web, pods(caller, proxies[0])), placed(cart, pods(callee, proxies[1]))], nodes)
export const both = ['sidecar', 'sidecar'] as const

type Asked = {
  readonly rows: readonly EdgeRow[]
  readonly ground?: EncryptionGround
  readonly parts?: Partial<Pick<Edge, 'port' | 'protocol' | 'from' | 'to'>>
  readonly unit?: EncryptionUnit
}
type Found = Partial<Record<EncryptionClass, number>>
export type Case = readonly [what: string, asked: Asked, expected: Found | null]

function amountsOf({ rows, ground: known, parts = {}, unit = 'requests' }: Asked): Found | null {
  const { from = web, to = cart, ...ports } = parts
  const seats = seatsOf({ ground: known, inventory: [] })
  const found = classifyEdge(edge(from, to, rows, ports), seats, null).units[unit]
  if (!found) return null
  const amounts: Found = {}
  for (const each of encryptionClasses)
    if (found.amounts[each] > 1e-9) amounts[each] = Number(found.amounts[each].toFixed(6))
  return amounts
}

/** Each case, in the order of its rows and in the other one, which may not matter. */
export function checkCases(cases: readonly Case[]): void {
  it.each(cases)('%s', (_, asked, expected) => expect(amountsOf(asked)).toEqual(expected))

  it.each(cases)('is the same in any order of rows: %s', (_, asked, expected) =>
    expect(amountsOf({ ...asked, rows: asked.rows.toReversed() })).toEqual(expected),
  )
}
