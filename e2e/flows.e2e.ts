import { readFile } from 'node:fs/promises'
import type { APIRequestContext, Page } from '@playwright/test'
import { expect, frozenRange, read, test } from './app'
import { panelOf, pick } from './map-places'

const rowsOf = (page: Page) => page.getByRole('table', { name: 'Flows, newest first' }).getByRole('row')
const firstTime = (page: Page) => rowsOf(page).nth(1).getByRole('cell').first().innerText()
const drawerOf = (page: Page) => page.getByRole('complementary', { name: 'Flow', exact: true })

/** The ids of all pages of a list, newest first. */
async function everyId(request: APIRequestContext, path: string, before?: string): Promise<string[]> {
  const page = before ? `${path}&before=${before}` : path
  const answer = await read<{ rows: { id: string }[]; before: string | null }>(request, page)
  const ids = answer.rows.map(({ id }) => id)
  return answer.before === null ? ids : [...ids, ...(await everyId(request, path, answer.before))]
}

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
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect.poll(() => firstTime(page)).not.toBe(first)
  await expect(drawerOf(page)).toBeHidden()
  await expect(page.getByText('Paused while you read')).toBeHidden()
})

const facet = (page: Page, name: string) =>
  page.getByRole('complementary', { name: 'Narrow down' }).getByRole('region', { name, exact: true })

test('a facet shows denials alone, reports to accounts-postgres among them', async ({ page }) => {
  await page.goto('/flows')
  await facet(page, 'Verdict')
    .getByRole('button', { name: /^denied/ })
    .click()
  await expect(page).toHaveURL(/q=verdict(:|%3A)denied/)
  const denied = rowsOf(page).filter({ hasText: 'data/reports' }).filter({ hasText: 'accounts/accounts-postgres:5432' })
  await expect(denied.first()).toBeVisible()
  const verdicts = await rowsOf(page).evaluateAll((all) => all.slice(1, 30).map((row) => row.children[1]?.textContent))
  expect(new Set(verdicts)).toEqual(new Set(['denied']))
  await page.reload()
  await expect(facet(page, 'Verdict').getByRole('button', { name: /^denied/, pressed: true })).toBeVisible()
  await expect(denied.first()).toBeVisible()
})

test('facets keep the counts of their other values, add them as alternatives and leave them out', async ({
  page,
  request,
}) => {
  await page.goto(`/flows?${await frozenRange(request)}&q=verdict:denied`)
  const verdict = facet(page, 'Verdict')
  await expect(verdict.getByRole('button', { name: /^allowed\s?[\d.,]+\s?k?$/ })).toBeVisible()
  await verdict.getByRole('button', { name: /^allowed/ }).click()
  await expect(page.getByRole('combobox', { name: 'Find or filter' })).toHaveValue('verdict:denied,allowed')
  await verdict.getByRole('button', { name: /^denied/ }).click({ modifiers: ['Alt'] })
  await expect(page.getByRole('combobox', { name: 'Find or filter' })).toHaveValue('verdict:allowed !verdict:denied')
  // The field shows a choice before the address has it, and a step back is one of the address.
  await expect(page).toHaveURL(/q=verdict:allowed\+!verdict:denied/)
  await verdict.getByRole('button', { name: 'Leave out denied' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Find or filter' })).toHaveValue('verdict:allowed')
  await expect(page).toHaveURL(/q=verdict:allowed(&|$)/)
  await page.goBack()
  await expect(page.getByRole('combobox', { name: 'Find or filter' })).toHaveValue('verdict:allowed !verdict:denied')
  await page.getByRole('button', { name: 'Narrow down' }).click()
  await expect(verdict).toBeHidden()
  await page.reload()
  await expect(rowsOf(page).nth(1)).toBeVisible()
  await expect(verdict).toBeHidden()
})

test('the filter field narrows the flows, and what matches nothing is named', async ({ page, request }) => {
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
  await page.getByRole('combobox', { name: 'Find or filter' }).fill('from:checkout to:payments proto:udp')
  await expect(page.getByRole('heading', { name: 'No flow matches the filters' })).toBeVisible()
  await expect(page.getByText('The whole time range was searched.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await expect(rowsOf(page).nth(5)).toBeVisible()
})

test('the detail holds every field that the source gave', async ({ page, request }) => {
  await page.goto(`/flows?${await frozenRange(request)}&q=verdict:denied+from:reports`)
  await rowsOf(page).nth(1).click()
  const drawer = drawerOf(page)
  await expect(drawer.getByText('reports → accounts-postgres')).toBeVisible()
  await expect(drawer.getByRole('region', { name: 'Policies' })).toContainText(
    /^PoliciesdeniedDenied on the way (out|in)/,
  )
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
})

test('a flow leads to its edge on the map', async ({ page, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/flows?${range}&q=from:checkout%20to:payments`)
  await rowsOf(page).nth(1).click()
  await drawerOf(page).getByRole('link', { name: 'Show on the map' }).click()
  await expect(panelOf(page).getByRole('heading', { level: 2 })).toHaveText('checkout → payments')
  expect(page.url()).toContain(range.split('&')[0])
})

test('a value of the detail becomes a term of the filter, and the ends lead to their services', async ({
  page,
  request,
}) => {
  await page.goto(`/flows?${await frozenRange(request)}&q=from:checkout%20to:payments`)
  await rowsOf(page).nth(1).click()
  await drawerOf(page).getByRole('button', { name: '9000', exact: true }).first().click()
  await expect(page.getByRole('combobox', { name: 'Find or filter' })).toHaveValue(
    'from:checkout to:payments port:9000',
  )
  await expect(drawerOf(page).getByRole('link', { name: 'Open checkout/payments' })).toHaveAttribute(
    'href',
    /^\/services\/[^/]+\/checkout\/[^/]+\/payments\?/,
  )
})

test('columns are chosen and ordered, kept in the link and by the browser', async ({ page, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/flows?${range}`)
  const heads = () => page.getByRole('columnheader').allTextContents()
  await expect(rowsOf(page).nth(1)).toBeVisible()
  await page.getByRole('button', { name: /^Table:/ }).click()
  await page.getByRole('checkbox', { name: 'Reporter' }).check()
  await page.getByRole('checkbox', { name: 'Encryption' }).uncheck()
  await page.getByRole('button', { name: 'Verdict: further left' }).click()
  await pick(page, 'UTC')
  await page.keyboard.press('Escape')
  const chosen = ['Verdict', 'Time (UTC)', 'From', 'To', 'Protocol', 'What', 'Status', 'Latency', 'Told by', 'Reporter']
  await expect.poll(heads).toEqual(chosen)
  await expect(page).toHaveURL(/cols=verdict(,|%2C)time/)
  await page.goto(`/flows?${range}`)
  await expect.poll(heads).toEqual(chosen)
  await page.goto(`/flows?${range}&cols=to,time&tz=local`)
  await expect.poll(heads).toEqual(['To', 'Time'])
})

test('beside the facets no column of the usual ones is cut', async ({ page, request }) => {
  const range = await frozenRange(request)
  for (const width of [1280, 1440])
    for (const view of ['table', 'dns']) {
      await page.setViewportSize({ width, height: 800 })
      await page.goto(`/flows?${range}&view=${view}`)
      await expect(page.getByRole('complementary', { name: 'Narrow down' })).toBeVisible()
      await expect(page.getByRole('row').nth(1)).toBeVisible()
      const cut = () =>
        page
          .getByRole('table')
          .evaluate(({ parentElement: scroller }) => (scroller ? scroller.scrollWidth - scroller.clientWidth : null))
      await expect.poll(cut, `${view} at ${width}`).toBe(0)
    }
})

test('a cluster of which nobody tells is named, with the way to all', async ({ page }) => {
  await page.goto('/flows?cluster=nowhere')
  await expect(page.getByRole('main').getByText('Nothing tells of nowhere')).toBeVisible()
  await page.getByRole('button', { name: 'Show all clusters' }).click()
  await expect(rowsOf(page).nth(1)).toBeVisible()
  await expect(page).not.toHaveURL(/cluster=/)
})

for (const [button, ending] of [
  ['CSV', 'csv'],
  ['JSON lines', 'jsonl'],
] as const) {
  test(`an export as ${button} holds what the table lists`, async ({ page, request }) => {
    const { window } = await read<{ window: { to: number } }>(request, 'map?last=5m')
    const q = 'q=from:checkout%20to:payments'
    const range = `from=${window.to - 90_000}&to=${window.to - 60_000}`
    const list = `flows?${range}&${q}&limit=500`
    const before = await everyId(request, list)
    await page.goto(`/flows?${range}&${q}`)
    await page.getByRole('button', { name: /^Export:/ }).click()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: button, exact: true }).click()
    const download = await saved
    expect(download.suggestedFilename()).toMatch(new RegExp(`^oriel-flows-.*\\.${ending}$`))
    const text = await readFile(await download.path(), 'utf8')
    const lines = text.trim().split(/\r?\n/)
    const ids = lines
      .slice(ending === 'csv' ? 1 : 0)
      .map((line) => (ending === 'csv' ? (line.split(',').at(-1) ?? '') : (JSON.parse(line) as { id: string }).id))
    // What came late may be in it: it holds all that was listed before, and nothing but what is listed after, in order.
    const exported = new Set(ids)
    expect(before.filter((id) => !exported.has(id))).toEqual([])
    expect((await everyId(request, list)).filter((id) => exported.has(id))).toEqual(ids)
    await expect(page.getByRole('dialog').getByText(/rows? written\.$/)).toBeVisible()
  })
}

test('the list jumps to a moment, and back to the newest', async ({ page, request }) => {
  await page.goto(`/flows?${await frozenRange(request)}`)
  await expect(rowsOf(page).nth(1)).toBeVisible()
  const { window } = await read<{ window: { to: number } }>(request, 'map?last=5m')
  await page.goto(`/flows?last=15m&tz=utc&at=${window.to - 120_000}`)
  const moment = new Date(window.to - 120_000).toISOString().slice(11, 19)
  await expect(page.getByText(`Begins at`)).toContainText(moment)
  expect((await firstTime(page)) <= `${moment}.000`).toBe(true)
  await page.getByRole('button', { name: 'Go to the newest' }).click()
  await expect(page.getByText('Follows new flows', { exact: true })).toBeVisible()
})

test('denials are grouped by cause, with what decided, what to do, and the way to their flows', async ({
  page,
  request,
}) => {
  await page.goto(`/flows?${await frozenRange(request)}`)
  await pick(page, 'Denied')
  await expect(page).toHaveURL(/view=denied/)
  const denial = page
    .getByRole('region', { name: 'Denials by cause' })
    .getByRole('listitem', { name: 'data/reports to accounts/accounts-postgres:5432' })
    .filter({ hasText: 'Hubble' })
    .first()
  await expect(denial).toContainText(/Denied on the way (out|in)/)
  await expect(denial).toContainText('If the call is wanted, ')
  await expect(denial.getByRole('img', { name: /^Denials over time/ })).toBeVisible()
  await denial.getByRole('button', { name: 'Newest record' }).click()
  await expect(drawerOf(page).getByText('reports → accounts-postgres')).toBeVisible()
  await denial.getByRole('link', { name: 'Its flows' }).click()
  await expect(rowsOf(page).nth(1)).toContainText('data/reports')
  await expect(page.getByRole('combobox', { name: 'Find or filter' })).toHaveValue(
    /^from:data\/reports to:accounts\/accounts-postgres reason:/,
  )
})

test('names that were looked up are listed with who asked, and lead to their flows', async ({ page, request }) => {
  await page.goto(`/flows?${await frozenRange(request)}&view=dns`)
  const names = page.getByRole('table', { name: 'DNS names' }).getByRole('row')
  await expect(names.nth(1)).toBeVisible()
  await expect(page.getByText(/^[\d,]+ names? in [\d,]+ answers? /)).toBeVisible()
  const name = await names.nth(1).getByRole('cell').first().innerText()
  await names.nth(1).focus()
  await page.keyboard.press('Enter')
  await expect(rowsOf(page).nth(1)).toContainText(name)
  await expect(rowsOf(page).nth(1)).toContainText('dns')
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
