import type { Proposals, Wish } from '@/core/policy/edit/proposal'
import type { PolicyGround } from '@/core/policy/ground'
import type { Model } from '@/core/policy/model'
import type { PolicyRef } from '@/core/policy/normal-form'
import type { PolicyChange } from '@/core/policy/policy-change'
import type { Options } from '@/core/policy/profile'
import type { DraftTest, DraftTestResult, LintChange, WhatIf } from '@/core/policy/what-if/answer'
import type { Drift, DriftRequest } from '@/core/policy/what-if/drift'
import type { GroundSuggestions, SuggestRequest } from '@/core/policy/what-if/ground-suggestions'

type Draft = { readonly changes: readonly PolicyChange[] }

/** What a page may ask the worker about a ground, by its name. `staged` null: see `whatIf`. */
export type WorkerQuestions = {
  readonly 'what-if': Draft & { readonly staged: Options['staged'] | null }
  readonly lint: Draft
  readonly tests: Draft & { readonly tests: readonly DraftTest[]; readonly staged: Options['staged'] | null }
  /** What decides edges of the last what-if, by their ids. `at`: when that came, so that a newer one is asked again. */
  readonly why: { readonly ids: readonly string[]; readonly at: number }
  readonly suggest: SuggestRequest
  readonly drift: DriftRequest
  readonly propose: Wish
}
export type WorkerAnswers = {
  readonly 'what-if': WhatIf
  readonly lint: LintChange
  readonly tests: readonly DraftTestResult[]
  readonly why: Readonly<Record<string, string>>
  readonly suggest: GroundSuggestions
  readonly drift: Drift
  readonly propose: Proposed
}

/** The smallest edits for a wish, and the policies that decide now: with the deciding rule, else those that select the pod. */
export type Proposed = { readonly proposals: Proposals; readonly deciding: readonly PolicyRef[] }

/** What is asked first when several wait. */
export const workerAsks = ['propose', 'what-if', 'tests', 'why', 'drift', 'suggest', 'lint'] as const
export type WorkerAsk = (typeof workerAsks)[number]

export type WorkerQuestion = {
  readonly [A in WorkerAsk]: { readonly ask: A; readonly of: WorkerQuestions[A] }
}[WorkerAsk]

/** `lane`: a newer question of one lane makes the older ones moot. */
export type Job = { readonly job: number; readonly lane: string; readonly question: WorkerQuestion }

export type WorkerMessage =
  /** `model` null: the one that the worker has already. */
  | { readonly type: 'ground'; readonly ground: Omit<PolicyGround, 'model'>; readonly model: Model | null }
  | { readonly type: 'job'; readonly job: Job }

/** `ms`: how long it took. outdated: a newer question of its lane came before it was looked at. */
export type WorkerReply<A extends WorkerAsk = WorkerAsk> = { readonly job: number } & (
  | { readonly outcome: 'answered'; readonly answer: WorkerAnswers[A]; readonly ms: number }
  | { readonly outcome: 'outdated' }
  | { readonly outcome: 'failed'; readonly reason: string }
)
