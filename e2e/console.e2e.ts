import type { Page } from '@playwright/test'
import { expect, frozenRange, read, readMap, remove, test } from './app'
import { findings } from './axe'

const filterOf = (page: Page) => page.getByRole('combobox', { name: 'Find or filter' })

async function tabTo(page: Page, target: ReturnType<Page['getByRole']>): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error('Tab never reaches it')
}

test('without a mouse: find the sick service, open it, read its flows, go back', async ({ page, request }) => {
  await page.goto(`/services?${await frozenRange(request)}`)
  const rows = page.getByRole('table', { name: 'Services' }).getByRole('row')
  await expect(rows.nth(5)).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('health:failing,degraded')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/q=health/)
  await expect(rows.filter({ hasText: 'payments' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Find a page, a service or a command' })).toBeFocused()
  await page.keyboard.type('payments')
  await expect(page.getByRole('option', { name: /checkout\/payments/, selected: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/services\/[^/]+\/checkout\/Deployment\/payments/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('payments')
  const callee = page.getByRole('table', { name: 'It calls', exact: true }).locator('tbody').getByRole('row').first()
  await expect(callee).toBeVisible()
  await tabTo(page, callee)
  await page.keyboard.press('g')
  await page.keyboard.press('f')
  await expect(page).toHaveURL(/\/flows/)
  // The address is there before the page is that hears keys.
  await expect(page.getByRole('table', { name: 'Flows, newest first' })).toBeVisible()
  await page.keyboard.press('/')
  await expect(filterOf(page)).toBeFocused()
  await page.keyboard.type('from:payments')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/q=from%3Apayments|q=from:payments/)
  // What is typed into the filter is no step of its own.
  await page.goBack()
  await expect(page).toHaveURL(/\/services\/[^/]+\/checkout\/Deployment\/payments/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('payments')
})

test('the filter completes values of the data, lists and parts of an end', async ({ page, request }) => {
  await page.goto(`/services?${await frozenRange(request)}`)
  const filter = filterOf(page)
  await filter.click()
  await page.keyboard.type('ns:chec')
  await expect(page.getByRole('option', { name: /checkout.*edges/ })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(filter).toHaveValue('ns:checkout ')
  await page.keyboard.type('to:is=ext')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(filter).toHaveValue('ns:checkout to:is=external ')
  await expect(page).toHaveURL(/q=ns/)
})

test('a slip in the filter is marked, and mended by one key', async ({ page, request }) => {
  await page.goto(`/services?${await frozenRange(request)}&q=eror:%3E1%25`)
  await expect(filterOf(page)).toHaveAccessibleDescription(/eror: is no field; did you mean error:/)
  await page.getByRole('button', { name: 'error:>1%' }).click()
  await expect(filterOf(page)).toHaveValue('error:>1%')
  await expect(filterOf(page)).toHaveAttribute('aria-invalid', 'false')
})

test('help offers filters that find something here', async ({ page, request }) => {
  await page.goto(`/services?${await frozenRange(request)}`)
  await page.getByRole('button', { name: 'How to filter' }).click()
  const help = page.getByRole('dialog', { name: 'How to filter' })
  const example = help.getByRole('button').filter({ hasText: 'everything in and out of' })
  await expect(example).toBeVisible()
  await expect(help.getByText('Share of responses that are server errors')).toBeVisible()
  expect(await findings(page)).toEqual([])
  await example.click()
  await expect(filterOf(page)).toHaveValue(/^ns:/)
  await expect(page.getByRole('table', { name: 'Services' }).getByRole('row').nth(1)).toBeVisible()
})

test('flows say which terms they cannot tell', async ({ page, request }) => {
  await page.goto(`/flows?${await frozenRange(request)}&q=error:%3E1%25`)
  await expect(page.getByRole('region', { name: 'About the filter' })).toContainText('error:>1% is about figures')
})

test('a view is named, found, pinned as the landing page, renamed and deleted', async ({ page, request }) => {
  const { views } = await read<{ views: { id: number; mine: boolean }[] }>(request, 'saved-views')
  for (const { id, mine } of views) if (mine) await remove(request, `saved-views/${id}`)
  await page.goto('/services?last=1h&q=ns:checkout')
  const list = page.getByRole('region', { name: 'Saved views' })
  await list.getByRole('button', { name: 'Save this view' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save this view' })
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Services · ns:checkout')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Checkout')
  await page.keyboard.press('Enter')
  await expect(list.getByRole('link', { name: 'Checkout' })).toHaveAttribute('aria-current', 'true')
  const menu = async (action: string, view = 'Checkout') => {
    await list.getByRole('button', { name: `What to do with ${view}` }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: action }).click()
  }
  await menu('Open Oriel with it')
  await expect(list.getByText(', Oriel opens with it')).toBeAttached()
  await page.goto('/')
  await expect(page).toHaveURL(/\/services\?last=1h&q=ns/)
  await menu('No longer open with it')
  await expect(list.getByText(', Oriel opens with it')).toHaveCount(0)
  await menu('Rename…')
  await page.getByRole('textbox', { name: 'Name' }).fill('Till')
  await page.keyboard.press('Enter')
  await expect(list.getByRole('link', { name: 'Till' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('till')
  await expect(page.getByRole('option', { name: 'Till' })).toBeVisible()
  await page.keyboard.press('Escape')
  await menu('Delete', 'Till')
  await expect(list.getByRole('link', { name: 'Till' })).toHaveCount(0)
})

test('the first look ticks itself off and can be skipped for good', async ({ page, request }) => {
  await page.goto(`/services?${await frozenRange(request)}`)
  const look = page.getByRole('region', { name: 'First look' })
  await expect(look).toBeVisible()
  await expect(look.getByRole('listitem').filter({ hasText: 'Go back in time' }).getByText('done')).toBeAttached()
  await look.getByRole('button', { name: 'Skip' }).click()
  await expect(look).toBeHidden()
  await page.reload()
  await expect(page.getByRole('table', { name: 'Services' })).toBeVisible()
  await expect(look).toBeHidden()
})

test('every page is usable and accessible at 768 px', async ({ page, request }) => {
  await page.setViewportSize({ width: 768, height: 1024 })
  const range = await frozenRange(request)
  for (const path of ['/', '/services', '/flows', '/sources', '/settings/teams']) {
    await page.goto(`${path}?${range}`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    await expect(page.getByRole('link', { name: 'Services' }).first()).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(768)
    for (const nav of await page.getByRole('navigation').all())
      expect(await nav.evaluate((bar) => bar.scrollWidth - bar.clientWidth), `${path}: what of it is cut`).toBe(0)
    expect(await findings(page), path).toEqual([])
  }
})

test('tables are whole in narrow windows', async ({ page, request }) => {
  test.setTimeout(240_000)
  const range = await frozenRange(request)
  for (const width of [768, 1024]) {
    await page.setViewportSize({ width, height: 1024 })
    for (const [path, name] of [
      [`/?${range}&view=list`, 'Nodes'],
      [`/?${range}&view=list&rows=edges&lens=policy`, 'Edges'],
      [`/services?${range}`, 'Services'],
      [`/flows?${range}`, 'Flows, newest first'],
      [`/encryption?${range}`, 'Plaintext edges'],
      [`/policies?${range}`, 'Policies'],
      [`/policies?${range}&view=coverage`, 'Coverage'],
      ['/settings/members', 'Members'],
      ['/settings/sessions', 'Your sessions'],
    ] as const) {
      await page.goto(path)
      const cut = () =>
        page
          .getByRole('table', { name })
          .evaluate(({ parentElement: box }) => (box ? box.scrollWidth - box.clientWidth : null))
      await expect.poll(cut, `${name} at ${width}`).toBe(0)
    }
    await page.goto(`/policies?${range}&view=board`)
    await expect(page.getByRole('region', { name: /^Tier / }).first()).toBeVisible()
    for (const tier of await page.getByRole('region', { name: /^Tier / }).all()) {
      const { x = 0, width: wide = 0 } = (await tier.boundingBox()) ?? {}
      expect(x + wide, `tiers at ${width}`).toBeLessThanOrEqual(width)
    }
  }
})

test('a matrix that is wider than the window says so and goes on', async ({ page, request }) => {
  await page.setViewportSize({ width: 768, height: 1024 })
  await page.goto(`/?${await frozenRange(request)}&view=matrix`)
  const first = page.getByRole('table', { name: 'Callers and callees' }).getByRole('columnheader').nth(1)
  await expect(first).toBeInViewport()
  await expect(page.getByRole('button', { name: '← More callees' })).toBeDisabled()
  await page.getByRole('button', { name: 'More callees →' }).click()
  await expect(page.getByRole('button', { name: '← More callees' })).toBeEnabled()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(768)
})

test('in a narrow window a panel has the place of the list, and gives the focus back', async ({ page, request }) => {
  await page.setViewportSize({ width: 768, height: 1024 })
  const range = await frozenRange(request)
  for (const [path, name, panel, back] of [
    [`/policies?${range}`, 'Policies', 'Policy', '← All policies'],
    [`/flows?${range}`, 'Flows, newest first', 'Flow', '← All flows'],
  ] as const) {
    await page.goto(path)
    const row = page.getByRole('table', { name }).getByRole('row').nth(3)
    await row.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('complementary', { name: panel })).toBeFocused()
    await expect(page.getByRole('table', { name })).toBeHidden()
    await page.keyboard.press('Escape')
    await expect(row).toBeFocused()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: back }).click()
    await expect(row).toBeFocused()
  }
})

test('a menu pressed before the page is alive has its choices once it is', async ({ page }) => {
  const release = await holdScripts(page)
  await page.goto('/', { waitUntil: 'commit' })
  await page.getByRole('button', { name: /^Level: / }).click()
  release()
  await expect(page.getByRole('menuitemradio', { name: 'Clusters', exact: true })).toBeVisible()
})

test('the map is seen before any script has run, in a browser that has moved nothing', async ({ page, request }) => {
  // Somebody asked lately: the process itself does so every few seconds.
  await readMap(request, 'last=15m')
  const release = await holdScripts(page)
  await expect(async () => {
    await page.goto('/', { waitUntil: 'commit' })
    const still = page.getByRole('status', { name: 'Loading the map' })
    await expect(still.getByText('checkout', { exact: true }).first()).toBeVisible({ timeout: 2_000 })
    await expect(still.getByText('accounts', { exact: true }).first()).toBeVisible()
  }).toPass()
  release()
  await expect(page.getByRole('application', { name: /^Service map/ })).toBeVisible()
})

/** Keeps scripts back until the function that is returned is called. */
async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/*.js', async (route) => {
    await held
    await route.continue()
  })
  return release
}
