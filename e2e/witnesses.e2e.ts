import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import type { APIRequestContext } from '@playwright/test'
import { expect, oriel, read, readMap, stateDir, test } from './app'
import { panelOf, theMap } from './map-places'

type Told = Readonly<Record<'requests' | 'responses' | 'flows' | 'connections' | 'bytes', string | null>>
type WitnessedEdge = Awaited<ReturnType<typeof readMap>>['edges'][number] & {
  readonly told: Told
  readonly seen: readonly string[]
  readonly passedOver: readonly string[]
}

const witnessed = async (request: APIRequestContext, query: string) =>
  (await readMap(request, query)).edges as readonly WitnessedEdge[]
const edgeTo = async (request: APIRequestContext, from: string, to: string, query = 'last=5m') =>
  (await witnessed(request, query)).find((edge) => edge.from.endsWith(`/${from}`) && edge.to.endsWith(`/${to}`))

test('every kind of source of the demo runs', async ({ page }) => {
  await page.goto('/sources')
  for (const title of ['Cilium Hubble', 'Calico Goldmane', 'Prometheus', 'Envoy access logs', 'OpenTelemetry traces']) {
    const card = page.getByRole('region', { name: title }).filter({ hasText: 'Running' }).first()
    await expect(card, title).toBeVisible({ timeout: 60_000 })
  }
  const prometheus = page.getByRole('region', { name: 'Prometheus,' })
  await expect(prometheus.getByText('istio, linkerd, felix')).toBeVisible({ timeout: 60_000 })
  await expect(prometheus.getByText(/^20\d\d-\d\d-\d\dT.*\((accounts|logistics)\/[\w-]+\)$/)).toBeVisible({
    timeout: 60_000,
  })
})

test('a panel names who told each figure, and who else saw the edge', async ({ page, request }) => {
  await expect
    .poll(async () => (await edgeTo(request, 'checkout/Deployment/checkout', 'Deployment/payments'))?.told, {
      timeout: 60_000,
    })
    .toMatchObject({ requests: 'prometheus:istio/destination', bytes: 'goldmane/destination' })
  const edge = await edgeTo(request, 'checkout/Deployment/checkout', 'Deployment/payments')
  await page.goto(`/?last=5m&sel=${encodeURIComponent(edge?.id ?? '')}`)
  const panel = panelOf(page)
  await expect(panel.getByText('Istio metrics destination').first()).toBeVisible()
  await expect(panel.getByText('Goldmane destination').first()).toBeVisible()
  await expect(panel.getByText(/there · .* back$/)).toBeVisible()
  await expect(panel.getByText('Envoy access logs').first()).toBeVisible()
  await expect(panel.getByText('Traces').first()).toBeVisible()
})

test('what flows saw and no proxy did is said, and a filter finds it', async ({ page, request }) => {
  const alone = await witnessed(request, `last=5m&q=${encodeURIComponent('seen:flows !seen:proxies')}`)
  expect(alone.length).toBeGreaterThan(5)
  for (const { seen } of alone) expect(seen).not.toContain('proxies')
  const dashboards = await edgeTo(request, 'data/Deployment/dashboards', 'StatefulSet/warehouse-clickhouse')
  await page.goto(`/?last=5m&sel=${encodeURIComponent(dashboards?.id ?? '')}`)
  await expect(panelOf(page).getByText(/^Seen by flows, not by the mesh/)).toBeVisible()
})

test('each call is one edge, whoever saw it', async ({ request }) => {
  const edges = await witnessed(request, 'last=5m')
  const pairs = new Map<string, number[]>()
  for (const { from, to, port } of edges) pairs.set(`${from} ${to}`, [...(pairs.get(`${from} ${to}`) ?? []), port])
  const doubled = [...pairs].filter(
    ([, ports]) => ports.length > 1 && ports.some((port) => port === 0 || port === 15_008),
  )
  expect(doubled).toEqual([])
  expect(edges.filter(({ from }) => from.includes('/Unknown/'))).toEqual([])
  const gateway = (await readMap(request, 'last=5m')).nodes.find(({ name }) => name === 'ingress')
  expect(gateway).toMatchObject({ role: 'gateway' })
})

test('a source that goes away leaves the next one to tell, and this is said', async ({ page, request }) => {
  test.skip(stateDir === null, 'needs the demo: ORIEL_E2E_STATE names the state folder of the app under test')
  test.setTimeout(240_000)
  const addresses = JSON.parse(readFileSync(join(stateDir ?? '', 'demo/addresses.json'), 'utf8')) as { control: string }
  const turn = async (verb: 'stop' | 'start') =>
    expect((await request.post(`${addresses.control}/witness/prometheus/${verb}`)).ok()).toBe(true)
  const told = async (query: string) =>
    (await edgeTo(request, 'checkout/Deployment/checkout', 'Deployment/payments', query))?.told.requests
  await expect.poll(() => told('last=5m'), { timeout: 60_000 }).toBe('prometheus:istio/destination')
  await turn('stop')
  try {
    await page.goto('/sources')
    const card = page.getByRole('region', { name: 'Prometheus,' })
    await expect(card.getByText('Not reachable, trying again')).toBeVisible({ timeout: 60_000 })
    await expect(card.getByText(/Check that/)).toBeVisible()
    const since = Date.now()
    await expect
      .poll(() => told(`from=${since}&to=${Date.now() + 1}`), { timeout: 90_000, intervals: [5_000] })
      .toMatch(/^(als|otlp)\/(destination|source)$/)
    await page.goto('/?last=5m')
    await expect(theMap(page)).toBeVisible()
    await expect(page.getByRole('region', { name: 'Partial data' })).toContainText(/Prometheus gone since/)
  } finally {
    await turn('start')
  }
  await page.goto('/sources')
  await expect(page.getByRole('region', { name: 'Prometheus,' }).filter({ hasText: 'Running' })).toBeVisible({
    timeout: 120_000,
  })
})

test('files of every kind are imported as recordings', async ({ request }) => {
  test.skip(stateDir === null, 'needs the command line: ORIEL_E2E_STATE names the state folder of the app under test')
  test.setTimeout(300_000)
  for (const [type, file, edge] of [
    ['goldmane', 'goldmane.jsonl', 'Deployment/web > Deployment/cart'],
    ['als', 'als.jsonl', 'Deployment/web > Deployment/cart'],
    ['otlp', 'otlp.jsonl', 'Deployment/web > Deployment/cart'],
    ['zipkin', 'zipkin.json', 'Workload/web > Workload/cart'],
    ['prometheus-text', 'istio.prom', 'Workload/web > Workload/cart'],
  ] as const) {
    const name = `${type} ${process.pid}`
    const path = fileURLToPath(new URL(`fixtures/${file}`, import.meta.url))
    expect(await oriel('import', type, path, '--name', name), type).toMatch(/ used, [1-9]\d* new, 0 already there/)
    // Each start of the command line takes seconds; reading and deleting again are the same for every kind.
    if (type === 'goldmane') expect(await oriel('import', type, path, '--name', name), type).toMatch(/ used, 0 new, /)
    let id: number | undefined
    await expect(async () => {
      const { recordings } = await read<{ recordings: { id: number; name: string }[] }>(request, 'sources')
      id = recordings.find((recording) => recording.name === name)?.id
      expect(id).toBeDefined()
    }).toPass()
    const { edges } = await readMap(request, `recording=${id}`)
    const ends = edges.map(
      ({ from, to }) => `${from.split('/').slice(-2).join('/')} > ${to.split('/').slice(-2).join('/')}`,
    )
    expect(ends, type).toContain(edge)
    if (type === 'goldmane') await oriel('recordings', 'delete', name)
  }
})
