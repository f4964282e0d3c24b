import * as client from 'openid-client'
import { toError } from '@/server/errors'
import { LoginFailure } from '../login-failure'
import { addressProblem, providerFetch } from './provider-fetch'

/** An OpenID Connect provider that people log in with. */
export type ProviderConfig = {
  /** Names it in addresses. */
  readonly id: string
  /** On the login page. */
  readonly title: string
  readonly issuer: string
  readonly clientId: string
  /** Absent: a public client, which PKCE protects alone. */
  readonly clientSecret?: string | undefined
  readonly scopes: readonly string[]
  /** Where its tokens tell groups (core/access/groups-of-claims.ts). */
  readonly groupsClaim: string
  /** Put before each of them, so that no provider speaks for the groups of another. */
  readonly groupsPrefix?: string | undefined
}

/** A provider with what it says of itself; its keys are fetched again when a token names one that is not known. */
export type Provider = { readonly config: ProviderConfig; readonly metadata: () => Promise<client.Configuration> }

const timeoutSeconds = 10
/** What a provider says of itself is asked for anew after this. */
const keptMs = 3_600_000
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * A provider that is asked for its metadata when it is first needed; a failure is not kept. Plain HTTP is spoken with
 * this machine only. ID tokens are held to their signature, which the code flow alone does not ask for.
 */
export function createProvider(config: ProviderConfig, now: () => number = Date.now): Provider {
  let known: { readonly at: number; readonly made: Promise<client.Configuration> } | null = null
  return {
    config,
    metadata() {
      if (known && now() - known.at < keptMs) return known.made
      const made = discover(config)
      const current = { at: now(), made }
      known = current
      made.catch(() => {
        if (known === current) known = null
      })
      return made
    },
  }
}

async function discover({ issuer, clientId, clientSecret }: ProviderConfig): Promise<client.Configuration> {
  const url = new URL(issuer)
  const insecure = url.protocol === 'http:' && loopback.has(url.hostname) ? [client.allowInsecureRequests] : []
  const authentication = clientSecret === undefined ? client.None() : bySecret(clientSecret)
  try {
    const found = await client.discovery(url, clientId, clientSecret, authentication, {
      [client.customFetch]: providerFetch(issuer),
      execute: [...insecure, client.enableNonRepudiationChecks],
      timeout: timeoutSeconds,
    })
    checkAddresses(issuer, found.serverMetadata())
    return found
  } catch (thrown) {
    const error = toError(thrown)
    const { cause } = error
    if (cause instanceof LoginFailure) throw cause
    throw new LoginFailure(isAway(error) ? 'provider-away' : 'provider-wrong', `${issuer}: ${error.message}`, {
      cause: thrown,
    })
  }
}

/** Proves who we are in the body of a request where the provider takes that, else in its header, as OpenID Connect Discovery has it by default. */
const bySecret =
  (secret: string): client.ClientAuth =>
  (server, ...request) => {
    const inBody = server.token_endpoint_auth_methods_supported?.includes('client_secret_post')
    return (inBody ? client.ClientSecretPost : client.ClientSecretBasic)(secret)(server, ...request)
  }

/** Browsers are sent to some of them, this process to others. */
const addresses = [
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'jwks_uri',
  'end_session_endpoint',
] as const

/** Throws LoginFailure for the first address that is not to be gone to. */
function checkAddresses(issuer: string, metadata: Readonly<client.ServerMetadata>): void {
  for (const name of addresses) {
    const address = metadata[name]
    const problem = address === undefined ? null : addressProblem(issuer, address)
    if (problem !== null) throw new LoginFailure('provider-wrong', `${issuer}: ${name} is ${address}, and ${problem}`)
  }
}

/** Whether a provider did not answer at all, or said that it cannot now. */
export function isAway(error: Error): boolean {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return true
  const { cause } = error
  if (cause instanceof Response) return cause.status >= 500 || cause.status === 429
  const code = 'code' in error ? String(error.code) : ''
  if (/^(OAUTH_TIMEOUT|OAUTH_ABORT|ECONN\w+|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|UND_ERR_\w+)$/.test(code)) return true
  return error.message === 'fetch failed' || (cause instanceof Error && cause !== error && isAway(cause))
}
