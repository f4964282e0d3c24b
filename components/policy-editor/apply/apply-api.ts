import type { Expectation } from '@/core/policy/apply/expectation'
import type { PlanOutcome, WriteResult } from '@/core/policy/apply/write-result'
import { sendJson } from '../../api'
import type { AskedChange } from './plan'

export type ApplyAnswer = {
  readonly outcome: PlanOutcome
  readonly sentence: string
  /** Number of the plan in the audit; null: nothing was sent. */
  readonly plan: number | null
  readonly results: readonly WriteResult[]
}

export type ApplyAsk = {
  readonly cluster: string
  readonly changes: readonly AskedChange[]
  readonly dryRun: boolean
  readonly draft: number | null
  readonly reason: string
  readonly expected: readonly Expectation[]
}

/** Tries a plan, or makes it. Throws ApiError. */
export const applyPlan = (ask: ApplyAsk) => sendJson<ApplyAnswer>('POST', 'policies/apply', ask)

/** Tries to take a plan back, or does it. Throws ApiError. */
export const undoPlan = (plan: number, how: { readonly dryRun: boolean; readonly reason: string }) =>
  sendJson<ApplyAnswer>('POST', `policies/plans/${plan}/undo`, how)
