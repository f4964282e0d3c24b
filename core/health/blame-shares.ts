import { meanLatency } from '../figures/mean-latency'
import { addKnown } from '../figures/tally'
import { type Call, countedBy, type Traffic } from '../witness/traffic'

/** What is looked for the beginning of. */
export type Ailment = 'errors' | 'latency'

/** How much of an endpoint's errors or time one of its callees accounts for. */
export type CalleeShare = {
  readonly call: Call
  /** 0..1, and at most 1 over all callees; null where either side's figures are unknown. */
  readonly errors: number | null
  readonly latency: number | null
  /** Whether both sides were counted alike; else calls per request had to be guessed as one. */
  readonly exact: boolean
}

/**
 * Each callee's share of what an endpoint answers its own callers: of its server errors, those that
 * the callee returned to it; of its mean time, that which its calls took. What a callee's failure does
 * to the answer is not known, so a share is what the callee can account for. Calls side by side and
 * retries may account for more than all: shares are then scaled to one. O(edges of the endpoint).
 */
export function calleeShares(traffic: Traffic, key: string): readonly CalleeShare[] {
  const received = traffic.received(key)
  const counted = mainCount(traffic.incoming(key), traffic)
  const calls = traffic.outgoing(key)
  const own = {
    responses: received?.responses ?? null,
    errors: received?.serverErrors ?? null,
    mean: meanLatency(received?.latency ?? null),
  }
  const drafts = calls.map((call) => {
    const exact = counted !== null && countedBy(call, traffic.world) === counted
    return { call, exact, errors: errorShare(call, own, exact), latency: latencyShare(call, own, exact) }
  })
  const errors = sumOfKnown(drafts.map((draft) => draft.errors))
  const latency = sumOfKnown(drafts.map((draft) => draft.latency))
  return drafts.map((draft) => ({
    ...draft,
    errors: draft.errors && draft.errors / Math.max(1, errors),
    latency: draft.latency && draft.latency / Math.max(1, latency),
  }))
}

type Own = { readonly responses: number | null; readonly errors: number | null; readonly mean: number | null }

function errorShare({ tally }: Call, own: Own, exact: boolean): number | null {
  const failed = addKnown(tally.serverErrors, refused(tally))
  if (failed === null || !own.responses || !own.errors) return null
  if (exact) return Math.min(1, failed / own.errors)
  const calls = Math.max(tally.responses ?? 0, failed)
  return calls === 0 ? 0 : Math.min(1, failed / calls / (own.errors / own.responses))
}

/** Calls that never reached the callee; null where there are none, so that they alone prove no knowledge of errors. */
function refused({ verdicts }: Call['tally']): number | null {
  return (verdicts.denied ?? 0) + (verdicts.error ?? 0) || null
}

function latencyShare({ tally }: Call, own: Own, exact: boolean): number | null {
  const mean = meanLatency(tally.latency)
  if (mean === null || !own.mean || !own.responses) return null
  const callsPerRequest = exact ? (tally.responses ?? 0) / own.responses : 1
  return Math.min(1, (callsPerRequest * mean) / own.mean)
}

/** How most responses that come in were counted; null without any. */
function mainCount(calls: readonly Call[], { world }: Traffic): string | null {
  const responses = new Map<string, number>()
  for (const call of calls) {
    const by = countedBy(call, world)
    if (by !== null) responses.set(by, (responses.get(by) ?? 0) + (call.tally.responses ?? 0))
  }
  return [...responses].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? null
}

const sumOfKnown = (values: readonly (number | null)[]): number => values.reduce<number>((sum, n) => sum + (n ?? 0), 0)
