/** `oidc-provider`, which is certified, with people of its own: who logs in at the console under test does it here. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import OidcProvider from 'oidc-provider'

const people: Readonly<Record<string, { readonly name: string; readonly groups: readonly string[] | undefined }>> = {
  alice: { name: 'Alice Example', groups: ['shop-team'] },
  bob: { name: 'Bob Example', groups: ['data-team'] },
  carol: { name: 'Carol Example', groups: [] },
  // Whose groups the provider does not tell.
  dave: { name: 'Dave Example', groups: undefined },
  // Like alice; ends sessions elsewhere.
  erin: { name: 'Erin Example', groups: ['shop-team'] },
}

const port = Number(process.env.ORIEL_E2E_PROVIDER_PORT ?? 3988)
const console = (process.env.ORIEL_E2E_URL ?? `http://localhost:${process.env.ORIEL_E2E_PORT ?? 3987}`).replace(
  /\/$/,
  '',
)
const issuer = `http://127.0.0.1:${port}`

const provider = new OidcProvider(issuer, {
  clients: [
    {
      client_id: 'oriel',
      client_secret: 'a secret of tests that is long enough for everybody',
      redirect_uris: [`${console}/login/callback/corp`],
      post_logout_redirect_uris: [`${console}/login`],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      backchannel_logout_uri: `${console}/login/backchannel/corp`,
      backchannel_logout_session_required: true,
    },
  ],
  claims: { openid: ['sub'], groups: ['groups'], profile: ['name'] },
  scopes: ['openid', 'offline_access', 'groups', 'profile'],
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  findAccount: (_context: unknown, sub: string) => {
    const person = people[sub]
    return (
      person && {
        accountId: sub,
        claims: async () => ({ sub, name: person.name, groups: person.groups && [...person.groups] }),
      }
    )
  },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: async (context, form) => {
        context.body = page(
          'Log out',
          `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Yes, log me out</button>`,
        )
      },
    },
  },
  cookies: { keys: ['a key for tests'] },
  interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
  issueRefreshToken: async () => true,
  rotateRefreshToken: true,
  // It guards against calling loopback, where the console is.
  fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined } as RequestInit),
})
let refreshes = 0
provider.on('grant.success', ({ oidc }) => {
  if (oidc.params?.grant_type === 'refresh_token') refreshes++
})
const callback = provider.callback()

const page = (title: string, body: string) =>
  `<!doctype html><html lang="en"><title>${title}</title><body><h1>${title}</h1>${body}</body></html>`

async function handle(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  if (!request.url?.startsWith('/interaction/')) return callback(request, response)
  const { params, prompt, session } = await provider.interactionDetails(request, response)
  if (prompt.name !== 'login') {
    const grant = new provider.Grant({ accountId: session?.accountId, clientId: String(params.client_id) })
    grant.addOIDCScope(String(params.scope))
    const consent = { grantId: await grant.save() }
    return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true })
  }
  if (request.method !== 'POST') {
    const buttons = Object.entries(people).map(
      ([id, { name }]) => `<button name="person" value="${id}">${name}</button>`,
    )
    response.writeHead(200, { 'content-type': 'text/html' })
    return response.end(
      page(
        'Corp login',
        `<form method="post">${buttons.join('')}<button name="person" value="">Cancel</button></form>`,
      ),
    )
  }
  let body = ''
  for await (const part of request) body += String(part)
  const person = new URLSearchParams(body).get('person') ?? ''
  const result = person in people ? { login: { accountId: person } } : { error: 'access_denied' }
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

createServer((request, response) => {
  // Whether it runs, for who starts it.
  if (request.url === '/healthz' || request.url === '/favicon.ico') return void response.end('ok')
  // How often somebody asked whether a login still stands.
  if (request.url === '/refreshes') return void response.end(String(refreshes))
  handle(request, response).catch((thrown: unknown) => {
    response.writeHead(500)
    response.end(String(thrown))
  })
}).listen(port, '127.0.0.1')
