import { type APIRequestContext, type APIResponse, expect, test } from '@playwright/test'
import { readMap } from './app'

type Operation = {
  readonly operationId: string
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[]
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: unknown }>> }>>
}
type Method = 'get' | 'post' | 'put' | 'delete'
type Document = {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Partial<Record<Method, Operation>>>>>
}

const cluster = 'prod-eu-1'

const safe = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

function expectSafe(response: APIResponse): void {
  const headers = response.headers()
  expect(headers, response.url()).toMatchObject(safe)
  expect(headers['content-security-policy'], response.url()).toContain("default-src 'none'")
  expect(headers['content-security-policy'], response.url()).toContain("frame-ancestors 'none'")
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
  expect(headers['x-powered-by']).toBeUndefined()
}

test('the OpenAPI document is whole, and every path that it lists answers as it says', async ({ request }) => {
  const document = (await (await request.get('/api/v1/openapi.json')).json()) as Document
  expect(document.openapi).toBe('3.1.0')
  const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods).map((one) => one.operationId))
  expect(new Set(ids).size).toBe(ids.length)
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(['/map', '/services', '/flows', '/flows/{id}', '/sources']),
  )
  expect(unresolved(document)).toEqual([])

  await expect
    .poll(async () => (await readMap(request, 'last=15m')).edges.length, { timeout: 60_000 })
    .toBeGreaterThan(0)
  const { rows } = (await (await request.get('/api/v1/flows?limit=1')).json()) as { rows: { id: string }[] }
  const [service] = (await (await request.get('/api/v1/services')).json()) as { id: string }[]
  const { edges } = (await (await request.get('/api/v1/map')).json()) as { edges: { id: string }[] }
  const made = await makeSubjects(request)
  const flow = rows[0]?.id ?? ''
  const idOf: Readonly<Record<string, string>> = {
    '/audit/{id}': `p${made.change}`,
    '/policies/changes/{id}': made.change,
    '/policies/drafts/{id}': made.draft,
  }
  const queries: Readonly<Record<string, string>> = {
    '/encryption/edge': `?sel=${encodeURIComponent(edges[0]?.id ?? '')}`,
    '/policies/decision': `?sel=${encodeURIComponent(edges[0]?.id ?? '')}`,
    '/policies/object': `?ref=${encodeURIComponent(made.policy)}`,
    '/policies/confirmation': `?change=${made.change}`,
    '/teams/matches': `?rules=${encodeURIComponent('[{"cluster":null,"name":"*"}]')}`,
    '/teams/sight': `?rules=${encodeURIComponent('[{"cluster":null,"name":"*"}]')}`,
    '/policies/permission': `?cluster=${cluster}&ask=patch/networking.k8s.io/networkpolicies/data/`,
  }
  const fill = (path: string, values: Record<'id' | 'token', string>) =>
    path.replace(/\{(id|token)\}/, (_, name: 'id' | 'token') => encodeURIComponent(values[name]))
  for (const [path, { get }] of Object.entries(document.paths)) {
    if (path === '/live' || !get) continue
    const needsSel = get.parameters?.some(({ name, required }) => name === 'sel' && required)
    const query = queries[path] ?? (needsSel ? `?sel=${encodeURIComponent(service?.id ?? '')}` : '')
    for (const name of path.matchAll(/\{(\w+)\}/g))
      expect(get.parameters).toContainEqual(expect.objectContaining({ name: name[1], in: 'path', required: true }))
    const response = await request.get(`/api/v1${fill(path, { id: idOf[path] ?? flow, token: made.token })}${query}`)
    expect(response.status(), path).toBe(200)
    const content = get.responses['200']?.content ?? {}
    const type = (response.headers()['content-type'] ?? '').split(';')[0] ?? ''
    expect(Object.keys(content), path).toContain(type)
    expectSafe(response)
    if (type === 'application/json') {
      expect(missing(content[type]?.schema, await response.json()), path).toEqual([])
      expect(response.headers().etag ?? '').toMatch(/^"/)
    }
    const bad = await request.get(`/api/v1${fill(path, { id: 'x', token: 'x' })}?nonsense=1`)
    expect(bad.status(), path).toBe(400)
    expect(bad.headers()['content-type']).toMatch(/^application\/problem\+json/)
  }
})

/** A link, a draft and a change of a policy that is taken back at once: what some paths ask for by name. */
async function makeSubjects(request: APIRequestContext) {
  const origin = new URL((await request.get('/api/v1/clusters')).url()).origin
  const post = async <T>(path: string, data: object): Promise<T> => {
    const response = await request.post(`/api/v1/${path}`, { data, headers: { origin } })
    expect(response.status(), await response.text()).toBe(200)
    return (await response.json()) as T
  }
  const { token } = await post<{ token: string }>('links', { title: 'Asked for by its token', path: '/' })
  const content = { objects: [], openedFrom: '', period: { last: '1h' }, tests: [] }
  const { id } = await post<{ id: number }>('policies/drafts', { name: `Asked for ${Date.now()}`, cluster, content })
  const object = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'asked-for', namespace: 'data' },
    spec: { podSelector: { matchLabels: { app: 'nobody' } } },
  }
  const changes = [{ change: 'put', object, resourceVersion: null }]
  const plan = { cluster, changes, dryRun: false }
  const { results } = await post<{ results: { changeId: number }[] }>('policies/apply', plan)
  const change = results[0]?.changeId ?? 0
  const policy = 'networking.k8s.io/NetworkPolicy/data/asked-for'
  // It is known once the cluster has told of it, and stays so when it is gone.
  await expect
    .poll(async () => (await request.get(`/api/v1/policies/object?ref=${encodeURIComponent(policy)}`)).status())
    .toBe(200)
  await post(`policies/changes/${change}/undo`, {})
  return { token, draft: String(id), change: String(change), policy }
}

test('an unchanged answer is not sent twice', async ({ request }) => {
  const path = '/api/v1/map?from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z'
  const first = await request.get(path)
  const second = await request.get(path, { headers: { 'if-none-match': first.headers().etag ?? '' } })
  expect(second.status()).toBe(304)
  expectSafe(second)
})

test('probes answer', async ({ request }) => {
  expect((await (await request.get('/healthz')).text()).trim()).toBe('ok')
  const ready = await request.get('/readyz')
  expect(ready.status()).toBe(200)
  expect(await ready.json()).toMatchObject({ ready: true })
})

test('pages, answers, problems and refusals carry security headers and allow no other origin', async ({ request }) => {
  const origin = { origin: 'https://elsewhere.example' }
  for (const path of [
    '/',
    '/services',
    '/flows',
    '/sources',
    '/nowhere',
    '/healthz',
    '/readyz',
    '/api/v1/map',
    '/api/v1/map?last=banana',
    '/api/v1/nowhere',
    '/icon.svg',
  ])
    expectSafe(await request.get(path, { headers: origin }))
  expectSafe(await request.post('/api/v1/map', { headers: origin }))
  expectSafe(
    await request.fetch('/api/v1/map', {
      method: 'OPTIONS',
      headers: { ...origin, 'access-control-request-method': 'GET' },
    }),
  )
})

test('scripts of a page run by its nonce alone', async ({ request }) => {
  const [first, second] = [await request.get('/'), await request.get('/')]
  const policyOf = (response: APIResponse) => response.headers()['content-security-policy'] ?? ''
  const nonce = /'nonce-([^']+)'/.exec(policyOf(first))?.[1] ?? ''
  expect(nonce.length).toBeGreaterThan(16)
  expect(policyOf(second)).not.toContain(nonce)
  expect(policyOf(first)).not.toMatch(/script-src[^;]*unsafe/)
  for (const [tag] of (await first.text()).matchAll(/<script\b[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`)
})

test('a foreign host name is refused, for pages and answers', async ({ request }) => {
  for (const path of ['/', '/api/v1/map', '/api/v1/live', '/api/v1/openapi.json']) {
    const response = await request.get(path, { headers: { host: 'rebound.example' } })
    expect(response.status(), path).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'forbidden', status: 403 })
    expectSafe(response)
  }
})

test('only reading is answered', async ({ request }) => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const response = await request.fetch('/api/v1/map', { method })
    expect(response.status(), method).toBe(405)
    expect(response.headers().allow).toBe('GET, HEAD, OPTIONS')
    expect(await response.json()).toMatchObject({ code: 'method_not_allowed', requestId: expect.any(String) })
    expect((await request.fetch('/api/v1/none', { method })).status(), method).toBe(404)
  }
})

/** Every `$ref` of a document that leads nowhere. */
function unresolved(document: object): string[] {
  const text = JSON.stringify(document)
  const refs = [...text.matchAll(/"\$ref":"(#[^"]*)"/g)].map((match) => match[1] ?? '')
  const at = (ref: string) =>
    ref
      .slice(2)
      .split('/')
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document)
  return refs.filter((ref) => at(ref) === undefined)
}

type Schema = {
  readonly type?: string
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
}

/** Paths of what a schema requires and an answer lacks, or has of another type. */
function missing(schema: unknown, value: unknown, path = ''): string[] {
  const { type, required = [], properties = {}, items } = (schema ?? {}) as Schema
  if (type === 'array')
    return Array.isArray(value)
      ? value.flatMap((item, i) => missing(items, item, `${path}[${i}]`))
      : [`${path}: no array`]
  if (type !== 'object') return []
  if (typeof value !== 'object' || value === null) return [`${path}: no object`]
  const own = value as Record<string, unknown>
  return [
    ...required.filter((name) => !(name in own)).map((name) => `${path}.${name}`),
    ...Object.entries(properties).flatMap(([name, inner]) =>
      name in own ? missing(inner, own[name], `${path}.${name}`) : [],
    ),
  ]
}
