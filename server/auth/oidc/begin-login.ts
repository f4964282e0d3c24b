import * as client from 'openid-client'
import type { Provider } from './provider'

/** What must be kept of a login until its answer comes, by whom began it. Used once, within ten minutes. */
export type PendingLogin = {
  readonly provider: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** Path of this console to go to afterwards. */
  readonly returnTo: string
}

/** Where to send a browser to log in, and what to keep meanwhile. Throws LoginFailure where the provider is away. */
export async function beginLogin(
  provider: Provider,
  { redirectUri, returnTo }: { readonly redirectUri: string; readonly returnTo: string },
): Promise<{ readonly url: URL; readonly pending: PendingLogin }> {
  const metadata = await provider.metadata()
  const pending = {
    provider: provider.config.id,
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
    returnTo,
  }
  const url = client.buildAuthorizationUrl(metadata, {
    redirect_uri: redirectUri,
    scope: [...new Set(['openid', ...provider.config.scopes])].join(' '),
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
  })
  return { url, pending }
}
