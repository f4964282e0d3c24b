import { expect, it } from 'vitest'
import { type LoginProblem, shownProblem } from './login-problem'

const [withRole, without] = [{ hasRole: true }, { hasRole: false }]

it.each<[string, LoginProblem | null, { hasRole: boolean } | null, LoginProblem | null]>([
  ['nothing to a stranger', null, null, null],
  ['what went wrong', 'expired', null, 'expired'],
  ['what went wrong, to who is logged in', 'expired', without, 'expired'],
  ['that there is no role', null, without, 'no-role'],
  ['nothing to who has a role', null, withRole, null],
  ['nothing of a role to a stranger, whatever the address', 'no-role', null, null],
  ['nothing of a role to who has one, whatever the address', 'no-role', withRole, null],
])('tells %s', (_, problem, who, expected) => {
  expect(shownProblem(problem, who)).toBe(expected)
})
