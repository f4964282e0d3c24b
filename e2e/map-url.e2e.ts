import { expect, frozenRange, readMap, test } from './app'
import { choose, clickNode, panelOf, placesOf, theMap, uniqueNames } from './map-places'

const param = (url: string, name: string) => new URL(url).searchParams.get(name)

test('the list has the same nodes and edges and the same selection', async ({ page, request }) => {
  const range = await frozenRange(request)
  const { nodes, edges } = await readMap(request, range)
  await page.setViewportSize({ width: 1440, height: 5200 })
  await page.goto(`/?${range}`)
  await clickNode(page, 'payments')
  await choose(page, 'View', 'List')
  await expect(page).toHaveURL(/view=list/)
  const listed = page.getByRole('table', { name: 'Nodes' })
  await expect(listed).toHaveAttribute('aria-rowcount', String(nodes.length + 1))
  await expect(listed.getByRole('button', { name: 'payments', pressed: true })).toBeVisible()
  await expect(panelOf(page).getByRole('heading', { name: 'payments', level: 2 })).toBeVisible()

  await choose(page, 'Rows', 'Edges')
  const table = page.getByRole('table', { name: 'Edges' })
  await expect(table.getByRole('row')).toHaveCount(edges.length + 1)
  const label = (id: string) => {
    const node = nodes.find((each) => each.id === id)
    return node?.namespace ? `${node.namespace}/${node.name}` : (node?.name ?? '')
  }
  const rows = await table
    .getByRole('row')
    .evaluateAll((all) =>
      all.slice(1).map((row) => [...row.children].slice(0, 3).map((cell) => cell.textContent ?? '')),
    )
  // Spans know no port of a queue; the demo's are Kafka's.
  const wanted = edges.map(({ from, to, port }) => `${label(from)} ${label(to)} ${port || 'Kafka'}`)
  expect(rows.map(([from, to, port]) => `${from} ${to} ${port?.split(' ').at(-1)}`).toSorted()).toEqual(
    wanted.toSorted(),
  )

  await table
    .getByRole('row')
    .filter({ hasText: 'data/reports' })
    .filter({ hasText: 'accounts-postgres' })
    .getByRole('button')
    .click()
  await expect(panelOf(page).getByRole('heading', { level: 2 })).toHaveText('reports → accounts-postgres')
  await choose(page, 'View', 'Map')
  await expect(theMap(page)).toBeVisible()
  await expect(panelOf(page).getByRole('heading', { level: 2 })).toHaveText('reports → accounts-postgres')
})

test('the filter narrows the map, and what matches nothing says so', async ({ page, request }) => {
  const range = await frozenRange(request)
  const narrow = await readMap(request, `${range}&q=ns:checkout`)
  const all = await readMap(request, range)
  expect(narrow.nodes.length).toBeLessThan(all.nodes.length)
  await page.goto(`/?${range}`)
  const filter = page.getByRole('combobox', { name: 'Find or filter' })
  await filter.fill('ns:checkout')
  await expect(theMap(page)).toHaveAccessibleName(
    new RegExp(`map, ${narrow.nodes.length} nodes and ${narrow.edges.length} edges`),
  )
  await expect(page).toHaveURL(/q=ns(:|%3A)checkout/)
  await expect(theMap(page).getByText('payments', { exact: true })).toBeVisible()
  await expect(theMap(page).getByText('dashboards', { exact: true })).toBeHidden()
  await filter.fill('ns:nowhere')
  await expect(page.getByRole('heading', { name: 'Nothing matches the filter' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(theMap(page)).toHaveAccessibleName(new RegExp(`map, ${all.nodes.length} nodes`))
})

test('a reload shows the same view: everything is in the URL', async ({ page, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/?${range}`)
  await clickNode(page, 'payments')
  await panelOf(page).getByRole('button').filter({ hasText: 'fraud' }).click()
  await choose(page, 'Lens', 'Latency')
  await page.getByRole('combobox', { name: 'Find or filter' }).fill('ns:checkout')
  await expect(page).toHaveURL(/q=/)
  const look = async () => {
    const name = await theMap(page).getAttribute('aria-label')
    return {
      name,
      heading: await panelOf(page).getByRole('heading', { level: 2 }).innerText(),
      filter: await page.getByRole('combobox', { name: 'Find or filter' }).inputValue(),
      lens: await page.getByRole('radio', { name: 'Latency' }).isChecked(),
      range: await page.getByRole('button', { name: /^Time range/ }).innerText(),
      places: [...(await placesOf(page, ['payments', 'fraud', 'tax', 'cart']))],
    }
  }
  await expect(theMap(page).getByText('dashboards', { exact: true })).toBeHidden()
  const before = await look()
  const url = page.url()
  await page.reload()
  await expect(panelOf(page).getByRole('heading', { level: 2 })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Time range/ })).toContainText(':')
  expect(await look()).toEqual(before)
  expect(page.url()).toBe(url)
})

test('nodes stay where they were after a reload', async ({ page, request }) => {
  const range = await frozenRange(request)
  const names = uniqueNames(await readMap(request, range))
  await page.goto(`/?${range}`)
  const before = await placesOf(page, names)
  await page.reload()
  expect(await placesOf(page, names)).toEqual(before)
})

test('the back button undoes a selection, a lens, a view and a table', async ({ page, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/?${range}`)
  await clickNode(page, 'payments')
  await expect(panelOf(page)).toBeVisible()
  await choose(page, 'Lens', 'Errors')
  await expect(page).toHaveURL(/lens=errors/)
  await choose(page, 'View', 'List')
  await expect(page.getByRole('table', { name: 'Nodes' })).toBeVisible()
  await choose(page, 'Rows', 'Edges')
  await expect(page.getByRole('table', { name: 'Edges' })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('table', { name: 'Nodes' })).toBeVisible()
  await page.goBack()
  await expect(theMap(page)).toBeVisible()
  await expect(page.getByRole('radio', { name: 'Errors' })).toBeChecked()
  await page.goBack()
  await expect(page.getByRole('radio', { name: 'Health' })).toBeChecked()
  await expect(panelOf(page)).toBeVisible()
  await page.goBack()
  await expect(panelOf(page)).toBeHidden()
})

test('time presets and an absolute range', async ({ page }) => {
  await page.goto('/')
  const picker = page.getByRole('button', { name: /^Time range/ })
  await expect(picker).toContainText('last 15 min')
  await picker.click()
  await page.getByRole('dialog', { name: 'Time range' }).getByRole('button', { name: 'last hour' }).click()
  await expect(page).toHaveURL(/last=1h/)
  await expect(picker).toContainText('last hour')
  await expect(page.getByRole('button', { name: /Follow new data/, pressed: true })).toBeVisible()

  await picker.click()
  const dialog = page.getByRole('dialog', { name: 'Time range' })
  await dialog.getByRole('textbox', { name: 'From' }).fill('soon')
  await dialog.getByRole('button', { name: 'Show' }).click()
  await expect(dialog.getByRole('alert')).toHaveText(/Write the start as/)
  await dialog.getByRole('textbox', { name: 'From' }).fill('2026-01-02 10:00')
  await dialog.getByRole('textbox', { name: 'To' }).fill('2026-01-02 10:30')
  await dialog.getByRole('button', { name: 'Show' }).click()
  await expect(dialog).toBeHidden()
  await expect(picker).toContainText('10:00 – 10:30')
  const local = (text: string) => page.evaluate((time) => Date.parse(time), text)
  expect(param(page.url(), 'from')).toBe(String(await local('2026-01-02T10:00')))
  expect(param(page.url(), 'to')).toBe(String(await local('2026-01-02T10:30')))
  await expect(page.getByRole('heading', { name: 'Nothing is known of this time' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Follow new data: Paused' })).toBeVisible()
  await page.getByRole('button', { name: 'Follow new data: Paused' }).click()
  await expect(theMap(page)).toBeVisible()
})

test('a selection that cannot be an id leaves the address, and nobody is asked about it', async ({ page }) => {
  const asked: string[] = []
  page.on('request', (one) => {
    if (new URL(one.url()).pathname.startsWith('/api/') && param(one.url(), 'sel')) asked.push(one.url())
  })
  for (const sel of ['x'.repeat(3_000), '%00']) {
    await page.goto(`/?sel=${sel}`)
    await expect(page.getByRole('complementary', { name: 'Needs attention' })).toBeVisible()
    await expect(page).not.toHaveURL(/sel=/)
  }
  expect(asked).toEqual([])
})
