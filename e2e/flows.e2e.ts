import { expect, frozenRange, read, test } from './app'
import { drawerOf, firstTime, rowsOf } from './flows-places'
import { pick } from './map-places'

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
