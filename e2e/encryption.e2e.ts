import type { Page } from '@playwright/test'
import { expect, frozenRange, read, remove, test } from './app'
import { findings } from './axe'
import { choose } from './map-places'

type Answer = {
  readonly coverage: { readonly least: number; readonly most: number }
  readonly amounts: Readonly<Record<string, number>>
  readonly groups: readonly { readonly id: string; readonly name: string }[]
  readonly plaintext: readonly Edge[]
  readonly edges: { readonly plaintext: number }
}
type Edge = {
  readonly id: string
  readonly from: { readonly namespace: string; readonly name: string }
  readonly to: { readonly namespace: string; readonly name: string }
  readonly port: number
  readonly why: string
  readonly accepted: { readonly owner: string } | null
}

const panelOf = (page: Page) => page.getByRole('complementary', { name: 'Evidence' })
const plaintextOf = (page: Page) => page.getByRole('table', { name: 'Plaintext edges' })
const answerOf = (request: Parameters<typeof frozenRange>[0], range: string, more = '') =>
  read<Answer>(request, `encryption?${range}&unit=requests${more}`)

/** The figures of `83 – 86 %` or `93.4 %`. */
const boundsOf = (text: string): readonly [number, number] => {
  const [least = Number.NaN, most = least] = [...text.matchAll(/[\d.]+/g)].map(([figure]) => Number(figure))
  return [least, most]
}

test('shows what the API says: bounds, classes, namespaces, plaintext edges with why', async ({ page, request }) => {
  const range = await frozenRange(request)
  const answer = await answerOf(request, range)
  await page.goto(`/encryption?${range}&unit=requests`)
  const headline = page.getByRole('button', { name: /^Evidence of the coverage/ })
  const [least, most] = boundsOf((await headline.textContent()) ?? '')
  expect(Math.abs(least - answer.coverage.least * 100)).toBeLessThan(1)
  expect(Math.abs(most - answer.coverage.most * 100)).toBeLessThan(1)
  await expect(page.getByRole('table', { name: 'Coverage by namespace' }).getByRole('row')).toHaveCount(
    Math.min(10, answer.groups.length) + 1,
  )
  await expect(page.getByRole('img', { name: /^Coverage over time/ })).toBeVisible()
  const [worst] = answer.plaintext
  if (!worst) throw new Error('the demo has plaintext')
  const first = plaintextOf(page).getByRole('row').nth(1)
  await expect(first).toContainText(`${worst.from.name} → `)
  await expect(first).toContainText(worst.why)
})

test('the unit and the rows are chosen, and the URL keeps them', async ({ page, request }) => {
  await page.goto(`/encryption?${await frozenRange(request)}`)
  await choose(page, 'Unit', 'Requests')
  await expect(page).toHaveURL(/unit=requests/)
  await expect(page.getByText('of requests between nodes')).toBeVisible()
  await choose(page, 'Rows', 'Cluster')
  await expect(page.getByRole('table', { name: 'Coverage by cluster' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('table', { name: 'Coverage by cluster' })).toBeVisible()
})

test('a filter narrows every figure', async ({ page, request }) => {
  const range = await frozenRange(request)
  const { plaintext } = await answerOf(request, range, '&q=to:accounts-postgres')
  await page.goto(`/encryption?${range}&unit=requests&q=to:nowhere`)
  await expect(page.getByRole('heading', { name: 'No edge matches' })).toBeVisible()
  await page.goto(`/encryption?${range}&unit=bytes&q=to:accounts-postgres`)
  await expect(page.getByText('of bytes between nodes')).toBeVisible()
  if (plaintext.length === 0) return
  for (const row of await plaintextOf(page).getByRole('row').all())
    await expect(row).toContainText(/accounts-postgres|Edge/)
})

test('every figure opens its evidence, down to one edge, by keyboard, and Escape leads back', async ({
  page,
  request,
}) => {
  const range = await frozenRange(request)
  await page.goto(`/encryption?${range}&unit=requests`)
  const plaintext = page.getByRole('list', { name: 'By class' }).getByRole('button', { name: /^plaintext/ })
  await plaintext.focus()
  await page.keyboard.press('Enter')
  const panel = panelOf(page)
  await expect(panel).toBeFocused()
  await expect(page).toHaveURL(/of=all.*class=plaintext|class=plaintext.*of=all/)
  await expect(panel.getByRole('list', { name: 'Who told it' }).getByRole('listitem').first()).toContainText(
    'plaintext',
  )
  await panel.getByRole('list', { name: 'Edges' }).getByRole('button').first().click()
  await expect(panel.getByRole('heading', { name: 'Layer by layer' })).toBeVisible()
  await expect(panel.getByRole('list', { name: 'What each source told' }).getByRole('listitem').first()).toContainText(
    'last seen',
  )
  await expect(panel.getByRole('link', { name: 'On the map' })).toHaveAttribute('href', /lens=encryption.*sel=/)
  await page.keyboard.press('Escape')
  await expect(panel.getByRole('list', { name: 'Who told it' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(plaintext).toBeFocused()
})

test('the matrix is walked with arrows and opens the evidence of a pair', async ({ page, request }) => {
  await page.goto(`/encryption?${await frozenRange(request)}&unit=requests`)
  const matrix = page.getByRole('table', { name: 'Coverage between namespaces' })
  const cell = matrix.locator('button[tabindex="0"]')
  await cell.focus()
  const first = await cell.getAttribute('aria-label')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(panelOf(page)).toBeVisible()
  await expect(page).toHaveURL(/of=pair/)
  expect(first).toMatch(/ to .*encrypted|stays on its node/)
})

test('plaintext is accepted for a time, stays on the list, and the exception is deleted', async ({ page, request }) => {
  const range = await frozenRange(request)
  for (const { id, owner } of await read<{ id: number; owner: string }[]>(request, 'encryption/exceptions'))
    if (owner === 'team data') await remove(request, `encryption/exceptions/${id}`)
  const before = await answerOf(request, range)
  await page.goto(`/encryption?${range}&unit=requests`)
  const row = plaintextOf(page).getByRole('row').nth(1)
  await row.getByRole('button', { name: /^Accept for a time/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Accept plaintext for a time' })
  await expect(dialog.getByLabel('Edges, as a filter')).toHaveValue(/^from:.+ to:.+ port:\d+$/)
  await dialog.getByLabel(/^Owner/).fill('team data')
  await dialog.getByLabel('Reason').fill('driver without TLS')
  await dialog.getByRole('button', { name: 'Accept' }).click()
  await expect(dialog).toBeHidden()
  await expect(row).toContainText('by team data; it still counts as plaintext')
  const after = await answerOf(request, range)
  const accepted = after.plaintext.filter((edge) => edge.accepted?.owner === 'team data')
  expect(accepted.map(({ id }) => id)).toContain(before.plaintext[0]?.id)
  expect(accepted.length).toBeLessThan(after.plaintext.length)
  expect(after.edges.plaintext).toBeGreaterThanOrEqual(before.edges.plaintext)
  const list = page.getByRole('table', { name: 'Accepted plaintext' })
  await expect(list.getByRole('row').filter({ hasText: 'team data' })).toContainText('driver without TLS')
  await list
    .getByRole('button', { name: /^Delete the exception/ })
    .first()
    .click()
  await expect(row).not.toContainText('team data')
})

test('the report says scope, method and the same figures, and is downloaded', async ({ page, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/encryption?${range}&unit=requests`)
  await page.getByRole('link', { name: 'Report' }).click()
  const report = page.getByRole('article')
  const { edges } = await answerOf(request, range)
  for (const title of ['Result', 'By namespace', 'Plaintext', 'Accepted plaintext', 'Method', 'What is not claimed'])
    await expect(report.getByRole('region', { name: title, exact: true })).toBeVisible()
  await expect(report.getByRole('region', { name: 'Plaintext', exact: true })).toContainText(
    `${edges.plaintext} edge${edges.plaintext === 1 ? ' is' : 's are'} in plaintext`,
  )
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV, coverage' }).click()
  expect((await download).suggestedFilename()).toMatch(/^oriel-encryption-.*\.csv$/)
})

test('the page with its evidence is accessible', async ({ page, request }) => {
  await page.goto(`/encryption?${await frozenRange(request)}&of=all`)
  await expect(panelOf(page).getByRole('list', { name: 'Who told it' })).toBeVisible()
  expect(await findings(page)).toEqual([])
})

test('the dialog that accepts plaintext is accessible', async ({ page, request }) => {
  await page.goto(`/encryption?${await frozenRange(request)}`)
  await page.getByRole('button', { name: 'Accept edges for a time…' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await findings(page)).toEqual([])
})

test('the report is accessible', async ({ page, request }) => {
  await page.goto(`/encryption/report?${await frozenRange(request)}`)
  await expect(page.getByRole('article')).toBeVisible()
  expect(await findings(page)).toEqual([])
})
