import type { Page } from '@playwright/test'
import { expect, frozenRange, test } from './app'
import { findings } from './axe'
import { choose, clickNode, panelOf, theMap } from './map-places'

const shown = async (page: Page, path: string) => {
  if (path === '/') return expect(theMap(page).getByText('payments', { exact: true })).toBeVisible()
  if (path === '/services') return expect(page.getByRole('row').filter({ hasText: 'payments' })).toBeVisible()
  if (path === '/flows') return expect(page.getByRole('row').nth(5)).toBeVisible()
  if (path === '/encryption') return expect(page.getByRole('table', { name: 'Coverage by namespace' })).toBeVisible()
  if (path === '/policies') return expect(page.getByRole('table', { name: 'Policies' })).toBeVisible()
  if (path === '/settings') return expect(page.getByRole('table', { name: 'Roles everywhere' })).toBeVisible()
  if (path === '/links') return expect(page.getByText(/Nothing is shared|Frozen ones hold/)).toBeVisible()
  return expect(page.getByRole('region').first()).toBeVisible()
}

/** These are looked at where their own tests open them. */
const ownTests: ReadonlySet<string> = new Set(['/encryption', '/links', '/settings'])

test('every page of the navigation is accessible', async ({ page, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/?${range}`)
  const links = page.getByRole('navigation', { name: 'Oriel' }).getByRole('link')
  const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  const paths = [...new Set(hrefs.map((href) => href.split('?')[0] ?? ''))]
  expect(paths).toEqual(expect.arrayContaining(['/', '/services', '/flows', '/sources']))
  for (const path of paths) {
    await page.goto(`${path}?${range}`)
    await shown(page, path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    if (!ownTests.has(path)) expect(await findings(page), path).toEqual([])
  }
})

test('the map with its panel, its list, and what floats above are accessible', async ({ page, request }) => {
  await page.goto(`/?${await frozenRange(request)}`)
  await clickNode(page, 'payments')
  await expect(panelOf(page).getByRole('img', { name: 'Latency over time' })).toBeVisible()
  expect(await findings(page), 'panel').toEqual([])
  await choose(page, 'View', 'List')
  await expect(page.getByRole('table', { name: 'Nodes' })).toBeVisible()
  expect(await findings(page), 'list').toEqual([])
  await page.getByRole('button', { name: /^Time range/ }).click()
  await expect(page.getByRole('dialog', { name: 'Time range' })).toBeVisible()
  expect(await findings(page), 'time range').toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: 'Find or filter' }).fill('ver')
  await expect(page.getByRole('option').first()).toBeVisible()
  expect(await findings(page), 'completions').toEqual([])
})

test('the flow detail, the menu, the commands and the help are accessible', async ({ page, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/flows?${range}&view=denied`)
  await expect(page.getByRole('region', { name: 'Denials by cause' }).getByRole('listitem').first()).toBeVisible()
  expect(await findings(page), 'denials').toEqual([])
  await page.goto(`/flows?${range}&view=dns`)
  await expect(page.getByRole('table', { name: 'DNS names' })).toBeVisible()
  expect(await findings(page), 'names').toEqual([])
  await page.goto(`/flows?${range}`)
  await page.getByRole('row').nth(2).click()
  await expect(page.getByRole('term').first()).toBeVisible()
  expect(await findings(page), 'flow').toEqual([])
  await page.getByRole('button', { name: /^Table:/ }).click()
  await expect(page.getByRole('checkbox', { name: 'Reporter' })).toBeVisible()
  expect(await findings(page), 'columns').toEqual([])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('option').first()).toBeVisible()
  expect(await findings(page), 'commands').toEqual([])
  await page.getByRole('option', { name: /Keyboard help/ }).click()
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
  expect(await findings(page), 'help').toEqual([])
})

test('the theme button steps through themes and is remembered', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto('/sources')
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const dark = await background()
  await page.getByRole('button', { name: 'System theme' }).click()
  await expect(page.getByRole('button', { name: 'Light theme' })).toBeVisible()
  await expect.poll(background).not.toBe(dark)
  const light = await background()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Light theme' })).toBeVisible()
  expect(await background()).toBe(light)
})
