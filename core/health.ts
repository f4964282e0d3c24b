import { endpointLabel, type Endpoint } from './endpoint'
import type { Health } from './figures'
import { mainDenial, percentilesOfTally, type Tally, verdictTotal } from './tally'

/** Health with its reason as one sentence; '' where healthy. */
export type Diagnosis = { readonly health: Health; readonly why: string }

/** When traffic counts as unwell. Shares are 0..1. */
export const tolerances = {
  /** Share of server errors among responses. */
  errors: { degraded: 0.01, failing: 0.05 },
  /** Fewer responses than this can degrade, never fail, and only by `fewErrors` errors or more. */
  minResponses: 20,
  fewErrors: 3,
  /** 95th percentile in milliseconds; slow is never failing, because nobody said how fast it should be. */
  p95: { degraded: 1000 },
  /** Share of an edge's flows that was denied or failed. */
  denied: { degraded: 0.01, failing: 0.5 },
  /** Share of what a node sends that was denied. */
  callerDenied: { degraded: 0.5 },
} as const

const healthy: Diagnosis = { health: 'healthy', why: '' }
const unknown = (why: string): Diagnosis => ({ health: 'unknown', why })
const noResponses = unknown('No responses were seen')
const noTraffic = unknown('No traffic')

/**
 * Health of an edge. A denied flow counts here: the line shows that something was refused. Allowed
 * flows without a response are unknown: that packets pass says nothing about how the callee does.
 */
export function edgeHealth(tally: Tally): Diagnosis {
  return worse(stoppedFlows(tally), responsesHealth(tally))
}

/**
 * Health of a node: how it answers what comes in. Denied flows do not make their target unwell (its
 * policy did its work); they degrade a caller when at least half of what it sends is refused.
 */
export function nodeHealth(incoming: Tally | null, outgoing: Tally | null): Diagnosis {
  const refused = outgoing ? refusedCaller(outgoing) : null
  if (!incoming) return refused ?? (outgoing ? unknown('Nothing calls it') : noTraffic)
  return worse(refused, responsesHealth(incoming))
}

function responsesHealth(tally: Tally): Diagnosis {
  const { responses, serverErrors: errors } = tally
  if (!responses) return verdictTotal(tally.verdicts) > 0 ? noResponses : noTraffic
  const slow = slowness(tally, responses)
  if (errors === null) return worse(slow, unknown('Errors are not known'))
  return worse(errorHealth(errors, responses), slow)
}

function errorHealth(errors: number, responses: number): Diagnosis {
  const share = errors / responses
  const few = responses < tolerances.minResponses
  if (share < tolerances.errors.degraded || (few && errors < tolerances.fewErrors)) return healthy
  if (few) return { health: 'degraded', why: `${errors} of ${responses} responses are server errors` }
  const health = share >= tolerances.errors.failing ? 'failing' : 'degraded'
  return { health, why: `${percent(share)} of responses are server errors` }
}

function slowness(tally: Tally, responses: number): Diagnosis | null {
  if (responses < tolerances.minResponses) return null
  const [, p95] = percentilesOfTally(tally)
  if (p95 === null || p95 < tolerances.p95.degraded) return null
  return { health: 'degraded', why: `p95 ${(p95 / 1000).toPrecision(2)} s` }
}

function stoppedFlows(tally: Tally): Diagnosis | null {
  const total = verdictTotal(tally.verdicts)
  return (
    stopped(tally.verdicts.denied ?? 0, total, 'denied', mainDenial(tally)) ??
    stopped(tally.verdicts.error ?? 0, total, 'failed', '')
  )
}

function stopped(n: number, total: number, what: string, reason: string): Diagnosis | null {
  if (n === 0 || n / total < tolerances.denied.degraded) return null
  const health = n / total >= tolerances.denied.failing ? 'failing' : 'degraded'
  return { health, why: `${n} of ${total} flows ${what}${reason ? `: ${reason}` : ''}` }
}

function refusedCaller(outgoing: Tally): Diagnosis | null {
  const total = verdictTotal(outgoing.verdicts)
  const denied = outgoing.verdicts.denied ?? 0
  if (denied === 0 || denied / total < tolerances.callerDenied.degraded) return null
  return { health: 'degraded', why: `${denied} of ${total} outgoing flows denied` }
}

const severity: Readonly<Record<Health, number>> = { unknown: 0, healthy: 1, degraded: 2, failing: 3 }

/** Larger is worse; unknown is below healthy, so that it never hides what is known. */
export const healthRank = (health: Health): number => severity[health]

function worse(a: Diagnosis | null, b: Diagnosis): Diagnosis
function worse(a: Diagnosis, b: Diagnosis | null): Diagnosis
function worse(a: Diagnosis | null, b: Diagnosis | null): Diagnosis {
  if (!a || !b) return a ?? b ?? unknown('')
  return healthRank(b.health) > healthRank(a.health) ? b : a
}

export type Member = { readonly endpoint: Endpoint; readonly diagnosis: Diagnosis }

/** Health of several nodes drawn as one: the worst, how many are so, and the first of them by name. */
export function membersHealth(members: Iterable<Member>): Diagnosis {
  let worst: Member | null = null
  let count = 0
  let total = 0
  for (const member of members) {
    total++
    const difference = healthRank(member.diagnosis.health) - (worst ? healthRank(worst.diagnosis.health) : -1)
    if (difference < 0) continue
    count = difference > 0 ? 1 : count + 1
    if (!worst || difference > 0 || label(member) < label(worst)) worst = member
  }
  if (!worst || total === 0) return noTraffic
  const { health, why } = worst.diagnosis
  if (health === 'healthy') return healthy
  if (total === 1) return worst.diagnosis
  if (health === 'unknown') return unknown('Nothing is known about any of its members')
  return { health, why: `${count} of ${total} ${health}: ${label(worst)}: ${why}` }
}

const label = (member: Member) => endpointLabel(member.endpoint)

/** Health of several edges drawn as one. */
export function mergedHealth(edges: readonly Diagnosis[]): Diagnosis {
  let worst: Diagnosis | null = null
  let count = 0
  for (const edge of edges) {
    const difference = healthRank(edge.health) - (worst ? healthRank(worst.health) : -1)
    if (difference < 0) continue
    count = difference > 0 ? 1 : count + 1
    if (!worst || difference > 0 || edge.why < worst.why) worst = edge
  }
  if (!worst) return noTraffic
  if (edges.length === 1 || worst.health === 'healthy' || worst.health === 'unknown') return worst
  return { health: worst.health, why: `${count} of ${edges.length} ${worst.health}: ${worst.why}` }
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`
