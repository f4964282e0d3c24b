export const errorStatus = {
  invalid: 400,
  /** Nobody is logged in, or no longer. */
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  /** A frozen view holds no answer to the question. */
  not_frozen: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  address_too_long: 414,
  too_many: 429,
  internal: 500,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof errorStatus

const brand = Symbol.for('oriel.app-error')

/** The one error that I/O throws on purpose. `message` is for the reader and says what to do next. */
export class AppError extends Error {
  readonly code: ErrorCode
  /** Seconds after which to ask again, where that is known. */
  readonly retryAfter: number | undefined
  readonly [brand] = true

  /** Next bundles routes and instrumentation apart, so this class exists more than once in a process that shares answers. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    const own: unknown = Function.prototype[Symbol.hasInstance].call(this, value)
    return own === true || (this === AppError && typeof value === 'object' && value !== null && brand in value)
  }

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown; retryAfter?: number }) {
    super(message, options)
    this.name = 'AppError'
    this.code = code
    this.retryAfter = options?.retryAfter
  }
}

/** Whatever was thrown, as an Error. */
export const toError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)))
