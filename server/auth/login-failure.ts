import { type LoginProblem, loginProblems } from '@/core/access/login-problem'

const brand = Symbol.for('oriel.login-failure')

/** A login that did not succeed. `problem` is what the person is told; `message` is for the log and never shown. */
export class LoginFailure extends Error {
  readonly problem: LoginProblem
  /** Where the login was to lead, where that is known. */
  returnTo: string | null = null
  readonly [brand] = true

  /** The one of another bundle as well, as with AppError. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value
  }

  constructor(problem: LoginProblem, detail: string = loginProblems[problem], options?: { cause?: unknown }) {
    super(detail, options)
    this.name = 'LoginFailure'
    this.problem = problem
  }
}
