import { expect, frozenRange, test } from './app'
import { placesOf, theMap } from './map-places'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('a live link shows the pins and the part of the map that is seen', async ({ page, browser, baseURL, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/?${range}`)
  const place = (await placesOf(page, ['payments'])).get('payments')
  if (!place) throw new Error('payments is drawn')
  const [x, y] = [place.x + place.width / 2, place.y - 5]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 60, y + 45, { steps: 6 })
  await page.mouse.up()
  for (const _ of [1, 2]) await page.getByRole('button', { name: 'Zoom in' }).click()
  const names = ['payments', 'tax', 'fraud']
  const mine = await placesOf(page, names)
  expect(new URL(page.url()).searchParams.get('look')).toBeNull()
  await page.keyboard.press('c')
  await expect(page.getByText('The address of this view is copied')).toBeAttached()
  const copied = new URL(await page.evaluate(() => navigator.clipboard.readText()))
  expect([...copied.searchParams.keys()]).toEqual(['from', 'to', 'look', 'pins', 'places'])

  await page.keyboard.press('s')
  const dialog = page.getByRole('dialog', { name: 'Share this view' })
  await dialog.getByRole('button', { name: 'Make link' }).click()
  const address = dialog.getByRole('textbox', { name: 'Address of the link' })
  await expect(address).toHaveValue(/\/l\//)
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 800 }, colorScheme: 'light' })
  const other = await context.newPage()
  await other.goto(new URL(await address.inputValue()).pathname)
  expect(new URL(other.url()).search).toBe(copied.search)
  const theirs = await placesOf(other, names)
  await expect(theMap(other).locator('[data-pin]')).toHaveCount(1)
  const between = (places: typeof mine, a: string, b: string) => {
    const [p, q] = [places.get(a), places.get(b)]
    if (!p || !q) throw new Error('both are drawn')
    return [p.x - q.x, p.y - q.y] as const
  }
  const [ax, ay] = between(mine, 'payments', 'tax')
  const [bx, by] = between(theirs, 'payments', 'tax')
  const scale = Math.hypot(bx, by) / Math.hypot(ax, ay)
  // Another window has another size; what is seen is the same.
  expect(Math.abs(Math.atan2(ay, ax) - Math.atan2(by, bx))).toBeLessThan(0.05)
  const [cx, cy] = between(theirs, 'fraud', 'tax')
  const [dx, dy] = between(mine, 'fraud', 'tax')
  expect(Math.abs(cx - dx * scale)).toBeLessThan(6)
  expect(Math.abs(cy - dy * scale)).toBeLessThan(6)

  // Whoever opens it keeps their own map as it was.
  await other.goto(`/?${range}`)
  await placesOf(other, names)
  await expect(theMap(other).locator('[data-pin]')).toHaveCount(0)
  await context.close()
})
