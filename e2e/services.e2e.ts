import { expect, frozenRange, read, test } from './app'
import { choose } from './map-places'

type Row = {
  readonly namespace: string
  readonly name: string
  readonly health: string
  readonly callers: number
  readonly callees: number
  readonly pods: number
  readonly figures: { readonly requestRate: number | null } | null
}

const tableOf = (page: import('@playwright/test').Page) => page.getByRole('table', { name: 'Services' })

test('lists every service with the figures of the API', async ({ page, request }) => {
  const range = await frozenRange(request)
  const rows = await read<Row[]>(request, `services?${range}`)
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['payments', 'bff', 'accounts-postgres']))
  await page.setViewportSize({ width: 1440, height: 3000 })
  await page.goto(`/services?${range}&cols=rate,callers,callees,pods`)
  const table = tableOf(page)
  await expect(table).toHaveAttribute('aria-rowcount', String(rows.length + 1))
  const headings = await table.getByRole('columnheader').allTextContents()
  const shown = await table
    .getByRole('row')
    .evaluateAll((all) => all.slice(1).map((row) => [...row.children].map((cell) => cell.textContent ?? '')))
  const at = (title: string) => headings.findIndex((text) => text.endsWith(title))
  for (const row of rows) {
    const cells = shown.find(([name]) => name?.includes(`${row.name}${row.namespace || 'outside'}`))
    expect(cells, `${row.namespace}/${row.name}`).toBeDefined()
    expect([at('Callers'), at('Callees'), at('Pods')].map((column) => Number(cells?.[column]))).toEqual([
      row.callers,
      row.callees,
      row.pods,
    ])
    const rate = row.figures?.requestRate ?? null
    if (rate === null) expect(cells?.[at('Requests')], row.name).toBe('–unknown')
    else if (rate >= 0.1 && rate < 100)
      expect(Math.abs(Number.parseFloat(cells?.[at('Requests')] ?? '') - rate)).toBeLessThan(0.06)
  }
  await expect(table.getByRole('img', { name: 'Requests over time of payments' })).toBeVisible()
  // The past that health is held against may come to be known between two answers.
  await expect(async () => {
    const judged = await read<Row[]>(request, `services?${range}`)
    await page.reload()
    for (const health of new Set(judged.map((row) => row.health)))
      await expect(
        page.getByText(`${judged.filter((row) => row.health === health).length} ${health}`, { exact: true }),
      ).toBeVisible({ timeout: 10_000 })
  }).toPass({ timeout: 60_000 })
})

test('a head sorts, a second press turns it round, and the URL keeps it', async ({ page, request }) => {
  await page.goto(`/services?${await frozenRange(request)}&cols=rate,callers`)
  const table = tableOf(page)
  const callers = async () => {
    const headings = await table.getByRole('columnheader').allTextContents()
    const column = headings.findIndex((text) => text.startsWith('Callers'))
    return table
      .getByRole('row')
      .evaluateAll((all, index) => all.slice(1, 12).map((row) => Number(row.children[index]?.textContent)), column)
  }
  await table.getByRole('button', { name: 'Callers' }).click()
  await expect(table.getByRole('columnheader', { name: 'Callers' })).toHaveAttribute('aria-sort', 'descending')
  const falling = await callers()
  expect(falling[0]).toBeGreaterThan(3)
  expect(falling).toEqual(falling.toSorted((a, b) => b - a))
  await table.getByRole('button', { name: 'Callers' }).click()
  await expect(table.getByRole('columnheader', { name: 'Callers' })).toHaveAttribute('aria-sort', 'ascending')
  await expect(page).toHaveURL(/sort=callers/)
  await page.reload()
  await expect(table.getByRole('columnheader', { name: 'Callers' })).toHaveAttribute('aria-sort', 'ascending')
  const rising = await callers()
  expect(rising).toEqual(rising.toSorted((a, b) => a - b))
})

test('groups by namespace and filters', async ({ page, request }) => {
  const range = await frozenRange(request)
  const inCheckout = await read<Row[]>(request, `services?${range}&q=ns:checkout`)
  await page.goto(`/services?${range}`)
  await choose(page, 'Group', 'By namespace')
  await expect(page).toHaveURL(/group=namespace/)
  const heads = tableOf(page)
    .getByRole('row')
    .filter({ hasText: /\d+ services?$/ })
  await expect(heads.first()).toBeVisible()
  await page.getByRole('combobox', { name: 'Find or filter' }).fill('ns:checkout')
  await expect(tableOf(page)).toHaveAttribute('aria-rowcount', String(inCheckout.length + 2))
  await expect(heads).toHaveCount(1)
  await expect(heads).toContainText('checkout')
  await page.getByRole('combobox', { name: 'Find or filter' }).fill('ns:nowhere')
  await expect(page.getByRole('heading', { name: 'No service matches' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filter' }).last().click()
  await expect(tableOf(page)).toBeVisible()
})

test('a row opens the page of the service, in the same time range', async ({ page, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/services?${range}`)
  await tableOf(page).getByRole('row').filter({ hasText: 'fraud' }).click()
  await expect(page.getByRole('heading', { name: 'checkout/fraud', level: 1 })).toBeAttached()
  const { searchParams, pathname } = new URL(page.url())
  expect(pathname).toMatch(/^\/services\/[^/]+\/checkout\/Deployment\/fraud$/)
  expect(`from=${searchParams.get('from')}&to=${searchParams.get('to')}`).toBe(range)
})

test('columns are chosen, kept in the URL, and figures of before stand beside those of now', async ({
  page,
  request,
}) => {
  await page.goto(`/services?${await frozenRange(request)}`)
  const table = tableOf(page)
  const head = (name: string) => table.getByRole('columnheader', { name })
  await expect(head('Policies')).toBeVisible()
  await page.getByRole('button', { name: /^Columns/ }).click()
  await page.getByRole('checkbox', { name: 'Callers' }).check()
  await page.getByRole('checkbox', { name: 'NetworkPolicies that select it' }).uncheck()
  await page.keyboard.press('Escape')
  await expect(head('Callers')).toBeVisible()
  await expect(head('Policies')).toBeHidden()
  await page.reload()
  await expect(head('Callers')).toBeVisible()
  await page.getByRole('button', { name: /^Compare with/ }).click()
  await page.getByRole('menuitemradio', { name: 'The window just before' }).click()
  await expect(page).toHaveURL(/vs=previous/)
  await expect(head('What differs from before')).toBeVisible()
  await expect(head('p95 before')).toBeVisible()
})

test('while windows are compared, who is gone is a row of what it was', async ({ page }) => {
  await page.route('**/api/v1/services?*', async (route) => {
    const response = await route.fetch()
    const rows = (await response.json()) as Record<string, unknown>[]
    const [first] = rows.filter(({ figures }) => figures !== null)
    const gone = { ...first, id: 'a/b/Deployment/legacy', name: 'legacy', figures: null, previous: first?.figures }
    await route.fulfill({ response, json: [...rows, { ...gone, differences: ['gone'], health: 'unknown' }] })
  })
  await page.goto('/services?vs=previous&sort=-differs')
  await expect(page.getByText('1 gone', { exact: true })).toBeVisible()
  const row = tableOf(page).getByRole('row').filter({ hasText: 'legacy' })
  await expect(row.getByText('gone', { exact: true })).toBeVisible()
})

test.describe('small charts that could not be loaded', () => {
  test.use({ expectedErrors: /status of 400/ })
  test('are said, and come when they are asked for again', async ({ page }) => {
    let broken = true
    await page.route('**/api/v1/services/charts?*', (route) =>
      broken ? route.fulfill({ status: 400, json: {} }) : route.continue(),
    )
    await page.goto('/services')
    const strip = page.getByText('Small charts could not be loaded')
    await expect(strip).toBeVisible()
    broken = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(strip).toBeHidden()
  })
})
