import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

type Key = { readonly kid: string | undefined; readonly alg: string; readonly private: CryptoKey; readonly jwk: JWK }

/** What a provider does wrong, or otherwise. Whatever is left out is right. */
export type Faults = {
  /** Claims of the ID token; undefined leaves one out. */
  readonly claims?: Readonly<Record<string, unknown>>
  /** Changes the finished ID token. */
  readonly token?: (token: string) => string | Promise<string>
  readonly header?: Readonly<Record<string, unknown>>
  /** Keys that are published; by default the one that signs. */
  readonly published?: readonly JWK[]
  readonly signWith?: Key
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly userinfo?: Readonly<Record<string, unknown>> | number
  /** Status and body of the token endpoint. */
  readonly answer?: { readonly status: number; readonly body: string; readonly type?: string }
  readonly response?: Readonly<Record<string, unknown>>
}

export type FaultProvider = {
  readonly issuer: string
  readonly key: Key
  faults: Faults
  /** The nonce that the ID token carries: that of the login under way. */
  nonce: string
  /** How often keys were fetched. */
  readonly fetchedKeys: () => number
  /** How often the token endpoint was asked. */
  readonly asked: () => number
  /** What was last sent to the token endpoint. */
  readonly lastAsked: () => { readonly authorization: string | undefined; readonly body: URLSearchParams }
  sign(
    claims: Readonly<Record<string, unknown>>,
    header?: Readonly<Record<string, unknown>>,
    key?: Key,
  ): Promise<string>
  close(): Promise<void>
}

export async function makeKey(alg = 'RS256', kid: string | undefined = 'one'): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), alg, use: 'sig', ...(kid === undefined ? {} : { kid }) }
  return { kid, alg, private: privateKey, jwk }
}

/** A provider on loopback that does what a test asks of it, and everything else by the book. */
export async function startFaultProvider(clientId: string): Promise<FaultProvider> {
  const key = await makeKey()
  let keysFetched = 0
  let asked = 0
  let lastAsked: ReturnType<FaultProvider['lastAsked']> = { authorization: undefined, body: new URLSearchParams() }
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const sign: FaultProvider['sign'] = (claims, header = {}, by = provider.faults.signWith ?? key) => {
    const kid = by.kid === undefined ? {} : { kid: by.kid }
    return new SignJWT({ ...claims }).setProtectedHeader({ alg: by.alg, ...kid, ...header }).sign(by.private)
  }
  const provider: FaultProvider = {
    issuer,
    key,
    faults: {},
    nonce: '',
    fetchedKeys: () => keysFetched,
    asked: () => asked,
    lastAsked: () => lastAsked,
    sign,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { faults } = provider
    const json = (body: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    const path = new URL(request.url ?? '/', issuer).pathname
    if (path === '/.well-known/openid-configuration') return json({ ...metadataOf(issuer), ...faults.metadata })
    if (path === '/jwks' || path === '/other-keys') {
      keysFetched++
      return json({ keys: faults.published ?? [(faults.signWith ?? key).jwk] })
    }
    if (path === '/userinfo')
      return typeof faults.userinfo === 'number'
        ? json({}, faults.userinfo)
        : json({ sub: 'alice', ...faults.userinfo })
    if (path !== '/token') return json({ error: 'not_found' }, 404)
    asked++
    let body = ''
    for await (const part of request) body += String(part)
    lastAsked = { authorization: request.headers.authorization, body: new URLSearchParams(body) }
    if (faults.answer) {
      response.writeHead(faults.answer.status, { 'content-type': faults.answer.type ?? 'application/json' })
      return void response.end(faults.answer.body)
    }
    const token = await sign({ ...claimsOf(issuer, clientId, provider.nonce), ...faults.claims }, faults.header)
    json({
      access_token: 'access',
      token_type: 'Bearer',
      expires_in: 300,
      refresh_token: 'refresh',
      id_token: await (faults.token ?? ((same: string) => same))(token),
      ...faults.response,
    })
  }
  return provider
}

const metadataOf = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  userinfo_endpoint: `${issuer}/userinfo`,
  jwks_uri: `${issuer}/jwks`,
  end_session_endpoint: `${issuer}/logout`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
})

const claimsOf = (issuer: string, audience: string, nonce: string) => {
  const now = Math.floor(Date.now() / 1000)
  return {
    iss: issuer,
    aud: audience,
    sub: 'alice',
    iat: now,
    exp: now + 300,
    nonce,
    groups: ['shop'],
    name: 'Alice',
    sid: 'session-1',
  }
}
