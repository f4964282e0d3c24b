import type { Page } from '@playwright/test'
import { expect, frozenRange, read, test } from './app'
import { panelOf } from './map-places'

const rowsOf = (page: Page) => page.getByRole('table', { name: 'Flows, newest first' }).getByRole('row')
const firstTime = (page: Page) => rowsOf(page).nth(1).getByRole('cell').first().innerText()
const drawerOf = (page: Page) => page.getByRole('complementary', { name: 'Flow', exact: true })

test('the newest flows come in by themselves, on top', async ({ page }) => {
  await page.goto('/flows')
  await expect(rowsOf(page).nth(5)).toBeVisible()
  const before = await firstTime(page)
  await expect.poll(() => firstTime(page), { timeout: 60_000 }).not.toBe(before)
  const times = await rowsOf(page).evaluateAll((all) =>
    all.slice(1, 20).map((row) => row.children[0]?.textContent ?? ''),
  )
  expect(times).toEqual(times.toSorted().toReversed())
})

test('the list stands still while a flow is read, and shows what waited when told', async ({ page }) => {
  await page.goto('/flows')
  await rowsOf(page).nth(3).click()
  await expect(drawerOf(page)).toBeVisible()
  const first = await firstTime(page)
  await expect(page.getByText(/^Paused while you read · [\d,]+ new flows? waiting/)).toBeVisible({ timeout: 60_000 })
  expect(await firstTime(page)).toBe(first)
  await page.getByRole('button', { name: 'Show them' }).click()
  await expect.poll(() => firstTime(page)).not.toBe(first)
  await drawerOf(page).getByRole('button', { name: 'Close (Escape)' }).click()
  await expect(drawerOf(page)).toBeHidden()
  await expect(page.getByText('Paused while you read')).toBeHidden()
})

test('the verdict filter shows denials alone, reports to accounts-postgres among them', async ({ page }) => {
  await page.goto('/flows')
  await page.getByRole('button', { name: /^Verdict:/ }).click()
  await page.getByRole('menuitemradio', { name: 'denied' }).click()
  await expect(page).toHaveURL(/verdict=denied/)
  const denied = rowsOf(page).filter({ hasText: 'data/reports' }).filter({ hasText: 'accounts/accounts-postgres:5432' })
  await expect(denied.first()).toBeVisible()
  const verdicts = await rowsOf(page).evaluateAll((all) => all.slice(1, 30).map((row) => row.children[1]?.textContent))
  expect(new Set(verdicts)).toEqual(new Set(['denied']))
  await page.reload()
  await expect(page.getByRole('button', { name: /^Verdict:.*denied/ })).toBeVisible()
  await expect(denied.first()).toBeVisible()
})

test('the filter field and the protocol narrow the flows', async ({ page, request }) => {
  await page.goto(`/flows?${await frozenRange(request)}`)
  await page.getByRole('combobox', { name: 'Find or filter' }).fill('from:checkout to:payments')
  await expect(page).toHaveURL(/q=from/)
  await expect
    .poll(
      async () =>
        new Set(
          await rowsOf(page).evaluateAll((all) =>
            all.slice(1).map((row) => `${row.children[2]?.textContent} ${row.children[3]?.textContent}`),
          ),
        ),
    )
    .toEqual(new Set(['checkout/checkout checkout/payments:9000']))
  await page.getByRole('button', { name: /^Protocol:/ }).click()
  await page.getByRole('menuitemradio', { name: 'udp' }).click()
  await expect(page.getByRole('heading', { name: 'No flow matches the filters' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await expect(rowsOf(page).nth(5)).toBeVisible()
})

test('the detail holds every field that the source gave', async ({ page, request }) => {
  await page.goto(`/flows?${await frozenRange(request)}&verdict=denied&q=from:reports`)
  await rowsOf(page).nth(1).click()
  const drawer = drawerOf(page)
  await expect(drawer.getByText('reports → accounts-postgres')).toBeVisible()
  const id = new URL(page.url()).searchParams.get('flow') ?? ''
  const { fields } = await read<{ fields: Record<string, unknown> }>(request, `flows/${encodeURIComponent(id)}`)
  const flat = leaves(fields)
  expect(flat.length).toBeGreaterThan(15)
  const terms = await drawer.getByRole('term').allTextContents()
  for (const { name, text } of flat) {
    expect(terms).toContain(name)
    await expect(drawer.getByRole('definition').filter({ hasText: text }).first()).toBeVisible()
  }
  await drawer.getByText('JSON', { exact: true }).click()
  const json = await drawer.getByText(/^\{/).textContent()
  expect(JSON.parse(json ?? '')).toEqual(fields)

  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await page.goBack()
})

test('a flow leads to its edge on the map', async ({ page, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/flows?${range}&q=from:checkout%20to:payments`)
  await rowsOf(page).nth(1).click()
  await drawerOf(page).getByRole('link', { name: 'Show on the map' }).click()
  await expect(panelOf(page).getByRole('heading', { level: 2 })).toHaveText('checkout → payments')
  expect(page.url()).toContain(range.split('&')[0])
})

test('older flows are read on scrolling, and the end says so', async ({ page, request }) => {
  const { window } = await read<{ window: { to: number } }>(request, 'map?last=5m')
  await page.goto(`/flows?from=${window.to - 70_000}&to=${window.to - 60_000}&q=ns:checkout`)
  const table = page.getByRole('table', { name: 'Flows, newest first' })
  await rowsOf(page).nth(1).focus()
  await expect(async () => {
    await page.keyboard.press('End')
    await expect(page.getByText('No older flows in this time range.')).toBeInViewport({ timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  expect(Number(await table.getAttribute('aria-rowcount'))).toBeGreaterThan(201)
})

/** The scalar fields of a record as the drawer names them (their first part heads a group) and a part of their text. */
function leaves(fields: Readonly<Record<string, unknown>>, prefix = ''): { name: string; text: string }[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    const path = prefix ? `${prefix}.${key}` : key
    const name = path.slice(path.indexOf('.') + 1)
    if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
      return [{ name, text: String(value[0] ?? '') }]
    if (typeof value !== 'object' || value === null) return [{ name, text: String(value) }]
    return leaves(value as Record<string, unknown>, path)
  })
}
