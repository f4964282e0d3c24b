import * as client from 'openid-client'
import { groupsOfClaims } from '@/core/access/groups-of-claims'
import { LoginFailure } from '../login-failure'
import type { Provider } from './provider'
import { failureOf, type LoggedIn, loggedInOf, prefixed } from './tokens'

/**
 * Asks the provider whether a login still stands, and for the groups of now. Throws LoginFailure: `provider-away` where
 * it is to be asked again later, `session-ended` and others where the session is over.
 */
export async function refreshLogin(
  provider: Provider,
  before: Pick<LoggedIn, 'identity' | 'idToken' | 'providerSession'> & { readonly refreshToken: string },
): Promise<LoggedIn> {
  try {
    const metadata = await provider.metadata()
    const answer = await client.refreshTokenGrant(metadata, before.refreshToken)
    const claims = answer.claims()
    // OpenID Connect Core 12.2: an ID token is not sent each time; then who it is stays, and groups come from userinfo.
    if (!claims) return await withoutToken(provider, metadata, answer, before)
    if (claims.sub !== before.identity.subject || claims.iss !== before.identity.issuer)
      throw new LoginFailure('token-invalid', 'the refreshed token is of another account')
    const after = await loggedInOf(provider, metadata, answer)
    return { ...after, refreshToken: after.refreshToken ?? before.refreshToken }
  } catch (thrown) {
    const failure = failureOf(thrown)
    throw failure.problem === 'other-browser'
      ? new LoginFailure('session-ended', failure.message, { cause: thrown })
      : failure
  }
}

async function withoutToken(
  provider: Provider,
  metadata: client.Configuration,
  answer: Awaited<ReturnType<typeof client.refreshTokenGrant>>,
  before: Parameters<typeof refreshLogin>[1],
): Promise<LoggedIn> {
  const refreshToken = answer.refresh_token ?? before.refreshToken
  if (metadata.serverMetadata().userinfo_endpoint === undefined) return { ...before, refreshToken }
  const info = await client.fetchUserInfo(metadata, answer.access_token, before.identity.subject)
  const told = groupsOfClaims(info, provider.config.groupsClaim)
  const identity = 'groups' in told ? { ...before.identity, groups: prefixed(provider, told.groups) } : before.identity
  return { ...before, identity, refreshToken }
}
