import { addressParts } from '../address-parts'
import type { CompiledPolicies } from '../compile'
import type { End } from '../decision'
import type { EndMatch } from '../end-match'
import { type Bits, eachBit } from '../index/bitset'
import { endTable, type EndTable } from '../index/end-table'
import type { MatchBits } from '../index/match-bits'
import { policyIndex, type PolicyIndex, subjectsOf } from '../index/policy-index'
import type { ModelObject, Workload } from '../model'
import { type Block, type Policy, refKey } from '../normal-form'
import { readPolicy } from '../read-policy'

/** A policy with the object that it was read from. */
export type LintedPolicy = {
  readonly policy: Policy
  /** null: it follows from annotations, or was made without an object. */
  readonly object: ModelObject | null
}

/** What rules of the lint look at; the index answers for all ends at once. */
export type LintContext = {
  readonly compiled: CompiledPolicies
  /** There are namespaces that are not known here, with pods that policies may be about. */
  readonly hides: boolean
  readonly table: EndTable
  readonly index: PolicyIndex
  /** Every policy that could be read, staged ones too. */
  readonly policies: readonly LintedPolicy[]
  /** Workloads that a block surely or maybe selects. */
  readonly subjects: (block: Block) => readonly number[]
  readonly workloads: (numbers: Iterable<number>) => readonly Workload[]
  /** Ends that a condition matches, seen from a workload (the first, where none is given). */
  readonly matching: (match: EndMatch, subject?: Workload) => MatchBits
}

/** O(objects + addresses · log addresses). */
export function lintContext(compiled: CompiledPolicies, hides = false): LintContext {
  const { workloads } = compiled.catalogue.model
  const table = endTable(workloads, otherEnds(compiled))
  const index = policyIndex(compiled, table)
  const subjects = new Map<Block, readonly number[]>()
  const [anyone] = workloads
  return {
    compiled,
    hides,
    table,
    index,
    policies: lintedPolicies(compiled),
    subjects: (block) => {
      const known = subjects.get(block)
      if (known) return known
      const found = subjectsOf(block, table, index.find).map(({ i }) => i)
      subjects.set(block, found)
      return found
    },
    workloads: (numbers) => [...numbers].flatMap((i) => workloads[i] ?? []),
    matching: (match, subject = anyone) =>
      subject ? index.find(match, subject) : { sure: new Uint32Array(), may: new Uint32Array() },
  }
}

/** Whoever else policies tell apart. An address that was rewritten is one of these in the end. */
function otherEnds(compiled: CompiledPolicies): readonly End[] {
  const outside = addressParts(compiled).map(({ end }) => end)
  const { nodes } = compiled.catalogue.model
  return [...outside, ...nodes.map(({ name, addresses }): End => ({ type: 'node', name, addresses }))]
}

function lintedPolicies({ catalogue, policies, unread }: CompiledPolicies): readonly LintedPolicy[] {
  const failed = new Set(unread.map(({ ref }) => refKey(ref)))
  const read = catalogue.model.objects.flatMap((object) => {
    const { policy, unread: problem } = readPolicy(object, catalogue)
    return policy && !problem ? [{ policy, object }] : []
  })
  const known = new Set<Policy>(read.map(({ policy }) => policy))
  const others = policies.filter((policy) => !known.has(policy) && !failed.has(refKey(policy.ref)))
  return [...read, ...others.map((policy) => ({ policy, object: null }))]
}

/** Numbers of a set, lowest first. */
export function numbersIn(bits: Bits): readonly number[] {
  const found: number[] = []
  eachBit(bits, (i) => found.push(i))
  return found
}
