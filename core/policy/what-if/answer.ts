import type { PolicyVerdict } from '../decision'
import type { LintFinding } from '../lint/finding'
import type { LockOutCheck } from '../lock-out/cut'
import type { Direction, PolicyRef } from '../normal-form'
import type { PortProtocol } from '../ports'
import type { Problem } from '../problem'

/** What a draft does: the whole set of policies with it against the whole set without it. Plain data. */
export type WhatIf = {
  /** Whether staged policies count as enforced, on both sides. */
  readonly staged: 'left-out' | 'enforced'
  /** Whether the draft writes or deletes a staged policy. */
  readonly touchesStaged: boolean
  /** Objects of the draft that cannot be read. */
  readonly problems: readonly DraftProblem[]
  readonly effects: Readonly<Record<EffectName, EffectGroup>>
  /** Recorded edges of which no end is selected by what the draft changes. */
  readonly elsewhere: { readonly edges: number; readonly connections: number }
  readonly possible: PossibleChange
  readonly lockOuts: LockOutReport
  /** For each object that the draft writes, whom it selects. */
  readonly selections: readonly DraftSelection[]
}

/** `undecidable`: the policies, or what is known of the ends, leave open what becomes of it. */
export const effectNames = ['newly-allowed', 'newly-denied', 'undecidable', 'unaffected'] as const
export type EffectName = (typeof effectNames)[number]

export type EffectGroup = {
  readonly edges: number
  readonly connections: number
  /** Milliseconds; null: no edges. */
  readonly last: number | null
  /** The strongest ones, most connections first. */
  readonly shown: readonly EdgeEffect[]
}

/** One recorded edge. Figures are those of the ground. */
export type EdgeEffect = {
  /** Of the drawn edge, for links to the map and the flows. */
  readonly id: string
  readonly from: EffectEnd
  readonly to: EffectEnd
  readonly protocol: PortProtocol
  /** null: not known. */
  readonly port: number | null
  readonly before: PolicyVerdict
  readonly after: PolicyVerdict
  /** Connections, or flows where no connections are told. */
  readonly count: number
  readonly allowed: number | null
  readonly denied: number | null
  readonly first: number
  readonly last: number
  readonly lastAllowed: number | null
  readonly lastDenied: number | null
  readonly days: number
  readonly witness: string
  /** What decides it with the draft, as a sentence; null: ask `edgeReasons`, since it takes a while. */
  readonly why: string | null
}

/** `name`: `namespace/name` of a workload, a node, an address or DNS name. */
export type EffectEnd = { readonly type: 'workload' | 'node' | 'external' | 'unknown'; readonly name: string }

/** `stands`: what the answer takes in its place. */
export type DraftProblem = {
  readonly ref: PolicyRef
  readonly problems: readonly Problem[]
  readonly stands: 'last-readable' | 'as-it-is'
}

/** What may pass, whether anybody used it or not. */
export type PossibleChange = {
  /** By workload that the draft concerns; those that are alike are one. */
  readonly changes: readonly PossibleSentence[]
  /** Distinct pairs of workloads that get a way, lose all ways, or of which it becomes open. */
  readonly pairs: { readonly opened: number; readonly closed: number; readonly unclear: number }
  /** Workloads that the changes are not told of, since there were too many. */
  readonly leftOut: number
}

export type PossibleSentence = {
  readonly direction: Direction
  readonly effect: 'opens' | 'closes' | 'leaves-open'
  readonly workload: string
  /** Others of which the same is true. */
  readonly alike: readonly string[]
  readonly sentence: string
}

export type LockOutReport = {
  readonly found: readonly LockOutFinding[]
  /** What was possible for gateways, monitoring or Oriel, and recorded traffic tells that they never did it. */
  readonly unused: readonly LockOutFinding[]
  /** What was looked at and stays as it was. */
  readonly safe: readonly LockOutCheck[]
  /** What could not be looked at, and why. */
  readonly unknown: readonly { readonly check: LockOutCheck; readonly reason: string }[]
}

export type LockOutFinding = {
  readonly check: LockOutCheck
  /** `undefined`: perhaps. */
  readonly verdict: Exclude<PolicyVerdict, 'allowed'>
  readonly workloads: readonly string[]
  readonly message: string
  readonly why: readonly string[]
}

export type DraftSelection = {
  readonly ref: PolicyRef
  /** Surely selected with the draft: `namespace/name`. */
  readonly selects: readonly string[]
  /** It depends on what is not known. */
  readonly perhaps: readonly string[]
  /** Of `selects`, those that the object did not select before. */
  readonly added: readonly string[]
  /** Selected before and not any more. */
  readonly removed: readonly string[]
}

/** Findings of the lint that only one side has. */
export type LintChange = { readonly brought: readonly LintFinding[]; readonly solved: readonly LintFinding[] }

/** "Can `from` reach `to`?" Ends as people write them: see `endNamed`. */
export type ReachQuestion = {
  readonly from: string
  readonly to: string
  readonly protocol: PortProtocol
  /** null: any; then ICMP-like questions are answered by protocol alone. */
  readonly port: number | null
}

export type ReachAnswer =
  | { readonly problem: string }
  | {
      readonly before: PolicyVerdict
      readonly after: PolicyVerdict
      /** In sentences, the deciding one first. */
      readonly whyBefore: readonly string[]
      readonly whyAfter: readonly string[]
    }

/** A question that is kept with a draft, and what must be so. */
export type DraftTest = ReachQuestion & { readonly expect: 'allowed' | 'denied' }

/** `unclear`: the policies leave it open, or the question cannot be asked. */
export type DraftTestResult = {
  readonly test: DraftTest
  readonly answer: ReachAnswer
  readonly holds: 'yes' | 'no' | 'unclear'
  readonly heldBefore: 'yes' | 'no' | 'unclear'
}
