import type { WriteResult } from '@/core/policy/apply/write-result'

/** Why an object was not written, where the sentence on the whole plan does not have it already; null: nothing to say. */
export const unsaidReason = (problem: Pick<NonNullable<WriteResult['problem']>, 'sentence'> | null, said: string) =>
  problem === null || said.includes(problem.sentence) ? null : problem.sentence
