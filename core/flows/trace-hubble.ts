import { z } from 'zod'
import { policyText, textField, type Traced, type TraceStep, unnamed, wayOf } from './trace-step'

const policies = z
  .array(z.object({ kind: z.string().catch(''), namespace: z.string().catch(''), name: z.string() }))
  .catch([])

const lists = [
  { field: 'egress_denied_by', outcome: 'denied', side: 'out' },
  { field: 'ingress_denied_by', outcome: 'denied', side: 'in' },
  { field: 'egress_allowed_by', outcome: 'allowed', side: 'out' },
  { field: 'ingress_allowed_by', outcome: 'allowed', side: 'in' },
] as const

/** Drops that are no rule's doing but the lack of one. */
const withoutRule = new Set(['POLICY_DENIED', ''])

/** Cilium's attribution: `ingress_allowed_by` and its like, from 1.16 on; else the drop reason and the direction. */
export function traceHubble({ verdict, reason, fields }: Traced): readonly TraceStep[] {
  const named = lists.flatMap(({ field, outcome, side }) =>
    policies.parse(fields[field] ?? []).map((policy): TraceStep => {
      const done = outcome === 'allowed' ? 'Allowed' : verdict === 'audited' ? 'Would be denied' : 'Denied'
      return {
        outcome: done === 'Would be denied' ? 'audited' : outcome,
        text: `${done}${wayOf(side)} by ${policyText(policy)} (reported by Hubble).`,
        policy,
      }
    }),
  )
  const direction = textField(fields, 'traffic_direction')
  const side = direction === 'EGRESS' ? 'out' : direction === 'INGRESS' ? 'in' : null
  const denials = named.filter(({ outcome }) => outcome !== 'allowed')
  if (verdict === 'denied' && denials.length === 0) return [...named, deniedStep(reason, side)]
  if (verdict === 'audited' && denials.length === 0)
    return [
      ...named,
      {
        outcome: 'audited',
        text: `Would be denied${wayOf(side)}, but policy audit mode let it pass. No policy was named.`,
      },
    ]
  if (verdict === 'error')
    return [...named, { outcome: 'unknown', text: 'The network failed to deliver it; no policy decided that.' }]
  if (named.length > 0) return named
  return [allowedWithout(fields.policy_match_type)]
}

function deniedStep(reason: string, side: 'out' | 'in' | null): TraceStep {
  if (reason === 'AUTH_REQUIRED')
    return {
      outcome: 'denied',
      text: `Denied${wayOf(side)}: a policy asks for mutual authentication, which was not there.`,
    }
  if (reason === 'UNENCRYPTED_TRAFFIC')
    return { outcome: 'denied', text: `Denied${wayOf(side)}: strict encryption is on and this was not encrypted.` }
  if (withoutRule.has(reason))
    return {
      outcome: 'denied',
      text: `Denied${wayOf(side)}: a policy selects the workload, and no rule allows this (reported by Hubble). Hubble names rules that deny, not those that are missing.`,
    }
  return {
    outcome: 'denied',
    text: `Denied${wayOf(side)} by a rule that denies (${reason}). No policy was named: Cilium names them from 1.16 on.`,
  }
}

/** Cilium's policy match types. */
const all = 4

function allowedWithout(matchType: unknown): TraceStep {
  if (matchType === all)
    return { outcome: 'allowed', text: 'Allowed by a rule for everybody, or because no policy selects the workload.' }
  return unnamed('Hubble names policies on the event of a new connection only, and this is another one.')
}
