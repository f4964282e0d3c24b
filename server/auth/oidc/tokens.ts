import * as client from 'openid-client'
import { groupsOfClaims } from '@/core/access/groups-of-claims'
import type { GroupsClaim, Identity } from '@/core/access/identity'
import { clean } from '@/core/text/text'
import { toError } from '@/server/errors'
import { LoginFailure } from '../login-failure'
import { isAway, type Provider } from './provider'

type Answer = Awaited<ReturnType<typeof client.authorizationCodeGrant>>

/** Who logged in, and what keeps the session in step with the provider. Tokens are secrets. */
export type LoggedIn = {
  readonly identity: Identity
  /** The provider's name of the session, for logout from there; null: it has none. */
  readonly providerSession: string | null
  readonly idToken: string
  readonly refreshToken: string | null
}

/** Clocks may differ so much. */
const skewSeconds = 60

/** Who an answer of the token endpoint is about, whose signature and claims were checked. Throws LoginFailure. */
export async function loggedInOf(
  provider: Provider,
  metadata: client.Configuration,
  answer: Answer,
): Promise<LoggedIn> {
  const claims = answer.claims()
  const idToken = answer.id_token
  if (!claims || idToken === undefined) throw new LoginFailure('token-invalid', 'the answer has no ID token')
  // OpenID Connect Core 3.1.3.7, 5: the library asks it of tokens with several audiences only.
  if (claims.azp !== undefined && claims.azp !== provider.config.clientId)
    throw new LoginFailure('token-invalid', 'the ID token was made for another client (azp)')
  if (claims.iat > Date.now() / 1000 + skewSeconds)
    throw new LoginFailure(
      'clock',
      `the ID token was issued ${Math.round(claims.iat - Date.now() / 1000)} s in the future`,
    )
  const path = provider.config.groupsClaim
  const told = groupsOfClaims(claims, path)
  const info = 'groups' in told ? null : await userInfo(metadata, answer.access_token, claims.sub)
  const listed = groupsOrFail('groups' in told || !info ? told : better(told, groupsOfClaims(info, path)), path)
  const text = (name: string) => {
    const value = claims[name] ?? info?.[name]
    return typeof value === 'string' ? clean(value, 200) : ''
  }
  return {
    identity: {
      issuer: claims.iss,
      subject: claims.sub,
      name: text('name') || text('preferred_username') || text('email') || clean(claims.sub, 200),
      email: text('email') || null,
      groups: prefixed(provider, listed),
    },
    providerSession: typeof claims.sid === 'string' ? claims.sid : null,
    idToken,
    refreshToken: answer.refresh_token ?? null,
  }
}

/** Groups as they are known here. */
export const prefixed = ({ config: { groupsPrefix = '' } }: Provider, groups: readonly string[]): readonly string[] =>
  groups.map((name) => `${groupsPrefix}${name}`)

/** An overage that the token tells is not undone by an answer that says nothing. */
const better = (told: GroupsClaim, info: GroupsClaim): GroupsClaim =>
  'groups' in info || !('missing' in told) || told.missing === 'absent' ? info : told

function groupsOrFail(claim: GroupsClaim, path: string): readonly string[] {
  if ('groups' in claim) return claim.groups
  const problem = claim.missing === 'overage' || claim.missing === 'too-many' ? 'groups-overage' : 'groups-unknown'
  throw new LoginFailure(problem, `the claim ${path} is ${claim.missing}`)
}

async function userInfo(metadata: client.Configuration, accessToken: string, subject: string) {
  if (metadata.serverMetadata().userinfo_endpoint === undefined) return null
  try {
    return await client.fetchUserInfo(metadata, accessToken, subject)
  } catch (thrown) {
    throw failureOf(thrown)
  }
}

/** What a failed exchange with a provider means for who logs in. */
export function failureOf(thrown: unknown): LoginFailure {
  if (thrown instanceof LoginFailure) return thrown
  const error = toError(thrown)
  if (error.cause instanceof LoginFailure) return error.cause
  const about = { cause: thrown }
  const detail = [error.message, 'code' in error ? String(error.code) : '', 'error' in error ? String(error.error) : '']
  const message = detail.filter(Boolean).join(', ')
  if (error instanceof client.AuthorizationResponseError) return new LoginFailure('refused', message, about)
  if (isAway(error)) return new LoginFailure('provider-away', message, about)
  if (error instanceof client.ResponseBodyError)
    return new LoginFailure(error.error === 'invalid_grant' ? 'other-browser' : 'provider-wrong', message, about)
  return new LoginFailure('token-invalid', message, about)
}
