import { z } from 'zod'
import { type NamedPolicy, policyText, type Traced, type TraceStep, unnamed, wayOf } from './trace-step'

const action = z.string().catch('')
const policy = { kind: z.string().catch(''), namespace: z.string().catch(''), name: z.string().catch('') }
const hit = z.object({
  ...policy,
  tier: z.string().catch(''),
  action,
  rule_index: z.number().catch(0),
  trigger: z.object(policy).nullish().catch(null),
})
const hits = z.array(hit).catch([])
type Hit = z.output<typeof hit>

/** Calico's trace: every policy that was met in its order, and what staged ones would have done. */
export function traceGoldmane({ reporter, fields }: Traced): readonly TraceStep[] {
  const side = reporter === 'source' ? 'out' : reporter === 'destination' ? 'in' : null
  const enforced = hits.parse(fields['policies.enforced_policies'] ?? [])
  const pending = hits.parse(fields['policies.pending_policies'] ?? [])
  const steps = enforced.map((one) => step(one, side))
  const staged = stagedStep(enforced.at(-1), pending.at(-1), side)
  if (steps.length === 0 && !staged) return [unnamed('Goldmane tells no policy for this flow.')]
  return staged ? [...steps, staged] : steps
}

const outcomes: Readonly<Record<string, TraceStep['outcome']>> = { Allow: 'allowed', Deny: 'denied', Pass: 'passed' }
const words: Readonly<Record<TraceStep['outcome'], string>> = {
  allowed: 'Allowed',
  denied: 'Denied',
  passed: 'Passed on to the next tier',
  audited: 'Audited',
  staged: 'Staged',
  unknown: 'Met',
}

function step(one: Hit, side: 'out' | 'in' | null): TraceStep {
  const outcome = outcomes[one.action] ?? 'unknown'
  const named = namedOf(one)
  return {
    outcome,
    text: `${words[outcome]}${wayOf(side)} ${byWhat(one)} (reported by Goldmane).`,
    ...(named && { policy: named }),
  }
}

/** What a policy that is not yet enforced would change; null where it changes nothing. */
function stagedStep(enforced: Hit | undefined, pending: Hit | undefined, side: 'out' | 'in' | null): TraceStep | null {
  if (!pending || pending.action === enforced?.action || !(pending.action in outcomes)) return null
  const named = namedOf(pending)
  return {
    outcome: 'staged',
    text: `Would be ${pending.action === 'Allow' ? 'allowed' : 'denied'}${wayOf(side)} ${byWhat(pending)}, once what is staged is enforced.`,
    ...(named && { policy: named }),
  }
}

function byWhat(one: Hit): string {
  if (one.kind === 'EndOfTier') {
    const by = one.trigger && policyText(clean(one.trigger))
    return `at the end of tier ${one.tier || 'default'}: ${by ? `${by} selects the workload, and no rule of the tier matches` : 'no rule of the tier matches'}`
  }
  if (one.kind === 'Profile') return `by the profile ${one.name}, because no policy selects the workload`
  const place = [one.tier && `tier ${one.tier}`, one.rule_index >= 0 && `rule ${one.rule_index + 1}`].filter(Boolean)
  return `by ${policyText(clean(one))}${place.length > 0 ? `, ${place.join(', ')}` : ''}`
}

/** Calico writes `-` where there is nothing. */
const clean = ({ kind, namespace, name }: NamedPolicy): NamedPolicy => ({
  kind,
  namespace: namespace === '-' ? '' : namespace,
  name,
})

function namedOf(one: Hit): NamedPolicy | null {
  if (one.kind === 'Profile') return null
  const by = one.kind === 'EndOfTier' ? one.trigger : one
  return by && by.name ? clean(by) : null
}
