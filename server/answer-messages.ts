import type { Scope } from '@/core/scope'
import { AppError, type ErrorCode, toError } from './errors'

/** What the web's thread sends to that of answers. `question`: settled, in the view's own type. */
export type Asking = { readonly id: number } & (
  | { readonly what: 'answer'; readonly view: string; readonly question: unknown; readonly scope: Scope }
  | { readonly what: 'metrics' }
)

/** The reply to what was sent under this id. */
export type Telling = { readonly id: number } & ({ readonly value: unknown } | { readonly error: ErrorParts })

/** An error as it passes from one thread to the other. `code` null: none that was thrown on purpose. */
export type ErrorParts = {
  readonly code: ErrorCode | null
  readonly message: string
  readonly stack: string | undefined
}

/** Takes an error apart. */
export function partsOf(thrown: unknown): ErrorParts {
  const { message, stack } = toError(thrown)
  return { code: thrown instanceof AppError ? thrown.code : null, message, stack }
}

/** The same error again, with the stack of where it was thrown. */
export function errorOf({ code, message, stack }: ErrorParts): Error {
  const error = code ? new AppError(code, message) : new Error(message)
  if (stack !== undefined) error.stack = stack
  return error
}
