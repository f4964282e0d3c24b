import type { Page } from '@playwright/test'
import { expect, frozenRange, read, readMap, test } from './app'
import { panelOf, placesOf, theMap } from './map-places'

/** What was last said to a screen reader. */
const spoken = (page: Page) => page.getByRole('status').filter({ hasText: /./ }).last()

/** Tabs until an element has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: ReturnType<Page['getByRole']>): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error('Tab never reaches it')
}

test('letters lead to pages, and their names are spoken', async ({ page }) => {
  await page.goto('/')
  await expect(theMap(page)).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page).toHaveURL(/\/services/)
  await expect(spoken(page)).toHaveText(/^Services/)
  await page.keyboard.press('g')
  await page.keyboard.press('f')
  await expect(page).toHaveURL(/\/flows/)
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await expect(page).toHaveURL(/\/sources/)
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await expect(page).toHaveURL(/\/(\?|$)/)
  await expect(theMap(page)).toBeVisible()
  await expect(spoken(page)).toHaveText(/^Map/)
})

test('/ goes to the filter, which completes; Escape closes, clears and leaves', async ({ page }) => {
  await page.goto('/')
  await expect(theMap(page)).toBeVisible()
  await page.keyboard.press('/')
  const filter = page.getByRole('combobox', { name: 'Find or filter' })
  await expect(filter).toBeFocused()
  await page.keyboard.type('verd')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(filter).toHaveValue('verdict:')
  await page.keyboard.type('denied')
  await expect(page).toHaveURL(/q=verdict/)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(filter).toHaveValue('')
  await page.keyboard.press('Escape')
  await expect(filter).not.toBeFocused()
  await expect(page).not.toHaveURL(/q=/)
})

test('the command menu finds a service and opens it', async ({ page }) => {
  await page.goto('/sources')
  await expect(page.getByRole('navigation', { name: 'Oriel' }).getByText(/\d+ sources/)).toBeVisible()
  for (const keys of ['Meta+k', 'Control+k']) {
    await page.keyboard.press(keys)
    await expect(page.getByRole('dialog', { name: 'Command menu' })).toBeVisible()
    await expect(page.getByRole('combobox', { name: 'Find a page, a service or a command' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  }
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Find a page, a service or a command' })).toBeFocused()
  await page.keyboard.type('fraud')
  await expect(page.getByRole('option', { name: /checkout\/fraud/, selected: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/services\/[^/]+\/checkout\/Deployment\/fraud/)
  await expect(page.getByRole('table', { name: 'Calls it' })).toBeVisible()
})

test('the command menu finds pages below those of the navigation, and the way out', async ({ page }) => {
  await page.goto('/sources')
  await expect(page.getByRole('navigation', { name: 'Oriel' }).getByText(/\d+ sources/)).toBeVisible()
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: 'Find a page, a service or a command' })
  await field.fill('log out')
  await expect(page.getByRole('option', { name: 'Log out' })).toBeVisible()
  await field.fill('new policy')
  await expect(page.getByRole('option', { name: 'Edit policies' })).toBeVisible()
  await field.fill('audit')
  await expect(page.getByRole('option', { name: 'Audit', selected: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/settings/audit')
})

test('? lists the shortcuts, and single keys can be turned off', async ({ page }) => {
  await page.goto('/services')
  await expect(page.getByRole('table', { name: 'Services' })).toBeVisible()
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard' })
  await expect(sheet).toBeVisible()
  for (const words of ['Command menu', 'Find or filter', 'Map or list', 'Nearest neighbour along an edge'])
    await expect(sheet.getByText(words, { exact: true })).toBeVisible()
  await sheet.getByRole('checkbox', { name: 'Single keys do something on this device' }).uncheck()
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await page.keyboard.press('/')
  await expect(page.getByRole('combobox', { name: 'Find or filter' })).not.toBeFocused()
  await expect(page).toHaveURL(/\/services/)
})

test('arrows walk along edges and say where one is; Enter opens, Escape closes, l lists', async ({ page, request }) => {
  const range = await frozenRange(request)
  const { nodes, edges } = await readMap(request, range)
  const idOf = (text: string) => {
    const [name = '', where = ''] = text.split('; ')[0]?.split(', ') ?? []
    return nodes.find(
      (node) => node.name === name && (node.namespace === '' || where === `namespace ${node.namespace}`),
    )
  }
  await page.goto(`/?${range}`)
  await placesOf(page, ['payments', 'bff'])
  await tabTo(page, theMap(page))
  await expect(spoken(page)).toHaveText(/^[\w.-]+, .*; \d+ callers?, \d+ callees?/)
  const start = await spoken(page).innerText()
  // Some direction has a neighbour; which, the layout decides.
  for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp']) {
    await page.keyboard.press(key)
    if ((await spoken(page).innerText()).trim() !== start.trim()) break
  }
  const next = await spoken(page).innerText()
  const [from, to] = [idOf(start)?.id, idOf(next)?.id]
  expect(to).toBeDefined()
  expect(from).not.toBe(to)
  expect(
    edges.some((edge) => [edge.from, edge.to].includes(from ?? '') && [edge.from, edge.to].includes(to ?? '')),
  ).toBe(true)

  await page.keyboard.press('n')
  await expect(spoken(page)).toHaveText(/^[\w.-]+ to [\w.-]+, (port \d+|\d+ edges?), \w+/)
  const [, source, target] = /^([\w.-]+) to ([\w.-]+),/.exec(await spoken(page).innerText()) ?? []
  await page.keyboard.press('Enter')
  await expect(panelOf(page).getByRole('heading', { level: 2 })).toHaveText(`${source} → ${target}`)
  await page.keyboard.press('Escape')
  await expect(panelOf(page)).toBeHidden()
  // The address follows a moment later; what is pressed faster than any hand would meet the old one.
  await expect(page).not.toHaveURL(/[?&]sel=/)
  await expect(theMap(page)).toBeFocused()
  await page.keyboard.press('Backspace')
  await expect(spoken(page)).toContainText(next.trim().split(';')[0] ?? '')
  await page.keyboard.press('Enter')
  await expect(panelOf(page).getByRole('heading', { level: 2 })).toHaveText(idOf(next)?.name ?? '')
  await expect(page).toHaveURL(/[?&]sel=/)

  await page.keyboard.press('l')
  const list = page.getByRole('table', { name: 'Nodes' })
  await expect(list.getByRole('button', { pressed: true })).toHaveText(idOf(next)?.name ?? '')
  await page.keyboard.press('l')
  await expect(theMap(page)).toBeVisible()
})

test('rows of tables are walked with arrows and opened with Enter', async ({ page, request }) => {
  await page.goto(`/flows?${await frozenRange(request)}`)
  const rows = page.getByRole('table', { name: 'Flows, newest first' }).getByRole('row')
  await expect(rows.nth(3)).toBeVisible()
  await tabTo(page, page.getByRole('link', { name: 'Skip to the flows' }))
  await page.keyboard.press('Enter')
  await tabTo(page, rows.nth(1))
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(rows.nth(3)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'Flow', exact: true })).toBeVisible()
  await expect(rows.nth(3)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('complementary', { name: 'Flow', exact: true })).toBeHidden()
})

test('time by keys: t chooses, [ looks back, Space pauses and goes live', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Follow new data: Live' })).toBeVisible()
  await page.keyboard.press('Space')
  await expect(page.getByRole('button', { name: 'Follow new data: Paused' })).toBeVisible()
  const to = Number(new URL(page.url()).searchParams.get('to'))
  await page.keyboard.press('[')
  await expect.poll(() => Number(new URL(page.url()).searchParams.get('to'))).toBeLessThan(to)
  await page.keyboard.press('Space')
  await expect(page).not.toHaveURL(/from=/)
  await page.keyboard.press('t')
  await expect(page.getByRole('dialog', { name: 'Time range' }).getByRole('button', { pressed: true })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Time range' })).toBeHidden()
})

type Attention = { readonly findings: readonly { readonly title: string; readonly subject: string | null }[] }

test('by keys alone: from the finding to the guilty edge, and a link to exactly that', async ({ page, request }) => {
  const { window } = await readMap(request, 'last=15m')
  const range = `from=${window.to - 840_000}&to=${window.to - 30_000}`
  const { findings } = await read<Attention>(request, `findings?${range}`)
  const first = findings.find(({ subject }) => subject?.includes('|'))
  if (!first?.subject) throw new Error('no edge is in trouble in this time')
  await page.goto(`/?${range}`)
  const finding = page
    .getByRole('complementary', { name: 'Needs attention' })
    .getByRole('button', { name: new RegExp(first.title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)) })
  await expect(finding).toBeVisible()
  await tabTo(page, finding)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL((url) => url.searchParams.get('sel') === first.subject)
  await expect(panelOf(page).getByRole('heading', { level: 2 })).toContainText('→')

  await page.keyboard.press('s')
  const dialog = page.getByRole('dialog', { name: /^Share/ })
  await expect(dialog).toBeVisible()
  await tabTo(page, dialog.getByRole('button', { name: 'Make link' }))
  await page.keyboard.press('Enter')
  const link = dialog.getByRole('textbox', { name: 'Address of the link' })
  await expect(link).toHaveValue(/\/l\//, { timeout: 60_000 })
  const address = await link.inputValue()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.goto(address)
  await expect(page).toHaveURL((url) => url.searchParams.get('sel') === first.subject)
  await expect(panelOf(page).getByRole('heading', { level: 2 })).toContainText('→')
})
