import { expect, frozenRange, type Graph, readMap, test } from './app'
import { findings } from './axe'
import { choose, clickNode, panelOf, placesOf, theMap } from './map-places'

const named = (nodes: readonly { id: string; name: string; type: string }[], name: string) => {
  const node = nodes.find((each) => each.name === name && each.type === 'workload')
  if (!node) throw new Error(`${name} is not there`)
  return node.id
}

test('the map is drawn around a node: callers left, callees right, and Escape leaves', async ({ page, request }) => {
  const range = await frozenRange(request)
  const { nodes } = await readMap(request, range)
  const id = named(nodes, 'payments')
  const around = await readMap(request, `${range}&focus=${encodeURIComponent(id)}&hops=1`)
  await page.goto(`/?${range}`)
  await clickNode(page, 'payments')
  await panelOf(page).getByRole('button', { name: 'Focus' }).click()
  await expect(page).toHaveURL(/focus=/)
  await choose(page, 'Hops', '1 hop')
  await expect(theMap(page)).toHaveAccessibleName(new RegExp(`map, ${around.nodes.length} nodes`))
  const places = await placesOf(page, ['checkout/checkout', 'checkout/payments', 'api.cardnet.example'])
  const x = (name: string) => places.get(name)?.x ?? Number.NaN
  expect(x('checkout/checkout')).toBeLessThan(x('checkout/payments'))
  expect(x('checkout/payments')).toBeLessThan(x('api.cardnet.example'))

  await choose(page, 'Direction', 'Callers')
  await expect(page).toHaveURL(/dir=up/)
  await expect(theMap(page).getByText('api.cardnet.example', { exact: true })).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(panelOf(page)).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/focus=/)
  await expect(theMap(page).getByText('images', { exact: true })).toBeVisible()
})

test('f draws the map around what has the keyboard focus, the same picture each time', async ({ page, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/?${range}&sel=${encodeURIComponent(named((await readMap(request, range)).nodes, 'cart'))}`)
  await expect(panelOf(page).getByRole('heading', { name: 'cart', level: 2 })).toBeVisible()
  await page.keyboard.press('f')
  await expect(page).toHaveURL(/focus=/)
  const names = ['checkout/cart', 'checkout/checkout', 'catalog/pricing']
  const once = await placesOf(page, names)
  await page.reload()
  // Whole pixels of the page: the same place may be rounded either way.
  for (const [name, { x, y }] of await placesOf(page, names)) {
    expect(Math.abs(x - (once.get(name)?.x ?? Number.NaN)), name).toBeLessThanOrEqual(1)
    expect(Math.abs(y - (once.get(name)?.y ?? Number.NaN)), name).toBeLessThanOrEqual(1)
  }
})

test('the matrix has the same calls, walks by keys and opens the edge', async ({ page, request }) => {
  const range = await frozenRange(request)
  const answered = page.waitForResponse((answer) => new URL(answer.url()).pathname === '/api/v1/map')
  await page.goto(`/?${range}`)
  const { edges } = (await (await answered).json()) as Graph
  await expect(theMap(page)).toBeVisible()
  await page.keyboard.press('x')
  await expect(page).toHaveURL(/view=matrix/)
  const matrix = page.getByRole('table', { name: 'Callers and callees' })
  await expect(matrix).toHaveAttribute('aria-rowcount', String(new Set(edges.map(({ from }) => from)).size + 1))
  await expect(matrix).toHaveAttribute('aria-colcount', String(new Set(edges.map(({ to }) => to)).size + 1))
  const cell = matrix.getByRole('button', { name: /^accounts\/identity to accounts\/accounts-postgres: / })
  await cell.focus()
  // It may stand in the first column, never in the last.
  await page.keyboard.press('ArrowRight')
  await expect(cell).not.toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(cell).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(panelOf(page).getByRole('heading', { level: 2 })).toHaveText('identity → accounts-postgres')
})

test('edges are labelled by wish, and only the unwell are shown by wish', async ({ page, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/?${range}`)
  await expect(theMap(page).getByText('images', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: /^Display/ }).click()
  const menu = page.getByRole('dialog', { name: 'Display' })
  await menu.getByRole('radio', { name: 'Protocol' }).check()
  await expect(page).toHaveURL(/labels=protocol/)
  await expect(
    theMap(page)
      .getByText(/^(gRPC|HTTP|TCP) \d+$/)
      .first(),
  ).toBeVisible()
  await menu.getByRole('checkbox', { name: 'Only what is unwell or denied' }).check()
  await expect(page).toHaveURL(/only=unwell/)
  await expect(theMap(page).getByText('reports', { exact: true })).toBeVisible()
  await expect(theMap(page).getByText('images', { exact: true })).toBeHidden()
})

test('what is found is marked on the whole map, counted and stepped through', async ({ page, request }) => {
  const range = await frozenRange(request)
  const { nodes } = await readMap(request, range)
  await page.goto(`/?${range}`)
  const filter = page.getByRole('combobox', { name: 'Find or filter' })
  await filter.fill('postgres')
  await page.getByRole('button', { name: 'Mark on the whole map' }).click()
  await expect(page).toHaveURL(/match=mark/)
  await expect(theMap(page)).toHaveAccessibleName(new RegExp(`map, ${nodes.length} nodes`))
  const count = nodes.filter(({ name }) => name.includes('postgres')).length
  await expect(page.getByRole('status', { name: 'Found' })).toHaveText(`${count} found`)
  await filter.press('Enter')
  await expect(page.getByRole('status', { name: 'Found' })).toHaveText(`1 of ${count}`)
  await filter.press('Enter')
  await expect(page.getByRole('status', { name: 'Found' })).toHaveText(`2 of ${count}`)
})

test('dragging pins, a second node is compared', async ({ page, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/?${range}`)
  const place = (await placesOf(page, ['fraud'])).get('fraud')
  if (!place) throw new Error('fraud is not on the map')
  const [x, y] = [place.x + place.width / 2, place.y - 5]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 60, y + 30, { steps: 4 })
  await page.mouse.up()
  await page.mouse.click(x + 60, y + 30)
  await expect(panelOf(page).getByRole('heading', { name: 'fraud', level: 2 })).toBeVisible()
  await panelOf(page).getByRole('button', { name: 'Unpin' }).click()
  await expect(panelOf(page).getByRole('button', { name: 'Unpin' })).toBeHidden()

  const other = (await placesOf(page, ['payments'])).get('payments')
  await page.keyboard.down('Shift')
  await page.mouse.click((other?.x ?? 0) + (other?.width ?? 0) / 2, (other?.y ?? 0) - 5)
  await page.keyboard.up('Shift')
  const comparison = page.getByRole('complementary', { name: 'Comparison' })
  await expect(comparison.getByRole('columnheader', { name: 'fraud' })).toBeVisible()
  await expect(comparison.getByRole('columnheader', { name: 'payments' })).toBeVisible()
  await expect(comparison.getByRole('row', { name: /^p95/ })).toBeVisible()
})

test('the map around a node and the matrix are accessible', async ({ page, request }) => {
  const range = await frozenRange(request)
  const id = encodeURIComponent(named((await readMap(request, range)).nodes, 'payments'))
  await page.goto(`/?${range}&focus=${id}&lens=encryption`)
  await expect(theMap(page).getByText('checkout/payments', { exact: true })).toBeVisible()
  expect(await findings(page), 'focus').toEqual([])
  await page.goto(`/?${range}&view=matrix&lens=policy`)
  await expect(page.getByRole('table', { name: 'Callers and callees' })).toBeVisible()
  expect(await findings(page), 'matrix').toEqual([])
})

test('a comparison and the display menu are accessible', async ({ page, request }) => {
  const range = await frozenRange(request)
  const { nodes } = await readMap(request, range)
  const [a, b] = [named(nodes, 'payments'), named(nodes, 'cart')].map(encodeURIComponent)
  await page.goto(`/?${range}&sel=${a}&with=${b}`)
  await expect(page.getByRole('complementary', { name: 'Comparison' })).toBeVisible()
  await page.getByRole('button', { name: /^Display/ }).click()
  await expect(page.getByRole('dialog', { name: 'Display' })).toBeVisible()
  expect(await findings(page), 'comparison and display').toEqual([])
})
