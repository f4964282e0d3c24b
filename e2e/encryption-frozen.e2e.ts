import type { Locator, Page } from '@playwright/test'
import { expect, frozenRange, test } from './app'
import { logInAs, nobody } from './login-as'
import { choose } from './map-places'

const evidenceOf = (page: Page): Locator => page.getByRole('complementary', { name: 'Evidence' })
const headline = (page: Page) => page.getByRole('button', { name: /^Evidence of the coverage/ })

/** Makes a frozen link of the page and returns its path. */
async function freeze(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Share this view' })
  await choose(page, 'Kind of link', 'Frozen')
  await dialog.getByRole('button', { name: 'Make link' }).click()
  const address = dialog.getByRole('textbox', { name: 'Address of the link' })
  await expect(address).toHaveValue(/\/l\/[0-9A-Za-z]{22}$/, { timeout: 60_000 })
  return new URL(await address.inputValue()).pathname
}

test('a frozen link of coverage keeps its figures, their evidence and the report', async ({
  page,
  browser,
  baseURL,
  request,
}) => {
  test.setTimeout(400_000)
  await page.goto(`/encryption?${await frozenRange(request)}&unit=requests`)
  await expect(headline(page)).toBeVisible()
  const plain = page.getByRole('table', { name: 'Plaintext edges' }).getByRole('row').nth(1)
  const worst = await plain.getByRole('button').first().textContent()
  const path = await freeze(page)

  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } })
  const other = await context.newPage()
  const asked: URL[] = []
  other.on('request', (each) => asked.push(new URL(each.url())))
  await other.goto(path)
  await expect(other.getByRole('region', { name: 'Frozen view' })).toBeVisible()
  // What came late of that time is in it, so it is read here.
  const figure = await headline(other).textContent()
  await other.reload()
  await expect(headline(other)).toHaveText(figure ?? '')

  const panel = evidenceOf(other)
  await headline(other).click()
  await expect(panel.getByRole('list', { name: 'Who told it' }).getByRole('listitem').first()).toBeVisible()
  await other.keyboard.press('Escape')
  await other
    .getByRole('list', { name: 'By class' })
    .getByRole('button', { name: /^plaintext/ })
    .click()
  await panel
    .getByRole('list', { name: 'Edges' })
    .getByRole('button', { name: worst ?? '' })
    .click()
  await expect(panel.getByRole('heading', { name: 'Layer by layer' })).toBeVisible()
  await expect(panel.getByRole('list', { name: 'What each source told' }).getByRole('listitem').first()).toContainText(
    'last seen',
  )
  await other.keyboard.press('Escape')
  await other.keyboard.press('Escape')
  await other.getByRole('table', { name: 'Coverage by namespace' }).getByRole('row').nth(1).getByRole('button').click()
  await expect(panel.getByRole('list', { name: 'Who told it' }).getByRole('listitem').first()).toBeVisible()
  await other.keyboard.press('Escape')
  await choose(other, 'Unit', 'Bytes')
  await expect(other.getByText('of bytes between nodes')).toBeVisible()
  await choose(other, 'Unit', 'Requests')
  await expect(other.getByRole('button', { name: /^Accept/ })).toHaveCount(0)

  await other.getByRole('link', { name: 'Report' }).click()
  const report = other.getByRole('article')
  await expect(report.getByRole('region', { name: 'Result', exact: true })).toContainText(
    (figure ?? '').replace(/^.*coverage of /, '').replace(' – ', '–'),
  )
  await expect(report.getByRole('region', { name: 'Over time' })).toBeVisible()
  const live = asked.filter(
    ({ pathname, searchParams }) =>
      pathname.startsWith('/api/v1/') && !searchParams.has('frozen') && !/links|saved-views|\/me$/.test(pathname),
  )
  expect(live.map(String)).toEqual([])
  await context.close()
})

test('who sees a part freezes it, and the report names the part', async ({
  browser,
  baseURL,
  request,
  page: admin,
}) => {
  test.setTimeout(200_000)
  const range = await frozenRange(request)
  const page = await (await browser.newContext({ ...nobody, baseURL })).newPage()
  await page.goto('/login')
  await logInAs(page, 'Alice Example')
  await page.goto(`/encryption?${range}&rows=cluster`)
  await expect(headline(page)).toBeVisible()
  const clusters = page.getByRole('table', { name: 'Coverage by cluster' }).getByRole('row')
  await expect(clusters).toHaveCount(2)
  const path = await freeze(page)

  const scope = (of: Page) => of.locator('[data-report] dl')
  await page.goto(`/encryption/report?${range}`)
  await expect(scope(page)).toContainText('namespaces of storefront; all edges that begin or end there')
  // Who opens the link sees what its maker saw, and reads so.
  await admin.goto(path)
  await admin.getByRole('link', { name: 'Report' }).click()
  await expect(scope(admin)).toContainText(/namespaces? .*storefront; all edges that begin or end there/)
  await page.context().close()
})
