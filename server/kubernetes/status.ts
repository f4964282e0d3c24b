import { clean } from '@/core/text/text'
import { fields, list, text } from './read-object'

/** What a Status of the API server says, with the parts that are used. */
export type KubeStatus = {
  readonly code: number
  readonly reason: string
  readonly message: string
  /** Name of the object that it is about; '' where it is about none. */
  readonly name: string
  readonly causes: readonly { readonly reason: string; readonly field: string; readonly message: string }[]
}

/** Reads an answer that is no success, whatever it is. */
export function statusOf(code: number, body: unknown, answered: string): KubeStatus {
  const status = fields(body)
  const details = fields(status.details)
  const message = typeof status.message === 'string' ? status.message : answered
  return {
    code,
    reason: text(status.reason),
    message: clean(message, 1_000),
    name: text(details.name),
    causes: list(details.causes)
      .slice(0, 50)
      .map(fields)
      .map((cause) => ({
        reason: text(cause.reason),
        field: text(cause.field, 500),
        message: text(cause.message, 500),
      })),
  }
}
