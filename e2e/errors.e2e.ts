import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { APIRequestContext } from '@playwright/test'
import { expect, read, readMap, stateDir, test } from './app'
import { theMap } from './map-places'

/** What nobody should ever read: a stack, or what JavaScript says of itself. */
const internals = /\bat \w+ \(|TypeError|undefined is not|Unhandled|Minified React|node_modules|select .* from/

test.describe('what the API refuses', () => {
  test.use({ expectedErrors: /status of 40[04]/ })

  for (const [path, sentence] of [
    ['/?recording=99999999', 'There is no recording 99999999. It may have been deleted; see Sources.'],
    ['/services?recording=99999999', 'There is no recording 99999999. It may have been deleted; see Sources.'],
    ['/flows?recording=99999999', 'There is no recording 99999999. It may have been deleted; see Sources.'],
    ['/?from=1&to=99999999999999', 'at most 400 days after from'],
    ['/flows?flow=nonsense', 'This record is no longer kept.'],
  ] as const)
    test(`${path} is answered by a sentence, an id for the log and a next step`, async ({ page }) => {
      await page.goto(path)
      const alert = page
        .getByRole('main')
        .getByRole('alert')
        .filter({ hasText: sentence })
        .filter({ hasText: 'Request' })
      await expect(alert).toBeVisible({ timeout: 30_000 })
      await expect(alert.getByText(/^Request [0-9a-f-]{36}/)).toBeVisible()
      await expect(alert.getByRole('button', { name: 'Try again' })).toBeVisible()
      await expect(page.getByRole('navigation', { name: 'Oriel' })).toBeVisible()
      expect(await page.getByRole('main').innerText()).not.toMatch(internals)
    })

  test('a path that does not exist has a page that leads on', async ({ page }) => {
    const response = await page.goto('/no/such/page')
    expect(response?.status()).toBe(404)
    await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
    await page.getByRole('link', { name: 'Open the map' }).click()
    await expect(theMap(page)).toBeVisible()
  })
})

test('parameters that cannot be read are named, and the default view is shown until they are cleared', async ({
  page,
}) => {
  await page.goto('/?last=banana&from=x&to=y&level=galaxy&lens=%00&view=7&fold=%2F%2F%2F&sel=nope&recording=abc')
  const strip = page.getByRole('region', { name: 'Problem with this link' })
  await expect(strip).toContainText(
    /asks for last=banana, from=x and to=y, recording=abc, level=galaxy, lens=, view=7,/,
  )
  await expect(strip).toContainText('which cannot be read; showing the last 15 minutes')
  await expect(page.getByText('The selected node or edge has no traffic in this time range')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Time range/ })).toContainText('last 15 min')
  await expect(page.getByRole('button', { name: 'Level: Workloads' })).toBeVisible()
  for (const choice of ['Health', 'Map'])
    await expect(page.getByRole('radio', { name: choice, exact: true })).toBeChecked()
  expect(await page.getByRole('main').innerText()).not.toMatch(internals)
  await strip.getByRole('button', { name: 'Clear' }).click()
  await expect(strip).toBeHidden()
  await expect(page).toHaveURL((url) => !/banana|galaxy|abc/.test(url.search) && url.searchParams.get('sel') === 'nope')
})

test('what HTML cannot carry in parameters is left out', async ({ page }) => {
  await page.goto('/?focus=%00&with=%00&cluster=%00&q=%00')
  await expect(theMap(page)).toBeVisible()
  await expect(theMap(page).getByText('payments', { exact: true })).toBeVisible()
})

test('a range in ISO 8601 is shown as such', async ({ page }) => {
  await page.goto('/?from=2026-03-01T09:00:00Z&to=2026-03-01T10:00:00Z')
  await expect(page.getByRole('button', { name: /^Time range/ })).toContainText('2026-0')
  await expect(page.getByRole('region', { name: 'Problem with this link' })).toBeHidden()
})

test('a filter that cannot be read says what is wrong with it', async ({ page }) => {
  await page.goto('/?q=error:%3Emany')
  const filter = page.getByRole('combobox', { name: 'Find or filter' })
  await expect(filter).toHaveAttribute('aria-invalid', 'true')
  await expect(filter).toHaveAccessibleDescription(/\w+ .*\w+/)
})

test('the API answers problems as RFC 9457 and names every bad parameter', async ({ request }) => {
  const response = await request.get('/api/v1/map?last=banana&level=galaxy&colour=red')
  expect(response.status()).toBe(400)
  expect(response.headers()['content-type']).toMatch(/^application\/problem\+json/)
  const problem = (await response.json()) as { parameters: { parameter: string }[]; detail: string; requestId: string }
  expect(problem).toMatchObject({ type: 'urn:oriel:problem:invalid', status: 400, code: 'invalid' })
  expect(problem.parameters.map(({ parameter }) => parameter).toSorted()).toEqual(['colour', 'last', 'level'])
  expect(problem.detail).toContain('write a duration')
  expect(response.headers()['x-request-id']).toBe(problem.requestId)
  for (const path of ['flows/nonsense', 'map?recording=99999999', 'no/such/answer']) {
    const missing = await request.get(`/api/v1/${path}`)
    expect(missing.status(), path).toBe(404)
    expect(missing.headers()['content-type'], path).toMatch(/^application\/problem\+json/)
    expect(await missing.json()).toMatchObject({ code: 'not_found' })
  }
  const long = await request.get(`/api/v1/map?q=${'a'.repeat(9_000)}`)
  expect([400, 413]).toContain(long.status())
  expect(await long.text()).not.toMatch(internals)
})

test('hostile text in parameters is text', async ({ page }) => {
  const text = '"><script>document.title="owned"</script>'
  await page.goto(`/?q=${encodeURIComponent(text)}&sel=${encodeURIComponent(text)}`)
  await expect(page.getByRole('combobox', { name: 'Find or filter' })).toHaveValue(text)
  expect(await page.title()).not.toBe('owned')
})

type Source = {
  readonly id: string
  readonly type: string
  readonly state: string
  readonly gaps: readonly {
    readonly part: string
    readonly cause: string
    readonly from: number
    readonly to: number | null
  }[]
}
type Series = { readonly t: readonly number[]; readonly stepMs: number } & Readonly<
  Record<'requestRate' | 'flowRate' | 'errorRatio', readonly (number | null)[]>
>

/** Ends or begins both sources of flows. */
async function turn(request: APIRequestContext, verb: 'start' | 'stop'): Promise<void> {
  const { control } = JSON.parse(readFileSync(join(stateDir ?? '', 'demo/addresses.json'), 'utf8')) as {
    control: string
  }
  for (const witness of ['hubble', 'goldmane'])
    expect((await request.post(`${control}/witness/${witness}/${verb}`)).ok()).toBe(true)
}

test.describe('with sources that go', () => {
  test.skip(stateDir === null, 'needs the demo: ORIEL_E2E_STATE names the state folder of the app under test')
  test.afterEach(({ request }) => turn(request, 'start'))

  test('a source that is gone is a gap and never zero, and what it held comes after', async ({ page, request }) => {
    test.setTimeout(300_000)
    const hubble = async () => {
      const { sources } = await read<{ sources: Source[] }>(request, 'sources')
      return sources.find(({ type, state }) => type === 'hubble' && state !== 'stopped')
    }
    await page.goto('/?last=5m')
    await expect(theMap(page)).toBeVisible()
    const before = (await hubble())?.id
    // Nobody but the flow sources sees these two, which have no proxy and send no spans.
    const { edges } = await readMap(request, 'last=5m')
    const sel = encodeURIComponent(edges.find(({ from }) => from.endsWith('/dashboards'))?.id ?? '')
    const series = (range: string) => read<Series>(request, `series?${range}&sel=${sel}`)
    expect((await series('last=5m')).requestRate.some((rate) => rate !== null && rate > 0)).toBe(true)
    await turn(request, 'stop')

    const strip = page.getByRole('region', { name: 'Partial data' })
    await expect(strip).toContainText(/Cilium Hubble gone since \d\d:\d\d; what happened since is unknown/, {
      timeout: 45_000,
    })
    await expect(page.getByRole('link', { name: /Sources.*2 sources in trouble/ })).toBeVisible()
    const open = () => hubble().then((source) => source?.gaps.find((gap) => gap.part === '' && gap.to === null))
    await expect.poll(open, { timeout: 30_000 }).toMatchObject({ cause: 'source_down' })
    const from = (await open())?.from ?? 0

    // Once a whole step lies in the gap, it is unknown: in the series, and on the map of that time.
    const within = async () => {
      const { t, requestRate, flowRate, errorRatio } = await series('last=5m')
      return t.flatMap((at, i) => (at >= from ? [[requestRate[i], flowRate[i], errorRatio[i]]] : []))
    }
    await expect.poll(async () => (await within()).length, { timeout: 60_000 }).toBeGreaterThan(0)
    for (const values of await within()) expect(values).toEqual([null, null, null])
    const start = Math.ceil(from / 10_000) * 10_000
    const dark = await readMap(request, `from=${start}&to=${start + 10_000}`)
    expect(dark.edges.filter(({ from }) => from.endsWith('/dashboards'))).toEqual([])

    await page.goto('/sources')
    const card = page.getByRole('region', { name: 'Cilium Hubble' }).filter({ hasText: 'Not reachable, trying again' })
    await expect(card).toBeVisible()
    await card.getByText(/^Show the (gap|newest)/).click()
    await expect(
      card.getByRole('row').filter({ hasText: 'source unreachable' }).filter({ hasText: 'goes on' }),
    ).toBeVisible()

    await turn(request, 'start')
    // It comes back by itself, and what the relay kept meanwhile fills the hole: nothing lost, nothing zero.
    await expect(
      page.getByRole('region', { name: 'Cilium Hubble' }).filter({ hasText: 'Running' }).first(),
    ).toBeVisible({
      timeout: 120_000,
    })
    await expect.poll(async () => (await open()) ?? null, { timeout: 60_000 }).toBeNull()
    expect((await hubble())?.id).toBe(before)
    await expect
      .poll(async () => (await series(`from=${start - 30_000}&to=${start + 40_000}`)).requestRate, { timeout: 60_000 })
      .not.toContain(null)
    const filled = await series(`from=${start - 30_000}&to=${start + 40_000}`)
    expect(filled.requestRate.reduce<number>((sum, rate) => sum + (rate ?? 0), 0)).toBeGreaterThan(0)
    await page.goto('/?last=5m')
    await expect(theMap(page)).toBeVisible()
    await expect(page.getByText(/gone since/)).toBeHidden()
  })
})
