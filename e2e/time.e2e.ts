import type { Page } from '@playwright/test'
import { expect, frozenRange, read, readMap, test } from './app'
import { findings } from './axe'
import { choose } from './map-places'

type Marks = { readonly marks: readonly { readonly id: string; readonly at: number; readonly name: string }[] }

const frame = (page: Page) => page.getByRole('slider', { name: 'Shown time', exact: true })
const spanOf = (page: Page) => {
  const { searchParams } = new URL(page.url())
  return [Number(searchParams.get('from')), Number(searchParams.get('to'))] as const
}
const lengthOf = (page: Page) => spanOf(page)[1] - spanOf(page)[0]

test('marks are stable under reload, and those of a service are among all', async ({ request }) => {
  const { window } = await readMap(request, 'last=1h')
  const query = `from=${window.to - 3_600_000}&to=${window.to - 30_000}`
  const first = await read<Marks>(request, `marks?${query}`)
  expect(await read<Marks>(request, `marks?${query}`)).toEqual(first)
  const bff = await read<Marks>(
    request,
    `marks?${query}&sel=${encodeURIComponent('prod-eu-1/storefront/Deployment/bff')}`,
  )
  const all = new Set(first.marks.map(({ id }) => id))
  expect(bff.marks.every(({ id }) => all.has(id))).toBe(true)
})

test('the frame is moved, resized and zoomed by keys, and spoken', async ({ page, request }) => {
  await page.goto(`/?${await frozenRange(request)}`)
  await expect(frame(page)).toHaveAttribute('aria-valuetext', /\d\d:\d\d:\d\d to \d\d:\d\d:\d\d/, { timeout: 60_000 })
  const [from, to] = spanOf(page)
  await frame(page).focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => spanOf(page)[0]).toBeLessThan(from)
  await expect.poll(() => lengthOf(page)).toBe(to - from)
  await page.keyboard.press('+')
  await expect.poll(() => lengthOf(page)).toBeLessThan(to - from)
  const shorter = lengthOf(page)
  await page.getByRole('slider', { name: 'Start of the shown time' }).press('ArrowLeft')
  await expect.poll(() => lengthOf(page)).toBeGreaterThan(shorter)
})

test('dragging on the strip chooses, dragging the frame moves it, a double click goes live', async ({
  page,
  request,
}) => {
  await page.goto(`/?${await frozenRange(request)}`)
  const box = await page.getByRole('img', { name: 'Traffic, errors and denials over time' }).boundingBox()
  if (!box) throw new Error('the strip is not there')
  const at = (share: number) => [box.x + share * box.width, box.y + box.height - 12] as const
  await page.mouse.move(...at(0.2))
  await page.mouse.down()
  await page.mouse.move(...at(0.3), { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => Math.abs(lengthOf(page) - 360_000)).toBeLessThan(30_000)
  const [from, to] = spanOf(page)
  await page.mouse.move(...at(0.25))
  await page.mouse.down()
  await page.mouse.move(...at(0.45), { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => Math.abs(spanOf(page)[0] - from - 720_000)).toBeLessThan(30_000)
  expect(lengthOf(page)).toBe(to - from)
  await page.mouse.dblclick(...at(0.1))
  await expect.poll(() => new URL(page.url()).searchParams.get('from')).toBeNull()
  await expect(page.getByRole('button', { name: 'At the live end' })).toBeDisabled()
})

test('time plays as a film, pauses where it is, and stops at the live end', async ({ page, request }) => {
  await page.goto(`/?${await frozenRange(request)}`)
  await expect(frame(page)).toBeVisible({ timeout: 60_000 })
  await page.getByRole('button', { name: /^Speed/ }).click()
  const [from] = spanOf(page)
  await page.keyboard.press('.')
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
  await expect.poll(() => spanOf(page)[0], { timeout: 20_000 }).toBeGreaterThan(from)
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  const paused = page.url()
  await page.reload()
  expect(page.url()).toBe(paused)
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect(page.getByRole('button', { name: 'At the live end' })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
})

test('a range is typed as people say it, and times are written in UTC', async ({ page }) => {
  await page.goto('/services')
  await page.getByRole('button', { name: /^Time range/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Time range' })
  await dialog.getByText('UTC', { exact: true }).click()
  await page.getByRole('button', { name: /^Time range.*UTC/ }).click()
  await dialog.getByRole('textbox', { name: 'From' }).fill('yesterday 14:00')
  await dialog.getByRole('textbox', { name: 'To' }).fill('10 min ago')
  await dialog.getByRole('button', { name: 'Show' }).click()
  await expect.poll(() => new Date(spanOf(page)[0]).toISOString().slice(11, 16)).toBe('14:00')
  const day = 86_400_000
  expect(Math.floor(Date.now() / day) - Math.floor(spanOf(page)[0] / day)).toBe(1)
})

test('windows are compared on the map, and a count shows those alone', async ({ page, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/?${range}&vs=previous`)
  const bar = page.getByRole('region', { name: 'Comparison' })
  await expect(bar).toHaveAttribute('aria-busy', 'false')
  await expect(bar).toContainText('just before')
  const counts = bar.getByRole('button')
  if ((await counts.count()) > 0) {
    await counts.first().click()
    await expect(counts.first()).toHaveAttribute('aria-pressed', 'true')
    await expect(page).toHaveURL(/differs=/)
  }
  await page.getByRole('button', { name: /^Compare with/ }).click()
  await page.getByRole('menuitemradio', { name: 'Nothing' }).click()
  await expect(bar).toBeHidden()
})

test('a pressed change offers the time before it and after it, by keys too', async ({ page, request }) => {
  const { window } = await readMap(request, 'last=5m')
  const mark = { id: 'deploy/a', at: window.to - 150_000, change: 'changed', kind: 'deploy', from: '1', to: '2' }
  const what = { cluster: 'prod-eu-1', namespace: 'storefront', object: 'Deployment', name: 'bff' }
  await page.route('**/api/v1/marks?*', (route) => route.fulfill({ json: { marks: [{ ...mark, ...what }], total: 1 } }))
  await page.goto(`/?from=${window.to - 300_000}&to=${window.to}`)
  const marks = page.getByRole('list', { name: 'Changes' }).getByRole('button')
  await expect(marks.first()).toBeVisible({ timeout: 60_000 })
  await marks.first().press('Enter')
  const menu = page.getByRole('menu').filter({ hasText: 'Show the time around it' })
  await expect(menu.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await expect(marks.first()).toBeFocused()
  await page.keyboard.press('Enter')
  await menu.getByRole('menuitem', { name: 'Compare before and after' }).press('Enter')
  await expect(page.getByRole('region', { name: 'Comparison' })).toBeVisible()
  const { searchParams } = new URL(page.url())
  const [from, to, versus] = ['from', 'to', 'vs'].map((name) => Number(searchParams.get(name)))
  expect((from ?? 0) - (versus ?? 0)).toBe((to ?? 0) - (from ?? 0))
})

test('strip, comparison and chosen columns are accessible', async ({ page, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/?${range}&vs=previous`)
  await expect(frame(page)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('region', { name: 'Comparison' })).toHaveAttribute('aria-busy', 'false')
  expect(await findings(page)).toEqual([])
  await page.goto(`/services?${range}&vs=previous`)
  await choose(page, 'Group', 'By team')
  await page.getByRole('button', { name: /^Columns/ }).click()
  await expect(page.getByRole('checkbox', { name: 'Callers' })).toBeVisible()
  expect(await findings(page)).toEqual([])
})
