import { readFile } from 'node:fs/promises'
import type { Browser, Locator, Page } from '@playwright/test'
import { expect, type Graph, readMap, test } from './app'
import { findings } from './axe'
import { choose, clickNode, panelOf, theMap, uniqueNames } from './map-places'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: 'Share this view' })

async function openShare(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await expect(dialogOf(page)).toBeVisible()
  return dialogOf(page)
}

/** Makes a link of the page and returns its path. */
async function makeLink(page: Page, kind: 'Live' | 'Frozen', title: string): Promise<string> {
  const dialog = await openShare(page)
  await choose(page, 'Kind of link', kind)
  await dialog.getByRole('textbox', { name: 'Title' }).fill(title)
  await dialog.getByRole('button', { name: 'Make link' }).click()
  const address = dialog.getByRole('textbox', { name: 'Address of the link' })
  await expect(address).toHaveValue(/\/l\/[0-9A-Za-z]{22}$/, { timeout: 60_000 })
  await expect(dialog.getByText(/^Copied\. Kept until/)).toBeVisible()
  const made = await address.inputValue()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(made)
  await page.keyboard.press('Escape')
  return new URL(made).pathname
}

/** A page of somebody else: nothing remembered, other window, no stream that could move what is frozen. */
async function elsewhere(browser: Browser, path: string, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 800 }, colorScheme: 'light' })
  const page = await context.newPage()
  await page.goto(path)
  return page
}

const rowsOf = async (page: Page): Promise<string[]> => {
  const table = page.getByRole('table', { name: 'Edges' })
  await expect(table.getByRole('row').nth(3)).toBeVisible()
  return table.getByRole('row').evaluateAll((rows) => rows.map((row) => row.textContent ?? ''))
}

/** Panels of the most unwell are kept first; the name of such a node whose panel has a chart of latency. */
function mostUnwell(graph: Graph): string {
  const names = new Set(uniqueNames(graph))
  const rank = ['failing', 'degraded', 'unknown', 'healthy']
  const [first] = graph.nodes
    .filter(({ name, incoming }) => names.has(name) && typeof incoming?.p95 === 'number')
    .toSorted(
      (a, b) =>
        rank.indexOf(a.health) - rank.indexOf(b.health) ||
        (b.incoming?.requestRate ?? 0) - (a.incoming?.requestRate ?? 0),
    )
  if (!first) throw new Error('no node has a latency')
  return first.name
}

test('a live link opens the same view for somebody else, and can pin the time', async ({ page, browser, baseURL }) => {
  await page.goto('/?last=5m&q=ns:checkout&lens=errors')
  await expect(theMap(page)).toBeVisible()
  const path = await makeLink(page, 'Live', 'Checkout errors')
  const other = await elsewhere(browser, path, baseURL)
  expect(new URL(other.url()).search).toBe('?last=5m&q=ns%3Acheckout&lens=errors')
  await expect(other.getByRole('combobox', { name: 'Find or filter' })).toHaveValue('ns:checkout')
  // Their window is narrower, where the lenses are a menu.
  await expect(other.getByRole('button', { name: 'Lens: Errors' })).toBeVisible()

  const dialog = await openShare(page)
  await dialog.getByRole('checkbox', { name: /^Pin this time/ }).check()
  await dialog.getByRole('button', { name: 'Make link' }).click()
  const address = await dialog.getByRole('textbox', { name: 'Address of the link' }).inputValue()
  await other.goto(new URL(address).pathname)
  await expect(other).toHaveURL(/from=\d+&to=\d+/)
  expect(other.url()).not.toContain('last=')
  await other.context().close()
})

test('a frozen link shows the same figures though the demo moved on', async ({ page, browser, baseURL, request }) => {
  test.setTimeout(240_000)
  await page.goto('/?last=5m&view=list&rows=edges')
  await rowsOf(page)
  const path = await makeLink(page, 'Frozen', 'Before lunch')
  const first = await elsewhere(browser, path, baseURL)
  const asked: string[] = []
  first.on('request', (each) => asked.push(new URL(each.url()).pathname + new URL(each.url()).search))
  const banner = first.getByRole('region', { name: 'Frozen view' })
  await expect(banner).toContainText(/Before lunch\s*Frozen view of .+, made .+ by the local administrator/)
  await expect(first.getByRole('button', { name: /Follow new data/ })).toBeHidden()
  const rows = await rowsOf(first)
  const { window } = await readMap(request, 'last=5m')
  await expect
    .poll(async () => (await readMap(request, 'last=5m')).window.to, { timeout: 90_000, intervals: [2_000] })
    .toBeGreaterThan(window.to + 10_000)
  await first.reload()
  expect(await rowsOf(first)).toEqual(rows)
  expect(asked.filter((each) => each.startsWith('/api/v1/live'))).toEqual([])
  expect(asked.filter((each) => each.startsWith('/api/') && !/frozen=|\/(links|saved-views|me)\b/.test(each))).toEqual(
    [],
  )
  await first.context().close()
})

test.describe('what a frozen view holds', () => {
  test.use({ expectedErrors: /404 \(Not Found\)/ })

  test('panels and pages one click away are in it, other questions are said not to be', async ({
    page,
    browser,
    baseURL,
    request,
  }) => {
    test.setTimeout(240_000)
    await page.goto('/?last=5m')
    const name = mostUnwell(await readMap(request, 'last=5m'))
    await expect(theMap(page).getByText(name, { exact: true })).toBeVisible()
    const path = await makeLink(page, 'Frozen', 'x'.repeat(120))
    const other = await elsewhere(browser, path, baseURL)
    // A title without spaces breaks instead of running over what is beside it.
    const banner = other.getByRole('region', { name: 'Frozen view' })
    await expect(banner).toContainText('xxx')
    expect(await banner.evaluate((box) => box.scrollWidth <= box.clientWidth)).toBe(true)
    await clickNode(other, name)
    await expect(panelOf(other).getByRole('heading', { name, level: 2 })).toBeVisible()
    await expect(panelOf(other).getByRole('img', { name: 'Latency over time' })).toBeVisible()
    await expect(panelOf(other).getByText('Newest flows')).toBeVisible()
    await other.getByRole('navigation', { name: 'Oriel' }).getByRole('link', { name: 'Services' }).click()
    await expect(other.getByRole('row').filter({ hasText: 'payments' }).first()).toBeVisible()
    await expect(other.getByRole('region', { name: 'Frozen view' })).toBeVisible()
    await other.getByRole('combobox', { name: 'Find or filter' }).fill('ns:data')
    await expect(other.getByRole('heading', { name: 'Not part of this frozen view' })).toBeVisible()
    await other.getByRole('region', { name: 'Frozen view' }).getByRole('link', { name: 'Open live' }).click()
    await expect(other.getByRole('button', { name: /Follow new data/, pressed: true })).toBeVisible()
    await expect(other.getByRole('region', { name: 'Frozen view' })).toBeHidden()
    await other.context().close()
  })

  test('a deleted link is gone at once, with a page that says so', async ({ page, request }) => {
    await page.goto('/services?last=5m')
    const path = await makeLink(page, 'Frozen', 'To be deleted')
    await page.goto(path)
    const frozen = page.url()
    await page.goto('/links')
    const row = page.getByRole('row').filter({ hasText: 'To be deleted' })
    await expect(row).toContainText('Frozen')
    await row.getByRole('button', { name: 'Delete To be deleted' }).click()
    await expect(row).toBeHidden()
    expect((await request.get(path)).status()).toBe(404)
    for (const address of [path, frozen]) {
      await page.goto(address)
      await expect(page.getByRole('heading', { name: 'This link leads nowhere any more' })).toBeVisible()
    }
  })
})

test('all links of a person are taken back at once', async ({ page, request, baseURL }) => {
  for (const title of ['First of two', 'Second of two'])
    await request.post('/api/v1/links', { headers: { origin: baseURL ?? '' }, data: { path: '/', title } })
  await page.goto('/links')
  const rows = page.getByRole('row').filter({ hasText: 'of two' })
  await expect(rows).toHaveCount(2)
  await page.getByRole('button', { name: 'Delete all links of a person' }).click()
  await page.getByRole('menuitem', { name: /^Delete \d+ links of the local administrator$/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete all' }).click()
  await expect(rows).toHaveCount(0)
})

test('a page elsewhere cannot make or delete a link', async ({ request }) => {
  const post = (headers: Record<string, string>) => request.post('/api/v1/links', { headers, data: { path: '/' } })
  expect((await post({ origin: 'https://evil.example' })).status()).toBe(403)
  expect((await post({ 'sec-fetch-site': 'cross-site' })).status()).toBe(403)
  expect((await post({ 'content-type': 'text/plain' })).status()).toBe(400)
  expect((await request.delete('/api/v1/links/1', { headers: { origin: 'https://evil.example' } })).status()).toBe(403)
  expect((await request.get('/l/xxxxxxxxxxxxxxxxxxxxxx')).status()).toBe(404)
})

test('the map is saved as pictures, data and texts', async ({ page, request }) => {
  const { window } = await readMap(request, 'last=5m')
  const range = `from=${window.to - 300_000}&to=${window.to - 60_000}`
  await page.goto(`/?${range}`)
  await expect(theMap(page).getByText('payments', { exact: true })).toBeVisible()
  const { nodes, edges } = await readMap(request, range)
  const dialog = await openShare(page)
  const saved = async (group: string, button: string) => {
    const coming = page.waitForEvent('download')
    await dialog.getByRole('group', { name: group }).getByRole('button', { name: button }).click()
    const file = await coming
    return { name: file.suggestedFilename(), content: await readFile(await file.path()) }
  }
  const svg = await saved('Picture', 'SVG')
  expect(svg.name).toMatch(/^oriel-map-\d{8}-\d{4}\.svg$/)
  const drawn = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml')
    const root = parsed.documentElement
    return {
      error: parsed.querySelector('parsererror')?.textContent ?? null,
      texts: [...root.querySelectorAll('text')].map((each) => each.textContent),
      size: [Number(root.getAttribute('width')), Number(root.getAttribute('height'))],
      scripts: root.querySelectorAll('script, foreignObject, style, image').length,
    }
  }, svg.content.toString())
  expect(drawn).toMatchObject({ error: null, scripts: 0 })
  expect(drawn.texts).toContain('payments')
  expect(drawn.texts.some((each) => /^outside \d+$/.test(each ?? ''))).toBe(true)
  expect(drawn.texts.join(' ')).toMatch(/\d{4}-\d{2}-\d{2} \d{2}:\d{2} to/)
  expect(svg.content.toString()).not.toMatch(/var\(|class=|style=|data-/)

  const png = await saved('Picture', 'PNG')
  expect(png.content.subarray(1, 4).toString()).toBe('PNG')
  const [width = 0, height = 0] = drawn.size
  const scale = png.content.readUInt32BE(16) / width
  expect(scale).toBeGreaterThan(1)
  expect(png.content.readUInt32BE(20) / height).toBeCloseTo(scale, 2)

  expect((await saved('Data', 'Edges CSV')).content.toString().trimEnd().split('\r\n')).toHaveLength(edges.length + 1)
  expect((await saved('Data', 'Nodes CSV')).content.toString().trimEnd().split('\r\n')).toHaveLength(nodes.length + 1)
  const matrix = (await saved('Data', 'Matrix CSV')).content.toString().trimEnd().split('\r\n')
  expect(matrix).toHaveLength(new Set(edges.map(({ from }) => from)).size + 1)
  const json = JSON.parse((await saved('Data', 'JSON')).content.toString()) as { edges: unknown[] }
  expect(json.edges).toHaveLength(edges.length)
  const mermaid = (await saved('Mermaid', 'Download')).content.toString()
  expect(mermaid).toMatch(/^---\ntitle: "Service map.*"\n---\nflowchart LR\n/)
  expect(mermaid.match(/^  subgraph/gm)?.length).toBe(mermaid.match(/^  end$/gm)?.length)
  expect(mermaid.match(/^  n\d+ [-=.>x]+\|".*"\| n\d+$/gm)?.length).toBe(Math.min(250, edges.length))
  const dot = (await saved('Graphviz DOT', 'Download')).content.toString()
  expect(dot.match(/^  n\d+ -> n\d+ \[.*\];$/gm)?.length).toBe(edges.length)
  await dialog.getByRole('group', { name: 'Mermaid' }).getByRole('button', { name: 'Copy' }).click()
  await expect(dialog.getByText('The Mermaid text is copied.')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(mermaid)
})

test('a key copies the address of the view, another opens the dialog', async ({ page }) => {
  await page.goto('/services?last=1h')
  await expect(page.getByRole('row').nth(3)).toBeVisible()
  await page.keyboard.press('c')
  await expect(page.getByText('The address of this view is copied')).toBeAttached()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
  await page.keyboard.press('s')
  await expect(dialogOf(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialogOf(page)).toBeHidden()
})

test('on paper there is the page alone, light, with all its rows', async ({ page, request }) => {
  const { window } = await readMap(request, 'last=5m')
  const range = `from=${window.to - 300_000}&to=${window.to - 60_000}`
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(`/?${range}&view=list&rows=edges`)
  const table = page.getByRole('table', { name: 'Edges' })
  await expect(table).toBeVisible()
  const { edges } = await readMap(request, range)
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expect(table.getByRole('row')).toHaveCount(edges.length + 1)
  await expect(page.getByRole('navigation', { name: 'Oriel' })).toBeHidden()
  await expect(page.getByText(/\d{2}:\d{2} to \d{4}/)).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('light')
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await page.emulateMedia({ media: 'screen', colorScheme: 'dark' })
  expect(await page.evaluate(() => document.documentElement.dataset.theme ?? 'none')).toBe('none')

  await page.goto(`/?${range}`)
  await expect(theMap(page).getByText('payments', { exact: true })).toBeVisible()
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await page.emulateMedia({ media: 'print' })
  await expect(theMap(page)).toBeHidden()
  await expect(page.locator('[data-print-map] svg').getByText('payments', { exact: true })).toBeVisible()
  // What needs attention stands below, over the whole width, and nothing empty between.
  const [paper, attention] = await Promise.all([
    page.locator('[data-print-map]').boundingBox(),
    page.getByRole('complementary', { name: 'Needs attention' }).boundingBox(),
  ])
  expect(attention?.width).toBe(paper?.width)
  expect((attention?.y ?? 0) - ((paper?.y ?? 0) + (paper?.height ?? 0))).toBeLessThan(200)
  await expect(page.getByRole('button', { name: /^Level: / })).toBeHidden()
  expect((await page.pdf()).subarray(0, 4).toString()).toBe('%PDF')
})

test('the dialog, the list of links and a frozen view are accessible', async ({ page }) => {
  test.setTimeout(240_000)
  await page.goto('/?last=5m')
  await expect(theMap(page).getByText('payments', { exact: true })).toBeVisible()
  const path = await makeLink(page, 'Frozen', 'For axe')
  await openShare(page)
  await expect(dialogOf(page).getByRole('region', { name: 'Export' })).toBeVisible()
  expect(await findings(page), 'dialog').toEqual([])
  await page.goto('/links')
  await expect(page.getByRole('row').filter({ hasText: 'For axe' })).toBeVisible()
  expect(await findings(page), 'links').toEqual([])
  await page.goto(path)
  await expect(page.getByRole('region', { name: 'Frozen view' })).toBeVisible()
  await expect(theMap(page).getByText('payments', { exact: true })).toBeVisible()
  expect(await findings(page), 'frozen').toEqual([])
})
