import { forgetNames } from '../access/forget-names'

/** Ends the session here and goes on to where the provider ends its own, else to the login page. */
export async function logOut(): Promise<void> {
  const response = await fetch('/logout', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  }).catch(() => null)
  forgetNames()
  const answer: unknown = await response?.json().catch(() => null)
  const to = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'to') : null
  location.assign(typeof to === 'string' ? to : '/login')
}
