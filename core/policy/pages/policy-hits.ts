import type { Decision, Judgement } from '../decision'
import type { GroundEdge } from '../ground'
import { type PolicyRef, refKey } from '../normal-form'
import { type HitCount, type Hits, hitTally, type HitWitness } from './hits'
import type { JudgedGround } from './judge-ground'

/** How often each policy and rule decided, by what passed and was stopped in the period. */
export type PolicyHits = {
  readonly ofPolicy: (key: string) => Hits
  /** By the path of the rule in its object. */
  readonly ofRule: (key: string, path: string) => Hits
}

/**
 * Connections are credited to the rules that let them pass, one at each end and layer, or to what stops them: a rule, or
 * the policies that isolate where none matches. Where a source named the policies they are those; elsewhere the engine says
 * it, with the policies as they are now, also of traffic before they were changed, and what happened against what they
 * say is credited to nobody. Sources name policies of the network only, and no rules: of those of meshes, and which rule
 * it was, says the engine.
 * O(edges).
 */
export function policyHits({ edges }: JudgedGround): PolicyHits {
  const policies = hitTally()
  const rules = hitTally()
  for (const { edge, judged } of edges)
    for (const verdict of ['allowed', 'denied'] as const) {
      const count = countOf(edge, verdict)
      if (!count) continue
      const own = judged?.decision.verdict === verdict ? creditedBy(judged.decision, verdict) : noCredit
      const named = namedOf(edge, verdict)
      for (const [key, witness] of named) policies.add(key, { ...count, witness })
      const isOpen = (policy: string) => named.size === 0 || own.ofMesh.has(policy)
      for (const key of own.policies) if (isOpen(key)) policies.add(key, { ...count, witness: 'engine' })
      for (const { policy, path } of own.rules)
        if (isOpen(policy) || named.has(policy)) rules.add(ruleKey(policy, path), { ...count, witness: 'engine' })
    }
  return { ofPolicy: policies.of, ofRule: (key, path) => rules.of(ruleKey(key, path)) }
}

/** Each policy once, however many sources name it. */
const namedOf = ({ named = [] }: GroundEdge, verdict: 'allowed' | 'denied'): ReadonlyMap<string, HitWitness> =>
  new Map(
    named.flatMap((one) => (one.verdict === verdict ? one.policies.map((key) => [key, one.witness] as const) : [])),
  )

const ruleKey = (policy: string, path: string): string => `${policy}\n${path}`

function countOf(
  { allowed, denied, lastAllowed, lastDenied }: GroundEdge,
  verdict: 'allowed' | 'denied',
): Omit<HitCount, 'witness'> | null {
  if (verdict === 'allowed') return allowed ? { allowed, last: lastAllowed } : null
  return denied ? { denied, last: lastDenied } : null
}

type Credit = {
  readonly policies: readonly string[]
  readonly rules: readonly { readonly policy: string; readonly path: string }[]
  /** Those of the policies that are of a mesh's layer. */
  readonly ofMesh: ReadonlySet<string>
}
const noCredit: Credit = { policies: [], rules: [], ofMesh: new Set() }

/** By refKey, each once. What lets pass is a rule at each end and layer; what denies is one. */
function creditedBy({ egress, ingress, mesh, decidedBy }: Decision, verdict: 'allowed' | 'denied'): Credit {
  const found = (verdict === 'allowed' ? [egress, ingress, mesh] : [decidedBy]).flatMap(({ rule }) => rule ?? [])
  const rules = found.map(({ policy, path }) => ({ policy: refKey(policy), path }))
  const by =
    rules.length > 0 || verdict === 'allowed' ? rules.map(({ policy }) => policy) : isolatingIn(decidedBy).map(refKey)
  const inMesh = verdict === 'allowed' ? mesh.rule : decidedBy.layer === 'mesh' ? decidedBy.rule : null
  return { policies: [...new Set(by)], rules, ofMesh: new Set(inMesh ? [refKey(inMesh.policy)] : []) }
}

/** Policies of the tier whose end decided. */
export const isolatingIn = ({ steps, tier }: Judgement): readonly PolicyRef[] =>
  steps.find((step) => step.tier === tier)?.selecting ?? []
