import type { Flow, Judgement, PolicyVerdict, RuleRef, Step } from './decision'
import { judgeTier, type Outcomes, type Question } from './judge-tier'
import type { Sight } from './sight'
import type { Direction, Layer } from './normal-form'
import type { SelectedTier } from './select-blocks'

/** Who says what, of one layer at one end, before the exceptions of evaluate. `pardons`: a tier whose denials let pass. */
export function judge(
  flow: Flow,
  port: number | null,
  tiers: readonly SelectedTier[],
  at: {
    readonly layer: Layer
    readonly direction: Direction
    readonly sight: Omit<Sight, 'doubt'>
    readonly pardons?: string
  },
): Judgement {
  const { layer, direction } = at
  if (tiers.length === 0)
    return {
      layer,
      direction,
      verdict: 'allowed',
      reason: nothingReads,
      tier: null,
      policy: null,
      rule: null,
      steps: [],
    }
  const doubts = new Set<string>()
  const question: Question = { flow, port, sight: { ...at.sight, doubt: (reason) => doubts.add(reason) } }
  const ways: Ways = {}
  const steps: Step[] = []
  let goesOn = true
  for (const selected of tiers) {
    const outcomes = judgeTier(selected, question)
    steps.push(stepOf(selected, outcomes))
    if (outcomes.allow !== undefined) ways.allowed = { tier: selected.tier.name, rule: outcomes.allow }
    if (outcomes.deny !== undefined)
      ways[selected.tier.name === at.pardons ? 'allowed' : 'denied'] = { tier: selected.tier.name, rule: outcomes.deny }
    goesOn = outcomes.next !== undefined
    if (!goesOn) break
  }
  if (goesOn) ways.allowed = { tier: null, rule: null }
  return { layer, direction, ...told(ways, doubts), steps }
}

const nothingReads = { code: 'no-policy' } as const

type Way = { readonly tier: string | null; readonly rule: RuleRef | null }
type Ways = { allowed?: Way; denied?: Way }

function told({ allowed, denied }: Ways, doubts: ReadonlySet<string>) {
  if (allowed && denied) return { ...open(doubts), tier: null, policy: null, rule: null }
  const verdict: PolicyVerdict = denied ? 'denied' : 'allowed'
  const { tier, rule } = denied ?? allowed ?? { tier: null, rule: null }
  const code = rule ? 'rule' : denied ? 'end-of-tier' : 'no-policy'
  return { verdict, reason: { code }, tier, policy: rule?.policy ?? null, rule } as const
}

const open = (doubts: ReadonlySet<string>) =>
  ({ verdict: 'undefined', reason: { code: 'open', doubts: [...doubts] } }) as const

function stepOf({ tier, blocks }: SelectedTier, outcomes: Outcomes): Step {
  const ends = (['allow', 'deny', 'next'] as const).filter((end) => outcomes[end] !== undefined)
  const only = ends.length === 1 ? ends[0] : undefined
  const selecting = blocks.map(({ ref }) => ref)
  return {
    tier: tier.name,
    selecting: selecting.filter((ref, i) => selecting.indexOf(ref) === i),
    outcome: only ?? 'open',
    rule: only ? (outcomes[only] ?? null) : null,
  }
}
