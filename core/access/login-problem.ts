/** Why a login failed. Pages show these sentences only: nothing that came with an address or from a provider is shown. */
export const loginProblems = {
  'unknown-provider': 'There is no such way to log in. Choose one of those below.',
  'provider-away':
    'The login provider cannot be reached just now. Try again in a moment; if it stays so, tell who runs it.',
  'provider-wrong':
    'The login provider answers in a way that cannot be relied on. Who runs Oriel finds the reason in its log.',
  refused: 'The login was not allowed, or was broken off at the provider. Try again, or choose another account there.',
  expired: 'The login took longer than ten minutes. Begin again.',
  'other-browser': 'This login was begun in another browser, or was used already. Begin again here.',
  'token-invalid':
    'The provider’s answer did not prove who you are, so it was not accepted. Who runs Oriel finds the reason in its log.',
  clock: 'The clocks of Oriel and of the login provider differ too much. Who runs them must set them right.',
  'groups-unknown':
    'The provider did not tell your groups, so your rights are not known. Who runs Oriel finds in its log which claim is missing.',
  'groups-overage':
    'You are in more groups than the provider puts into a token. Who runs it can send only those that Oriel needs.',
  'no-role': 'You are logged in, and no team has given you a role yet. Ask who runs Oriel to add one of your groups.',
  throttled: 'Too many attempts. Wait five minutes and try again.',
  'wrong-password': 'The password is wrong.',
  'link-wrong': 'This login link is wrong or too old. Who runs Oriel gets another one with oriel login-link.',
  'password-unread':
    'The password that is set cannot be read just now, so it cannot be checked. Who runs Oriel finds the reason in its log.',
  'code-spent': 'This one-time link or password was used already, or is older than an hour. Get another one.',
  'local-off':
    'The local administrator’s login is off since an administrator logs in by a provider. Log in there; on the machine itself, oriel login-link still lets you in.',
  'not-encrypted':
    'This connection is not encrypted, so nobody can log in over it. Open Oriel at its https address, or tell who runs it.',
  elsewhere: 'The request did not come from this page. Try again here.',
  'session-ended': 'Your session has ended. Log in again; where you were is kept.',
} as const satisfies Readonly<Record<string, string>>

export type LoginProblem = keyof typeof loginProblems

export const isLoginProblem = (text: string): text is LoginProblem => Object.hasOwn(loginProblems, text)

/**
 * What the login page says. That somebody has no role is told by who is logged in, never by the address alone: a link
 * may be opened by anybody.
 */
export function shownProblem(
  problem: LoginProblem | null,
  who: { readonly hasRole: boolean } | null,
): LoginProblem | null {
  if (problem !== null && problem !== 'no-role') return problem
  return who && !who.hasRole ? 'no-role' : null
}
