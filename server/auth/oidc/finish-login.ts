import * as client from 'openid-client'
import type { PendingLogin } from './begin-login'
import type { Provider } from './provider'
import { failureOf, type LoggedIn, loggedInOf } from './tokens'

/**
 * Takes the answer that a browser brought from a provider. `url`: the address that it came to, with its query, as the
 * browser knows it. Throws LoginFailure; what was pending must have been forgotten before, so that nothing is used twice.
 */
export async function finishLogin(provider: Provider, pending: PendingLogin, url: URL): Promise<LoggedIn> {
  const metadata = await provider.metadata()
  try {
    const answer = await client.authorizationCodeGrant(metadata, url, {
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      pkceCodeVerifier: pending.verifier,
      idTokenExpected: true,
    })
    return await loggedInOf(provider, metadata, answer)
  } catch (thrown) {
    throw failureOf(thrown)
  }
}
