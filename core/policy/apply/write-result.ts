import type { ObjectManager, ObjectOwner } from '../ground'
import type { PolicyRef } from '../normal-form'
import type { ModelObject } from '../model'

export const writeProblemCodes = [
  /** The person may not do it, by the cluster's rules. */
  'forbidden',
  /** Others own fields that would change; they can be taken over by naming them. */
  'conflict',
  /** The object is another one than was opened. */
  'changed',
  /** The object is there already, or is not there any more. */
  'exists',
  'gone',
  /** A tool keeps it as it is and would undo the change. */
  'owned',
  /** Refused by validation or admission. */
  'invalid',
  /** The cluster does not serve this kind. */
  'not-served',
  /** It could not be asked, or what became of the change is not known. */
  'unreachable',
] as const
export type WriteProblemCode = (typeof writeProblemCodes)[number]

/** Who owns fields that a change is about. */
export type FieldConflict = ObjectManager & { readonly fields: readonly string[] }

/** Why an object was not written. `sentence` is for people and says what to do next. */
export type WriteProblem = {
  readonly code: WriteProblemCode
  readonly sentence: string
  /** Of `conflict`: whom fields would be taken from. */
  readonly conflicts: readonly FieldConflict[]
  /** Of `invalid`: the fields that are refused, where the API server names them. */
  readonly fields: readonly { readonly field: string; readonly message: string }[]
  /** Of `changed`: who wrote last, as far as that is told. */
  readonly changedBy: ObjectManager | null
  /** Of `owned`. */
  readonly owner: ObjectOwner | null
}

/** `unchanged`: it was so already. `unknown`: it was sent and nothing was heard. */
export const writeStates = ['created', 'updated', 'deleted', 'unchanged', 'refused', 'not-tried', 'unknown'] as const
export type WriteState = (typeof writeStates)[number]

/** What became, or in a dry run would become, of one object of a plan. */
export type WriteResult = {
  readonly ref: PolicyRef
  readonly change: 'put' | 'delete'
  readonly state: WriteState
  /** Number of its row in the audit; null where nothing was written. */
  readonly changeId: number | null
  /** Manifests without what the API server keeps for itself; null: not there. */
  readonly before: ModelObject | null
  readonly after: ModelObject | null
  /** Paths that differ between both, at most 100. */
  readonly fields: readonly string[]
  /** The API server's own words. */
  readonly warnings: readonly string[]
  readonly resourceVersion: string | null
  readonly problem: WriteProblem | null
}

/** `would-apply`: of a dry run. `partly`: it stopped at a failure, and what was done before stands. */
export const planOutcomes = ['would-apply', 'applied', 'refused', 'partly'] as const
export type PlanOutcome = (typeof planOutcomes)[number]
