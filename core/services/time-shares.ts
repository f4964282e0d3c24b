import { type Endpoint, endpointKey } from '../endpoint'
import { clientLatency } from './latency-sides'
import { latencySum } from '../figures/latency-sum'
import { percentilesOf } from '../figures/percentiles'
import { isOutside } from '../redact'
import type { Sketch } from '../figures/sketch'
import type { Tally } from '../figures/tally'
import { sourceParts } from '../witness/witness'
import type { EdgeRow, WorldEdge } from '../world'

/** What one callee adds to a request of the service, on average. */
export type CalleeTime = {
  readonly key: string
  readonly other: Endpoint
  readonly port: number
  /** Milliseconds that a request of the service waits for it: mean latency × calls per request. */
  readonly perRequestMs: number
  /** 1 where it had to be guessed (`exact` false): no source counted both ends. */
  readonly callsPerRequest: number
  readonly exact: boolean
  /** 95th percentile of one call; percentiles of callees do not add up. */
  readonly p95: number
}

/**
 * Where the time of a request goes, by means, which add up as percentiles do not. Calls made at the same
 * time overlap: then the parts are more than the whole and `ownMs` is null.
 */
export type TimeShares = {
  /** Mean latency of what comes in, milliseconds. */
  readonly requestMs: number
  /** What is left when all callees' time is taken off; null where they overlap. */
  readonly ownMs: number | null
  /** The longest first. */
  readonly callees: readonly CalleeTime[]
  /** Callees of which nobody tells a latency: their time is in `ownMs`. */
  readonly untold: readonly Endpoint[]
}

export type TimedEdge = { readonly worldEdge: WorldEdge; readonly tally: Tally }

/** Parts may be above the whole by this share, by buckets and clocks, before they are said to overlap. */
const slack = 0.05

/**
 * Calls per request are counted by one source, which saw both what comes in and the call, because others may
 * see a sample only. null where the latency of what comes in is not known. Ports are apart.
 * O(rows of the edges + bytes of their sketches).
 */
export function timeShares(incoming: readonly TimedEdge[], outgoing: readonly TimedEdge[]): TimeShares | null {
  const whole = latencySum(incoming.flatMap(({ tally }) => tally.latency ?? []))
  if (!whole) return null
  const requestMs = whole.ms / whole.count
  const received = responsesBySource(incoming.flatMap(({ worldEdge }) => worldEdge.rows))
  const callees: Timed[] = []
  const untold = new Map<string, Endpoint>()
  for (const { worldEdge, tally } of outgoing) {
    const { edge, rows } = worldEdge
    const latency = clientLatency(rows) ?? tally.latency ?? []
    const sum = latencySum(latency)
    const [p95 = null] = percentilesOf(latency, [0.95])
    if (!sum || p95 === null) {
      untold.set(endpointKey(edge.to), edge.to)
      continue
    }
    const ratio = callRatio(responsesBySource(rows), received)
    const callsPerRequest = ratio ?? 1
    callees.push({
      key: endpointKey(edge.to),
      other: edge.to,
      port: edge.port,
      perRequestMs: (sum.ms / sum.count) * callsPerRequest,
      callsPerRequest,
      exact: ratio !== null,
      p95,
      latency,
    })
  }
  for (const { key } of callees) untold.delete(key)
  const called = callees.reduce((total, { perRequestMs }) => total + perRequestMs, 0)
  return {
    requestMs,
    ownMs: called > requestMs * (1 + slack) ? null : Math.max(0, requestMs - called),
    callees: toldApart(callees).sort((a, b) => b.perRequestMs - a.perRequestMs || (a.key < b.key ? -1 : 1)),
    untold: [...untold.values()],
  }
}

type Timed = CalleeTime & { readonly latency: readonly Sketch[] }

/** Those outside of a scope are one for each port, because nothing else tells them apart. */
function toldApart(callees: readonly Timed[]): CalleeTime[] {
  const groups = new Map<string, Timed[]>()
  for (const [i, callee] of callees.entries()) {
    const group = isOutside(callee.other) ? `${callee.key}|${callee.port}` : String(i)
    groups.set(group, [...(groups.get(group) ?? []), callee])
  }
  return [...groups.values()].flatMap(joined)
}

function joined(group: readonly Timed[]): readonly CalleeTime[] {
  const [first] = group
  if (!first) return []
  const { latency: _, ...callee } = first
  if (group.length === 1) return [callee]
  const [p95 = null] = percentilesOf(
    group.flatMap(({ latency }) => latency),
    [0.95],
  )
  return [
    {
      ...callee,
      perRequestMs: group.reduce((sum, { perRequestMs }) => sum + perRequestMs, 0),
      callsPerRequest: group.reduce((sum, { callsPerRequest }) => sum + callsPerRequest, 0),
      exact: group.every(({ exact }) => exact),
      p95: p95 ?? callee.p95,
    },
  ]
}

/** Responses by source label: of its reporter that counted most. */
function responsesBySource(rows: readonly EdgeRow[]): ReadonlyMap<string, number> {
  const byReporter = new Map<string, Map<string, number>>()
  for (const { facet, responses } of rows) {
    if (!responses) continue
    const own = byReporter.get(facet.source) ?? new Map<string, number>()
    byReporter.set(facet.source, own.set(facet.reporter, (own.get(facet.reporter) ?? 0) + responses))
  }
  return new Map([...byReporter].map(([source, own]) => [source, Math.max(...own.values())]))
}

/** Calls of a callee per request that came in, by the source that saw most of both; proxies before spans. null without one. */
function callRatio(called: ReadonlyMap<string, number>, received: ReadonlyMap<string, number>): number | null {
  const both = [...called].flatMap(([source, calls]) => {
    const requests = received.get(source)
    return requests ? [{ source, calls, requests }] : []
  })
  const [best] = both.sort(
    (a, b) => rank(a.source) - rank(b.source) || b.requests - a.requests || (a.source < b.source ? -1 : 1),
  )
  return best ? best.calls / best.requests : null
}

const rank = (source: string) => (sourceParts(source).view === 'proxies' ? 0 : 1)
