import { type LoginProblem, loginProblems } from '@/core/access/login-problem'

/** A login that did not succeed. `problem` is what the person is told; `message` is for the log and never shown. */
export class LoginFailure extends Error {
  readonly problem: LoginProblem
  /** Where the login was to lead, where that is known. */
  returnTo: string | null = null

  constructor(problem: LoginProblem, detail: string = loginProblems[problem], options?: { cause?: unknown }) {
    super(detail, options)
    this.name = 'LoginFailure'
    this.problem = problem
  }
}
