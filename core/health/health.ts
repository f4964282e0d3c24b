import { endpointLabel, type Endpoint } from '../endpoint'
import type { Health } from '../figures/figures'
import {
  clientErrors,
  type Diagnosis,
  healthy,
  type Judgement,
  refusedCaller,
  serverErrors,
  slowness,
  stoppedFlows,
  unknown,
} from './health-rules'
import { type Measure, plainMeasure } from './measure'
import { type Tally, verdictTotal } from '../figures/tally'

export type { Diagnosis }

const noResponses = unknown('No responses were seen')
const noTraffic = unknown('No traffic')

/**
 * Health of an edge. A denied flow counts here: the line shows that something was refused. Allowed
 * flows without a response are unknown: that packets pass says nothing about how the callee does.
 */
export function judgeEdge(tally: Tally, measure: Measure = plainMeasure): Judgement {
  return worse(stoppedFlows(tally, measure), responsesHealth(tally, measure))
}

/**
 * Health of a node: how it answers what comes in. Denied flows do not make their target unwell (its
 * policy did its work); they degrade a caller when at least half of what it sends is refused.
 */
export function judgeNode(incoming: Tally | null, outgoing: Tally | null, measure: Measure = plainMeasure): Judgement {
  const refused = outgoing ? refusedCaller(outgoing) : null
  if (!incoming) return refused ?? (outgoing ? unknown('Nothing calls it') : noTraffic)
  return worse(refused, responsesHealth(incoming, measure))
}

/** judgeEdge without the cause. */
export const edgeHealth = (tally: Tally, measure?: Measure): Diagnosis => plain(judgeEdge(tally, measure))

/** judgeNode without the cause. */
export const nodeHealth = (incoming: Tally | null, outgoing: Tally | null, measure?: Measure): Diagnosis =>
  plain(judgeNode(incoming, outgoing, measure))

const plain = ({ health, why }: Judgement): Diagnosis => ({ health, why })

function responsesHealth(tally: Tally, measure: Measure): Judgement {
  const { responses, serverErrors: errors } = tally
  if (!responses) return verdictTotal(tally.verdicts) > 0 ? noResponses : noTraffic
  const slow = slowness(tally, responses, measure)
  if (errors === null) return worse(slow, unknown('Errors are not known'))
  return worse(worse(serverErrors(errors, responses, measure), slow), clientErrors(tally, responses, measure))
}

const severity: Readonly<Record<Health, number>> = { unknown: 0, healthy: 1, degraded: 2, failing: 3 }

/** Larger is worse; unknown is below healthy, so that it never hides what is known. */
export const healthRank = (health: Health): number => severity[health]

function worse(a: Judgement | null, b: Judgement): Judgement
function worse(a: Judgement, b: Judgement | null): Judgement
function worse(a: Judgement | null, b: Judgement | null): Judgement {
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
  if (!worst || total === 0) return plain(noTraffic)
  const { health, why } = worst.diagnosis
  if (health === 'healthy') return plain(healthy)
  if (total === 1) return worst.diagnosis
  if (health === 'unknown') return plain(unknown('Nothing is known about any of its members'))
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
  if (!worst) return plain(noTraffic)
  if (edges.length === 1 || worst.health === 'healthy' || worst.health === 'unknown') return worst
  return { health: worst.health, why: `${count} of ${edges.length} ${worst.health}: ${worst.why}` }
}
