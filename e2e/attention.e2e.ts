import type { APIRequestContext, Page } from '@playwright/test'
import { expect, frozenRange, read, readMap, test } from './app'
import { findings } from './axe'
import { panelOf, theMap } from './map-places'

type Attention = {
  readonly findings: readonly {
    readonly title: string
    readonly subject: string | null
    readonly affected: readonly { readonly name: string }[]
  }[]
}

const attentionOf = (page: Page) => page.getByRole('complementary', { name: 'Needs attention' })
const culprit = 'api.cardnet.example'

/** A span that stands still in which the card provider is slow and fails, as a query. */
async function incident(request: APIRequestContext): Promise<string> {
  let range = ''
  await expect(async () => {
    const { window } = await readMap(request, 'last=5m')
    const query = `from=${window.to - 240_000}&to=${window.to - 30_000}`
    const { findings } = await read<Attention>(request, `findings?${query}`)
    expect(findings[0]?.title).toContain(culprit)
    range = query
  }).toPass({ timeout: 120_000, intervals: [3_000] })
  return range
}

test('the first thing that is said is the guilty dependency, with whom it reaches', async ({ page, request }) => {
  const range = await incident(request)
  await page.goto(`/?${range}`)
  const first = attentionOf(page).getByRole('listitem').first()
  await expect(first).toContainText(`payments → ${culprit}`)
  await expect(first).toContainText('server errors')
  for (const name of ['payments', 'checkout', 'bff'])
    // Who is worse off than the dependency itself is called so.
    await expect(first.getByRole('button', { name: new RegExp(`^(failing: )?${name}$`) })).toBeVisible()
})

test('a click leads to the edge, whose panel says why; the panel of a victim leads there too', async ({
  page,
  request,
}) => {
  const range = await incident(request)
  await page.goto(`/?${range}&level=namespace`)
  await attentionOf(page)
    .getByRole('button', { name: new RegExp(`payments → ${culprit}`) })
    .click()
  await expect(panelOf(page).getByRole('heading', { level: 2 })).toHaveText(`payments → ${culprit}`)
  await expect(panelOf(page).getByText(/^(Failing|Degraded)/)).toBeVisible()
  const { findings } = await read<Attention>(request, `findings?${range}`)
  await expect(page).toHaveURL((url) => url.searchParams.get('sel') === findings[0]?.subject)
  await page.keyboard.press('Escape')
  await attentionOf(page)
    .getByRole('button', { name: /^(failing: )?checkout$/ })
    .first()
    .click()
  await expect(panelOf(page).getByText(/begin .* on: payments → api\.cardnet\.example/)).toBeVisible()
  await panelOf(page)
    .getByRole('button', { name: `Show payments → ${culprit}` })
    .click()
  await expect(panelOf(page).getByRole('heading', { level: 2 })).toHaveText(`payments → ${culprit}`)
})

test('it folds away by keyboard and stays so', async ({ page }) => {
  await page.goto('/')
  await expect(attentionOf(page).getByRole('heading', { name: 'Needs attention' })).toBeVisible()
  await page.getByRole('button', { name: 'Fold away what needs attention' }).focus()
  await page.keyboard.press('Enter')
  const unfold = page.getByRole('button', { name: /^Show what needs attention/ })
  await expect(unfold).toBeFocused()
  await page.reload()
  await expect(theMap(page)).toBeVisible()
  await expect(unfold).toBeVisible()
  await unfold.press('Enter')
  await expect(attentionOf(page).getByRole('heading', { name: 'Needs attention' })).toBeVisible()
})

test('a service says what reaches it', async ({ page, request }) => {
  const range = await incident(request)
  const { nodes } = await readMap(request, range)
  const bff = nodes.find(({ name }) => name === 'bff')
  await page.goto(`/services/prod-eu-1/${bff?.namespace}/${bff?.kind}/bff?${range}`)
  await expect(page.getByRole('region', { name: 'Needs attention' })).toContainText(`payments → ${culprit}`)
})

test('what needs attention is accessible, open and folded', async ({ page, request }) => {
  await page.goto(`/?${await incident(request)}`)
  await expect(attentionOf(page).getByRole('listitem').first()).toBeVisible()
  expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: 'Fold away what needs attention' }).click()
  expect(await findings(page)).toEqual([])
})

test('how many findings are unwell stands beside the map in the navigation', async ({ page, request }) => {
  const range = await frozenRange(request)
  const { counts } = await read<{ counts: { failing: number; degraded: number } }>(request, `findings?${range}`)
  await page.goto(`/services?${range}`)
  const link = page.getByRole('navigation', { name: 'Oriel' }).getByRole('link', { name: /^Map/ })
  const n = counts.failing + counts.degraded
  const words = `${n} finding${n === 1 ? ' needs' : 's need'} attention`
  await expect(link).toHaveAccessibleName(n > 0 ? `Map ${words}` : /^Map( something could not be seen)?$/)
})
