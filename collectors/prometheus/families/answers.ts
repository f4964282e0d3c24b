import { otherOperation } from '@/core/operations/operation-name'

/** What was asked and how it was answered, as the labels of a series tell it; '' where they do not. `text` names it; '' where nothing is told. */
export type AnswerName = {
  readonly operation: string
  readonly code: string
  readonly flags: string
  readonly text: string
}

export function answerName(parts: Omit<AnswerName, 'text'>): AnswerName {
  const { operation, code, flags } = parts
  return { ...parts, text: operation || code || flags ? `${code} ${flags} ${operation}` : '' }
}

/** What is counted together once there are too many. */
export const otherAnswer = answerName({ operation: otherOperation, code: '', flags: '' })
