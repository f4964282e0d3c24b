import { describeEnd, describePorts } from '../describe-match'
import type { LintContext } from '../lint/context'
import { type LintFinding } from '../lint/finding'
import type { ModelObject } from '../model'
import { type Direction, type Policy, refKey } from '../normal-form'
import { policyName } from '../policy-name'
import type { JudgedGround } from './judge-ground'
import type { Place, PolicyRow, RuleRow } from './policies-page'
import type { PolicyHits } from './policy-hits'

type About = {
  readonly judged: JudgedGround
  readonly context: LintContext
  readonly hits: PolicyHits
  readonly findings: readonly LintFinding[]
}

/** A row for each policy object, in the order of the ground's records. O(objects · workloads ÷ 32 + rules). */
export function policyRows({ judged, context, hits, findings }: About): readonly PolicyRow[] {
  const { ground, compiled } = judged
  const policyOf = new Map<ModelObject | null, Policy>(context.policies.map(({ object, policy }) => [object, policy]))
  const unread = new Map(compiled.unread.map(({ ref, problems }) => [refKey(ref), problems]))
  const tierLayer = new Map(
    (['network', 'mesh'] as const).flatMap((layer) =>
      compiled.tiers[layer].map(({ tier }) => [tier.name, layer] as const),
    ),
  )
  const numbers = new Map<string, number[]>()
  for (const [i, { policy }] of findings.entries()) {
    const key = refKey(policy)
    const same = numbers.get(key)
    if (same) same.push(i)
    else numbers.set(key, [i])
  }
  return ground.records.map((record, i): PolicyRow => {
    const { ref, apiVersion, owner, managers, createdAt, changedAt, resourceVersion } = record
    const key = refKey(ref)
    const policy = policyOf.get(ground.model.objects[i] ?? null)
    const blocks = policy?.blocks ?? []
    const [problem] = unread.get(key) ?? []
    const [first] = blocks
    return {
      key,
      ref,
      apiVersion,
      name: policyName(ref),
      mode: policy?.mode ?? 'enforced',
      layer: (first && tierLayer.get(first.tier)) ?? 'none',
      owner,
      managers,
      createdAt,
      changedAt,
      resourceVersion,
      places: placesOf(blocks),
      isolates: directions.filter((direction) => blocks.some((one) => one.isolates && one.direction === direction)),
      selects: [...new Set(blocks.flatMap((block) => context.subjects(block)))].sort((a, b) => a - b),
      rules: policy ? ruleRows(policy, hits) : [],
      hits: hits.ofPolicy(key),
      findings: numbers.get(key) ?? [],
      unreadable: problem ? `${problem.path} ${problem.reason}`.trim() : null,
    }
  })
}

const directions: readonly Direction[] = ['ingress', 'egress']

function placesOf(blocks: Policy['blocks']): readonly Place[] {
  const found = new Map<string, Place>()
  for (const { tier, direction, order } of blocks) {
    const key = `${tier} ${direction}`
    const known = found.get(key)
    // A block of denials before that of the allows is of the same object.
    if (!known || known.order < order) found.set(key, { tier, direction, order })
  }
  return [...found.values()]
}

/** One place in an object may make several rules; the first tells of it. */
export function ruleRows(policy: Policy, hits: PolicyHits): readonly RuleRow[] {
  const key = refKey(policy.ref)
  const found = new Map<string, RuleRow>()
  for (const { direction, rules } of policy.blocks)
    for (const { path, action, peer, ports } of rules) {
      const at = `${direction} ${path}`
      if (found.has(at)) continue
      found.set(at, {
        path,
        direction,
        action,
        peer: describeEnd(peer),
        ports: describePorts(ports),
        hits: hits.ofRule(key, path),
      })
    }
  return [...found.values()]
}
