import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import OidcProvider from 'oidc-provider'

export type CertifiedProvider = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Groups of everybody who logs in, from now on. */
  groups: readonly string[]
  /** Goes through a login in a browser that has no other cookies than these; returns where it ends up. */
  browse(url: URL, cookies?: Map<string, string>): Promise<URL>
  close(): Promise<void>
}

type Options = { readonly redirectUri: string; readonly backchannelUri: string }

/** `oidc-provider`, which is certified, on loopback: it logs in alice without asking, and remembers consent. */
export async function startCertifiedProvider({ redirectUri, backchannelUri }: Options): Promise<CertifiedProvider> {
  const clientId = 'oriel'
  const clientSecret = 'a secret that is long enough for everybody'
  const state: { groups: readonly string[] } = { groups: ['shop'] }
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`

  const provider = new OidcProvider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: ['http://127.0.0.1:3000/login'],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        backchannel_logout_uri: backchannelUri,
        backchannel_logout_session_required: true,
      },
    ],
    claims: { openid: ['sub'], groups: ['groups'], profile: ['name'] },
    scopes: ['openid', 'offline_access', 'groups', 'profile'],
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    findAccount: (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: async () => ({ sub, name: 'Alice', groups: [...state.groups] }),
    }),
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    cookies: { keys: ['a key for tests'] },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    // It guards against calling loopback, where our back channel is.
    fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined } as RequestInit),
  })
  const callback = provider.callback()

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    if (!request.url?.startsWith('/interaction/')) return callback(request, response)
    const { params, prompt, session } = await provider.interactionDetails(request, response)
    if (prompt.name === 'login')
      return provider.interactionFinished(
        request,
        response,
        { login: { accountId: 'alice' } },
        { mergeWithLastSubmission: false },
      )
    const grant = new provider.Grant({ accountId: session?.accountId, clientId: String(params.client_id) })
    grant.addOIDCScope(String(params.scope))
    const grantId = await grant.save()
    return provider.interactionFinished(request, response, { consent: { grantId } }, { mergeWithLastSubmission: true })
  }

  return {
    issuer,
    clientId,
    clientSecret,
    get groups() {
      return state.groups
    },
    set groups(groups) {
      state.groups = groups
    },
    async browse(url, cookies = new Map()) {
      let at = url
      for (let hops = 0; hops < 10 && at.origin === issuer; hops++) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
        const answer = await fetch(at, { redirect: 'manual', headers: { cookie } })
        for (const set of answer.headers.getSetCookie()) {
          const [pair = ''] = set.split(';')
          cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
        }
        const next = answer.headers.get('location')
        if (next === null)
          throw new Error(`the provider stays at ${at.pathname}: ${answer.status} ${await answer.text()}`)
        at = new URL(next, at)
      }
      return at
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
