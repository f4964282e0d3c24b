import { readdirSync } from 'node:fs'
import { type APIRequestContext, type APIResponse, type Browser, expect } from '@playwright/test'
import { test } from './app'
import { root } from './command'
import { logInAs, nobody } from './login-as'

/** Of e2e/oriel.yaml: who sees which namespace of the demo. */
const people = [
  { person: 'Alice Example', own: 'storefront', other: 'data' },
  { person: 'Bob Example', own: 'data', other: 'storefront' },
] as const
const cluster = 'prod-eu-1'

/** Every page of the app; `of` fills its address with what a namespace has. A page that is not here fails the test. */
const pages: Readonly<Record<string, readonly ((of: Subject) => string)[]>> = {
  'app/(console)/page.tsx': [
    () => '/',
    ({ edge }) => `/?sel=${encodeURIComponent(edge)}`,
    ({ namespace }) => `/?q=ns%3A${namespace}`,
  ],
  'app/(console)/encryption/page.tsx': [() => '/encryption'],
  'app/(console)/encryption/report/page.tsx': [() => '/encryption/report'],
  'app/(console)/flows/page.tsx': [({ workload }) => `/flows?sel=${encodeURIComponent(workload)}`],
  'app/(console)/links/page.tsx': [() => '/links'],
  'app/(console)/policies/page.tsx': [() => '/policies'],
  'app/(console)/policies/edit/page.tsx': [({ draft }) => `/policies/edit?draft=${draft}`],
  'app/(console)/services/page.tsx': [() => '/services'],
  'app/(console)/services/[cluster]/[namespace]/[kind]/[name]/page.tsx': [({ workload }) => `/services/${workload}`],
  'app/(console)/settings/page.tsx': [() => '/settings'],
  'app/(console)/settings/audit/page.tsx': [() => '/settings/audit'],
  'app/(console)/settings/members/page.tsx': [() => '/settings/members'],
  'app/(console)/settings/sessions/page.tsx': [() => '/settings/sessions'],
  'app/(console)/settings/team/page.tsx': [({ namespace }) => `/settings/team?name=${namespace}`],
  'app/(console)/settings/teams/page.tsx': [() => '/settings/teams'],
  'app/(console)/settings/tokens/page.tsx': [() => '/settings/tokens'],
  'app/(console)/sources/page.tsx': [() => '/sources'],
  'app/l/[token]/page.tsx': [() => '/l/:token', () => '/l/{token}'],
  'app/login/page.tsx': [() => '/login'],
}

type Variant = { readonly headers?: Record<string, string>; readonly path?: (path: string) => string }

/** Ways in which Next is asked for a page: whole, its payload, what is fetched ahead, and addresses that look like others. */
const variants: readonly Variant[] = [
  {},
  { headers: { rsc: '1' }, path: (path) => `${path}${path.includes('?') ? '&' : '?'}_rsc=1` },
  { headers: { rsc: '1', 'next-router-prefetch': '1' } },
  { headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' } },
  { path: (path) => path.replace(/^\/(?=\?|$)/, '/index').replace(/(?=\?|$)/, '.rsc') },
]

/** Asks for a page in one of these ways. Next leads whoever asks for a payload to an address with its mark; that is followed. */
async function askPage(
  request: APIRequestContext,
  baseURL: string | undefined,
  address: string,
  { headers = {}, path = (same) => same }: Variant,
  more: Record<string, string> = {},
): Promise<{ readonly asked: string; readonly status: number; readonly body: string; readonly led: string }> {
  const asked = path(address)
  const options = { headers: { ...headers, ...more }, maxRedirects: 0 }
  let response = await request.get(`${baseURL}${asked}`, options)
  const mark = response.headers().location ?? ''
  if (/[?&]_rsc\b/.test(mark)) response = await request.get(new URL(mark, baseURL).href, options)
  return { asked, status: response.status(), body: await response.text(), led: response.headers().location ?? '' }
}

type Subject = {
  readonly namespace: string
  readonly workload: string
  readonly edge: string
  readonly flow: string
  readonly policy: string
  readonly draft: string
  /** What is said of this namespace alone. */
  readonly words: readonly string[]
}

const json = async <T>(response: APIResponse): Promise<T> => {
  expect(response.status(), `${response.url()} ${await response.text()}`).toBe(200)
  return (await response.json()) as T
}

type Ground = {
  model: { workloads: { namespace: string; name: string; ips: string[] }[] }
  records: { ref: { group: string; kind: string; namespace: string | null; name: string } }[]
}

const groundOf = async (admin: APIRequestContext) =>
  json<Ground>(await admin.get(`/api/v1/policies/ground?last=15m&cluster=${cluster}`))

async function subjectOf(admin: APIRequestContext, own: APIRequestContext, namespace: string): Promise<Subject> {
  const { origin } = new URL((await admin.get('/api/v1/clusters')).url())
  const within = (id: string) => id.startsWith(`${cluster}/${namespace}/`)
  const { nodes, edges } = await json<{ nodes: { id: string }[]; edges: { id: string; from: string; to: string }[] }>(
    await admin.get('/api/v1/map?last=15m'),
  )
  const ground = await groundOf(admin)
  const policies = ground.records.flatMap(({ ref }) => (ref.namespace === namespace ? [ref] : []))
  const flows = await json<{ rows: { id: string }[] }>(
    await admin.get(`/api/v1/flows?limit=1&q=${encodeURIComponent(`from:ns=${namespace} to:ns=${namespace}`)}`),
  )
  const name = `belongs to ${namespace} ${Date.now()}`
  const headers = { origin }
  const data = { name, path: `/?q=ns%3A${namespace}` }
  await json(await own.post('/api/v1/saved-views', { data, headers }))
  await json(await own.post('/api/v1/links', { data: { title: name, path: data.path }, headers }))
  const content = { objects: [], openedFrom: '', period: null, tests: [] }
  const { id } = await json<{ id: number }>(
    await own.post('/api/v1/policies/drafts', { data: { name, cluster, content }, headers }),
  )
  const edge = edges.find(({ from, to }) => within(from) && within(to)) ?? edges.find(({ to }) => within(to))
  return {
    namespace,
    workload: nodes.find(({ id: node }) => within(node))?.id ?? '',
    edge: edge?.id ?? '',
    flow: flows.rows[0]?.id ?? '0-0',
    policy: policies[0] ? `${policies[0].group}/${policies[0].kind}/${namespace}/${policies[0].name}` : '',
    draft: String(id),
    words: [`${cluster}/${namespace}/`, `"namespace":"${namespace}"`, name, ...(await addressesOf(admin, namespace))],
  }
}

/** The addresses of its pods, as answers write them. */
async function addressesOf(admin: APIRequestContext, namespace: string): Promise<string[]> {
  const { model } = await groundOf(admin)
  return model.workloads.flatMap((one) => (one.namespace === namespace ? one.ips.map((ip) => `"${ip}"`) : []))
}

async function asPerson(browser: Browser, baseURL: string | undefined, person: string): Promise<APIRequestContext> {
  const context = await browser.newContext({ ...nobody, baseURL })
  const page = await context.newPage()
  await page.goto('/login')
  await logInAs(page, person)
  await expect(page.getByRole('button', { name: `Account of ${person}` })).toBeVisible()
  await page.close()
  return context.request
}

/** What is asked of a path of the API about a subject; paths without an entry are asked without parameters. */
const queries: Readonly<Record<string, (of: Subject) => string>> = {
  '/encryption/edge': ({ edge }) => `?sel=${encodeURIComponent(edge)}`,
  '/flows': ({ workload }) => `?sel=${encodeURIComponent(workload)}`,
  '/flows/export': () => '?limit=500',
  '/map': ({ namespace }) => `?q=ns%3A${namespace}`,
  '/policies/decision': ({ edge }) => `?sel=${encodeURIComponent(edge)}`,
  '/policies/object': ({ policy }) => `?ref=${encodeURIComponent(policy)}`,
  '/policies/permission': ({ namespace }) =>
    `?cluster=${cluster}&ask=patch/networking.k8s.io/networkpolicies/${namespace}/`,
  '/policies/confirmation': () => '?change=1',
  '/search': ({ namespace }) => `?text=${namespace}`,
  '/values': ({ namespace }) => `?field=ns,from,to,op&text=${namespace}`,
  '/teams/matches': ({ namespace }) =>
    `?rules=${encodeURIComponent(JSON.stringify([{ cluster: null, name: namespace }]))}`,
  '/teams/sight': ({ namespace }) =>
    `?rules=${encodeURIComponent(JSON.stringify([{ cluster: null, name: namespace }]))}`,
}

/** What the question itself says is no secret: its words, and an endpoint that it names as answers write it. */
function withoutEcho(body: string, asked: string): string {
  const said = decodeURIComponent(asked)
  const endpoints = [...said.matchAll(/([\w-]+)\/([\w-]+)\/([A-Z]\w+)\/([\w.-]+)/g)].map(
    ([, of, namespace, kind, name]) => `"cluster":"${of}","namespace":"${namespace}","kind":"${kind}","name":"${name}"`,
  )
  return [asked, said, ...said.split(/[?&=|]/), ...endpoints]
    .filter((part) => part.length > 8)
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, part) => text.replaceAll(part, '…'), body)
}

/** Where one of the words stands in an answer; empty where none does. */
function leakOf(words: readonly string[], body: string, asked: string): string {
  const text = withoutEcho(body, asked)
  const word = words.find((one) => text.includes(one))
  if (word === undefined) return ''
  const at = text.indexOf(word)
  return `${asked}: ${word} in …${text.slice(Math.max(0, at - 100), at + 60)}…`
}

/** Does all of it, four at a time: most of each is waiting. */
async function fewAtOnce(asks: (() => Promise<void>)[]): Promise<void> {
  const work = async () => {
    for (let ask = asks.shift(); ask; ask = asks.shift()) await ask()
  }
  await Promise.all([work(), work(), work(), work()])
}

test('no byte of any page or answer tells one team of the other', async ({ browser, request: admin, baseURL }) => {
  test.setTimeout(600_000)
  const requests = {
    storefront: await asPerson(browser, baseURL, 'Alice Example'),
    data: await asPerson(browser, baseURL, 'Bob Example'),
  }
  const subjects = {
    storefront: await subjectOf(admin, requests.storefront, 'storefront'),
    data: await subjectOf(admin, requests.data, 'data'),
  }
  const { paths } = await json<{
    paths: Record<string, { get?: { parameters?: { name: string; required: boolean }[] } }>
  }>(await admin.get('/api/v1/openapi.json'))
  const files = readdirSync(`${root}app`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('page.tsx'))
    .map((file) => `app/${file}`)
  expect(files.filter((file) => !pages[file])).toEqual([])

  for (const { own, other } of people) {
    const request = requests[own]
    const { words } = subjects[other]
    const expectNone = async (body: string, asked: string) => {
      if (leakOf(words, body, asked) === '') return
      // An address that a pod of theirs had may be that of a new pod of ours, which is known a little later.
      await expect(async () => {
        const ours = await addressesOf(admin, own)
        const theirs = words.filter((word) => !ours.includes(word))
        expect(leakOf(theirs, body, asked)).toBe('')
      }).toPass({ timeout: 45_000 })
    }
    let told = ''
    let payloads = 0
    const asks: (() => Promise<void>)[] = []
    for (const subject of [subjects[own], subjects[other]]) {
      for (const [path, { get }] of Object.entries(paths)) {
        if (path === '/live' || !get) continue
        const needsSel = get.parameters?.some(({ name, required }) => name === 'sel' && required)
        const query = queries[path]?.(subject) ?? (needsSel ? `?sel=${encodeURIComponent(subject.workload)}` : '')
        const id = path.includes('drafts') ? subject.draft : path.includes('changes') ? '1' : subject.flow
        const asked = `/api/v1${path.replace('{id}', id).replace('{token}', '{token}')}${query}`
        asks.push(async () => {
          const body = await (await request.get(asked)).text()
          await expectNone(body, asked)
          told += body
        })
      }
      // Pages hold no answers, so that what is another's is asked for is enough.
      if (subject === subjects[own]) continue
      for (const address of files.flatMap((file) => (pages[file] ?? []).map((page) => page(subject))))
        for (const variant of variants)
          asks.push(async () => {
            const { asked, body, led } = await askPage(request, baseURL, address, variant)
            await expectNone(`${body} ${led}`, asked)
            if (variant.headers) payloads += body.length
          })
    }
    await fewAtOnce(asks)
    // So that it does not pass by emptiness.
    expect(payloads).toBeGreaterThan(100_000)
    for (const word of subjects[own].words.slice(0, 3)) expect(told).toContain(word)
  }
})

test.describe('who is not logged in', () => {
  test.use(nobody)
  test('is led to the login from every page, however it is asked for, and told nothing', async ({
    request,
    baseURL,
  }) => {
    test.setTimeout(180_000)
    const of: Subject = {
      namespace: 'data',
      workload: `${cluster}/data/Deployment/x`,
      edge: 'x',
      flow: '0-0',
      policy: '',
      draft: '1',
      words: [],
    }
    const credentials: readonly Record<string, string>[] = [
      {},
      { authorization: 'Bearer nothing' },
      { cookie: 'oriel-3987=nothing' },
      { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
    ]
    for (const path of [
      '//localhost/services',
      '//services',
      '/services//',
      '/./services',
      '/%2fservices',
      '/services%00',
    ]) {
      const response = await fetch(`${baseURL}${path}`, { redirect: 'manual' })
      const isLed = [400, 401, 403, 404].includes(response.status) || response.status === 307 || response.status === 308
      expect(isLed, `${path}: ${response.status}`).toBe(true)
    }
    const asks: (() => Promise<void>)[] = []
    for (const [file, addresses] of Object.entries(pages))
      for (const address of addresses.map((one) => one(of)))
        for (const credential of credentials)
          for (const variant of variants)
            asks.push(async () => {
              const { asked, status, body, led } = await askPage(request, baseURL, address, variant, credential)
              expect(withoutEcho(body, asked), asked).not.toContain(`${cluster}/data/`)
              // What is fetched ahead is the frame of a page, which is the same for everybody.
              if (file === 'app/login/page.tsx' || variant.headers?.['next-router-prefetch']) return
              const isLed = [401, 403, 404].includes(status) || /\/login/.test(led || body)
              expect(isLed, `${asked} ${JSON.stringify({ ...variant.headers, ...credential })}: ${status}`).toBe(true)
            })
    await fewAtOnce(asks)
  })
})
