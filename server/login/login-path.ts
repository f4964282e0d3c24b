import type { LoginProblem } from '@/core/access/login-problem'

/** Path of the login page, which leads on to `to` and says what went wrong. */
export function loginPath(to: string, problem?: LoginProblem): string {
  const query = new URLSearchParams({ ...(problem && { problem }), ...(to !== '/' && { to }) })
  return query.size > 0 ? `/login?${query}` : '/login'
}
