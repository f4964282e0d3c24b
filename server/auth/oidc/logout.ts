import * as client from 'openid-client'
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose'
import { toError } from '@/server/errors'
import type { Provider } from './provider'
import { providerFetch } from './provider-fetch'

/** Where to send a browser so that it is logged out at the provider too; null where the provider has no such place. */
export async function logoutUrl(provider: Provider, idToken: string, returnTo: string): Promise<URL | null> {
  try {
    const metadata = await provider.metadata()
    if (metadata.serverMetadata().end_session_endpoint === undefined) return null
    return client.buildEndSessionUrl(metadata, { id_token_hint: idToken, post_logout_redirect_uri: returnTo })
  } catch {
    // Whoever logs out here is logged out, whether the provider answers or not.
    return null
  }
}

/** Whose sessions a provider ends: one of its sessions, or all of an account. `id` names the token, which counts once. */
export type LogoutNotice = {
  readonly issuer: string
  readonly subject: string | null
  readonly providerSession: string | null
  readonly id: string
  /** Milliseconds: until when the token could come again. */
  readonly until: number
}

const event = 'http://schemas.openid.net/event/backchannel-logout'
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']
const maxAgeSeconds = 300
const skewSeconds = 60

type Keys = { readonly url: string; readonly set: ReturnType<typeof createRemoteJWKSet> }
const keysTimeoutMs = 10_000
const known = new WeakMap<Provider, Keys>()

/** Kept, so that who sends tokens cannot make us ask the provider each time. */
function keysOf(provider: Provider, url: string): Keys['set'] {
  const kept = known.get(provider)
  if (kept?.url === url) return kept.set
  const set = createRemoteJWKSet(new URL(url), {
    timeoutDuration: keysTimeoutMs,
    [customFetch]: providerFetch(provider.config.issuer),
  })
  known.set(provider, { url, set })
  return set
}

/**
 * Reads a logout token that a provider sent (OpenID Connect Back-Channel Logout 1.0, 2.6). Throws an Error that says
 * what is wrong with it, for the log.
 */
export async function readLogoutToken(provider: Provider, token: string): Promise<LogoutNotice> {
  const {
    issuer,
    jwks_uri: keys,
    id_token_signing_alg_values_supported: offered,
  } = (await provider.metadata()).serverMetadata()
  if (keys === undefined) throw new Error('the provider tells no keys')
  const { payload, protectedHeader } = await jwtVerify(token, keysOf(provider, keys), {
    issuer,
    audience: provider.config.clientId,
    algorithms: algorithms.filter((name) => offered?.includes(name) ?? true),
    clockTolerance: skewSeconds,
    requiredClaims: ['iat', 'exp', 'jti', 'events'],
    maxTokenAge: maxAgeSeconds,
  }).catch((thrown: unknown) => {
    throw new Error(`the logout token is refused: ${toError(thrown).message}`, { cause: thrown })
  })
  // A token of another kind, signed by the same provider, must not end sessions.
  if (protectedHeader.typ !== undefined && !/^(application\/)?(logout\+)?jwt$/i.test(protectedHeader.typ))
    throw new Error('it is a token of another type')
  const { events, nonce, sub, sid, jti = '', exp = 0 } = payload
  if (typeof events !== 'object' || events === null || !Object.hasOwn(events, event))
    throw new Error('it is no logout event')
  if (nonce !== undefined) throw new Error('a logout token has no nonce')
  if (typeof sub !== 'string' && typeof sid !== 'string')
    throw new Error('it says neither whose nor which session ends')
  return {
    issuer,
    subject: sub ?? null,
    providerSession: typeof sid === 'string' ? sid : null,
    id: jti,
    until: (exp + skewSeconds) * 1000,
  }
}
