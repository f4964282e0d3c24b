import { type Ailment, calleeShares, type CalleeShare } from './blame-shares'
import { endpointType } from '../endpoint'
import { isOutside } from '../redact'
import type { Call, Traffic } from '../witness/traffic'

/**
 * Why the search ended where it did. `here`: nothing that is called accounts for most of it.
 * `spread`: several callees together do. `outside`: nobody sees behind an outside party. `hidden`: the viewer may not see behind it. `blind`: it
 * calls others, of which no response was seen. `cycle`: the calls lead back. `deep`: no further was looked.
 */
export const blameEnds = ['here', 'spread', 'outside', 'hidden', 'blind', 'cycle', 'deep'] as const
export type BlameEnd = (typeof blameEnds)[number]

/** A call on the way to where it begins; `share` of the errors or time that was asked about, 0..1. */
export type Hop = { readonly call: Call; readonly share: number }

/** Where errors or latency begin: at the callee of the last hop, without hops at the endpoint itself. */
export type Blame = {
  readonly ailment: Ailment
  readonly hops: readonly Hop[]
  readonly end: BlameEnd
  /** False where witnesses of different kinds counted on the way, so that shares are estimates. */
  readonly exact: boolean
}

/** A callee with less than this share does not explain its caller. */
const explains = 0.5
const maxHops = 8

/** Follows callees from an endpoint (endpointKey) to where most of its errors or time begin. O(edges of the endpoints on the way). */
export function findBlame(traffic: Traffic, start: string, ailment: Ailment): Blame {
  const hops: Hop[] = []
  const visited = new Set([start])
  let exact = true
  let key = start
  for (;;) {
    const shares = calleeShares(traffic, key)
    const worst = worstOf(shares, ailment)
    const share = worst?.[ailment] ?? 0
    if (!worst || share < explains) return { ailment, hops, exact, end: endOf(traffic, key, shares, ailment) }
    if (visited.has(worst.call.toKey)) return { ailment, hops, exact, end: 'cycle' }
    if (hops.length === maxHops) return { ailment, hops, exact, end: 'deep' }
    key = worst.call.toKey
    visited.add(key)
    exact &&= worst.exact
    hops.push({ call: worst.call, share: share * (hops.at(-1)?.share ?? 1) })
  }
}

function endOf(traffic: Traffic, key: string, shares: readonly CalleeShare[], ailment: Ailment): BlameEnd {
  const [to] = traffic.incoming(key)
  if (to && isOutside(to.edge.to)) return 'hidden'
  if (to && endpointType(to.edge.to) === 'external') return 'outside'
  if (shares.length > 0 && shares.every((share) => share[ailment] === null)) return 'blind'
  return shares.reduce((sum, share) => sum + (share[ailment] ?? 0), 0) >= explains ? 'spread' : 'here'
}

function worstOf(shares: readonly CalleeShare[], ailment: Ailment): CalleeShare | null {
  let worst: CalleeShare | null = null
  for (const share of shares) {
    const difference = (share[ailment] ?? 0) - (worst?.[ailment] ?? 0)
    if (difference > 0 || (worst && difference === 0 && share.call.toKey < worst.call.toKey)) worst = share
  }
  return worst
}
