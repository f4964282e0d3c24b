import type { APIRequestContext, Page } from '@playwright/test'
import { expect, type Figures, frozenRange, type Node, read, readMap, test } from './app'
import { findings } from './axe'
import { panelOf, pick } from './map-places'

type Row = {
  readonly id: string
  readonly key: string
  readonly other: { readonly name: string }
  readonly figures: Figures
}
type Detail = {
  readonly id: string
  readonly callers: readonly Row[]
  readonly callees: readonly Row[]
  readonly incoming: Figures
}

const pathOf = ({ id }: Pick<Node, 'id'>) =>
  `/services/${id
    .split('/')
    .map((part) => part || '-')
    .map(encodeURIComponent)
    .join('/')}`

async function nodeOf(request: APIRequestContext, range: string, name: string): Promise<Node> {
  const { nodes } = await readMap(request, range)
  const node = nodes.find((one) => one.name === name)
  if (!node) throw new Error(`the demo has no ${name}`)
  return node
}

const open = async (page: Page, request: APIRequestContext, name: string) => {
  const range = await frozenRange(request)
  const node = await nodeOf(request, range, name)
  await page.goto(`${pathOf(node)}?${range}`)
  return { range, node, detail: await read<Detail>(request, `service?${range}&sel=${encodeURIComponent(node.id)}`) }
}

const table = (page: Page, name: string) => page.getByRole('table', { name, exact: true })

test('shows how a service does, who calls it and whom it calls, as the API tells', async ({ page, request }) => {
  const { detail } = await open(page, request, 'payments')
  await expect(page.getByRole('heading', { level: 1, name: 'checkout/payments' })).toBeAttached()
  for (const title of ['Requests', 'Errors', 'Latency', 'Latency, all requests', 'Where the time goes', 'Pods'])
    await expect(page.getByRole('region', { name: title, exact: true }).first()).toBeVisible()
  const names = (rows: readonly Row[]) =>
    rows.filter(({ key }) => !key.includes('//Node/')).map(({ other }) => other.name)
  for (const name of names(detail.callers))
    await expect(table(page, 'Calls it').getByRole('link', { name, exact: true })).toBeVisible()
  for (const name of names(detail.callees))
    await expect(table(page, 'It calls').getByRole('link', { name, exact: true }).first()).toBeVisible()
  await expect(page.getByText(/\d+ of \d+ pods? ready/).first()).toBeVisible()
  await expect(page.getByText('default-deny')).toBeVisible()
})

test('the heat map has a table that says the same', async ({ page, request }) => {
  const { range, node } = await open(page, request, 'payments')
  const { responses } = await read<{ responses: number }>(request, `heat?${range}&sel=${encodeURIComponent(node.id)}`)
  await expect(
    page.getByRole('figure', { name: new RegExp(`^Latency of ${responses.toLocaleString('en')} responses`) }),
  ).toBeVisible()
  await pick(page, 'Table')
  const cells = await table(page, 'Responses by latency').locator('tbody tr td:nth-child(2)').allTextContents()
  expect(cells.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0)).toBe(responses)
})

test('the order of callees and the percentile are in the address', async ({ page, request }) => {
  await open(page, request, 'payments')
  await table(page, 'It calls').getByRole('button', { name: 'p95' }).click()
  await expect(page).toHaveURL(/callees=-p95/)
  const latency = page.getByRole('figure', { name: /^Latency p99 over time/ })
  await pick(page, 'p99')
  await expect(page).toHaveURL(/pct=p99/)
  await expect(latency).toBeVisible()
  await page.reload()
  await expect(table(page, 'It calls').getByRole('columnheader', { name: 'p95' })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
  await expect(latency).toBeVisible()
})

test('dragging over a chart chooses its time', async ({ page, request }) => {
  const { range } = await open(page, request, 'payments')
  const chart = page.getByRole('figure', { name: /^Requests over time/ })
  await expect(chart.locator('canvas')).toBeVisible()
  let box = await chart.boundingBox()
  await expect(async () => {
    const before = box
    box = await chart.boundingBox()
    expect(box).toEqual(before)
  }).toPass({ intervals: [300] })
  if (!box) throw new Error('the chart has no place')
  await page.mouse.move(box.x + box.width * 0.4, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.6, box.y + 40, { steps: 4 })
  await page.mouse.up()
  await expect(page).not.toHaveURL(new RegExp(range))
  const { searchParams } = new URL(page.url())
  const length = Number(searchParams.get('to')) - Number(searchParams.get('from'))
  expect(length).toBeGreaterThan(20_000)
  expect(length).toBeLessThan(120_000)
})

test('by keyboard: from the list to a service, its callee and the map', async ({ page, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/services?${range}&q=name:payments ns:checkout`)
  const row = page.getByRole('table', { name: 'Services' }).getByRole('row').filter({ hasText: 'payments' })
  await row.focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/checkout\/Deployment\/payments\?/)
  const callees = table(page, 'It calls').locator('tbody').getByRole('row')
  await callees.first().focus()
  const at = (await callees.allTextContents()).findIndex((text) => text.includes('fraud'))
  expect(at).toBeGreaterThanOrEqual(0)
  for (let i = 0; i < at; i++) await page.keyboard.press('ArrowDown')
  await expect(callees.nth(at)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/checkout\/Deployment\/fraud\?/)
  await expect(page.getByRole('heading', { level: 1, name: 'checkout/fraud' })).toBeAttached()
  await page.getByRole('link', { name: 'On the map' }).focus()
  await page.keyboard.press('Enter')
  await expect(panelOf(page).getByRole('heading', { name: 'fraud', level: 2 })).toBeVisible()
  await panelOf(page).getByRole('link', { name: 'Open fraud' }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/checkout\/Deployment\/fraud\?/)
})

test('an outside name has a page too', async ({ page, request }) => {
  await open(page, request, 'api.cardnet.example')
  await expect(table(page, 'Calls it').getByRole('link', { name: 'payments', exact: true })).toBeVisible()
  await expect(page.getByText('It calls: nobody in this time range.')).toBeVisible()
})

test('what does not exist is said, with names that are alike', async ({ page, request }) => {
  const range = await frozenRange(request)
  const { id } = await nodeOf(request, range, 'payments')
  await page.goto(`${pathOf({ id: id.replace(/payments$/, 'payments-gone') })}?${range}`)
  await expect(
    page.getByRole('heading', { name: 'There is no Deployment called checkout/payments-gone' }),
  ).toBeVisible()
  await page.getByRole('link', { name: /^checkout\/payments Deployment/ }).click()
  await expect(table(page, 'Calls it')).toBeVisible()
})

test('who calls it and whom it calls is not cut beside the other cards', async ({ page, request }) => {
  await open(page, request, 'bff')
  for (const width of [768, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    for (const title of ['Calls it', 'It calls']) {
      const cut = () =>
        table(page, title).evaluate(({ parentElement: box }) => (box ? box.scrollWidth - box.clientWidth : null))
      await expect.poll(cut, `${title} at ${width}`).toBe(0)
      const rows = await table(page, title)
        .getByRole('row')
        .evaluateAll((all) => all.map((row) => row.clientHeight))
      expect(Math.max(...rows), `${title} at ${width}: the highest row`).toBeLessThan(60)
    }
  }
})

test('is accessible', async ({ page, request }) => {
  await open(page, request, 'payments')
  await expect(table(page, 'Calls it')).toBeVisible()
  await expect(table(page, 'Pods')).toBeVisible()
  await pick(page, 'Table')
  expect(await findings(page)).toEqual([])
})
