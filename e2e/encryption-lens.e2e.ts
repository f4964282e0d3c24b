import type { APIRequestContext, Page } from '@playwright/test'
import { expect, frozenRange, read, test } from './app'
import { findings } from './axe'
import { choose, panelOf, placesOf, theMap } from './map-places'

type Edge = { readonly id: string; readonly encryption: { readonly summary: string } }
type Graph = {
  readonly nodes: readonly { readonly id: string; readonly name: string }[]
  readonly edges: readonly (Edge & { readonly from: string; readonly to: string })[]
}

const words: Readonly<Record<string, string>> = {
  plaintext: 'plaintext',
  mixed: 'partly encrypted',
  unknown: 'no evidence',
  mtls: 'mTLS',
  'mtls+tunnel': 'mTLS in a tunnel',
  tunnel: 'tunnel only',
  tls: 'TLS, peer not verified',
  'same-node': 'stays on its node',
}

const readGraph = (request: APIRequestContext, range: string, q = '') =>
  read<Graph>(request, `map?${range}${q && `&q=${encodeURIComponent(q)}`}`)
const summaries = ({ edges }: Graph) => edges.map(({ encryption }) => encryption.summary)
const legendOf = (page: Page) => page.getByRole('region', { name: 'Legend' })
const drawn = ({ nodes, edges }: Graph) => new RegExp(`map, ${nodes.length} nodes and ${edges.length} edges`)

test('the lens is chosen, and its legend counts the edges of each class', async ({ page, request }) => {
  const range = await frozenRange(request)
  const counts = new Map<string, number>()
  for (const summary of summaries(await readGraph(request, range))) counts.set(summary, (counts.get(summary) ?? 0) + 1)
  expect([...counts.keys()]).toEqual(expect.arrayContaining(['plaintext', 'mtls']))
  await page.goto(`/?${range}`)
  await choose(page, 'Lens', 'Encryption')
  await expect(page).toHaveURL(/lens=encryption/)
  for (const [summary, count] of counts)
    await expect(legendOf(page).getByText(`${words[summary]} ${count}`, { exact: true })).toBeVisible()
  await page.reload()
  await expect(legendOf(page).getByText(`plaintext ${counts.get('plaintext')}`, { exact: true })).toBeVisible()
})

test('filters find what is not encrypted, by class and by layer', async ({ page, request }) => {
  const range = await frozenRange(request)
  const all = await readGraph(request, range)
  await page.goto(`/?${range}&lens=encryption`)
  await expect(theMap(page)).toHaveAccessibleName(drawn(all))
  const filter = page.getByRole('combobox', { name: 'Find or filter' })
  for (const q of ['encrypted:no', 'mtls:<100%', 'tunnel:no']) {
    const narrow = await readGraph(request, range, q)
    expect(narrow.edges.length, q).toBeGreaterThan(0)
    expect(narrow.edges.length, q).toBeLessThan(all.edges.length)
    await filter.fill(q)
    await expect(theMap(page), q).toHaveAccessibleName(drawn(narrow))
  }
  const open = await readGraph(request, range, 'encrypted:no')
  expect(new Set(summaries(open))).toEqual(new Set(['plaintext']))
  await filter.fill('encrypted:no')
  await expect(legendOf(page).getByText(`plaintext ${open.edges.length}`, { exact: true })).toBeVisible()
  await expect(legendOf(page).getByText(/^mTLS/)).toBeHidden()
  for (const summary of summaries(await readGraph(request, range, 'mtls:<100%'))) expect(summary).not.toBe('mtls')
})

test('the panel of an edge says what protected it, on whose words, and leads to the evidence', async ({
  page,
  request,
}) => {
  const range = await frozenRange(request)
  const { edges } = await readGraph(request, range)
  const plain = edges.find(({ encryption }) => encryption.summary === 'plaintext')
  if (!plain) throw new Error('the demo has plaintext')
  await page.goto(`/?${range}&lens=encryption&sel=${encodeURIComponent(plain.id)}`)
  const panel = panelOf(page)
  await expect(panel.getByText('Encryption', { exact: true })).toBeVisible()
  // Most of it may have stayed on its node.
  await expect(
    panel
      .getByRole('list', { name: /^What protected its/ })
      .getByRole('listitem')
      .filter({ hasText: /plaintext [\d.]+\s% of \w+, (measured by|by placement|inferred)/ }),
  ).toBeVisible()
  await panel.getByRole('link', { name: 'Evidence', exact: true }).click()
  await expect(page).toHaveURL(/\/encryption\?.*sel=/)
  const evidence = page.getByRole('complementary', { name: 'Evidence' })
  await expect(evidence.getByRole('heading', { name: 'Layer by layer' })).toBeVisible()
  await expect(evidence).toContainText('In plaintext, because')
})

test('by keyboard alone: the lens, an edge spoken with its class, and its panel', async ({ page, request }) => {
  const range = await frozenRange(request)
  const graph = await readGraph(request, `${range}`)
  await page.goto(`/?${range}&lens=traffic`)
  await placesOf(page, ['payments'])
  await page.getByRole('radio', { name: 'Traffic' }).focus()
  for (const lens of ['Errors', 'Latency', 'Encryption']) {
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('radio', { name: lens })).toBeChecked()
  }
  await theMap(page).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('n')
  const spoken = page.getByRole('status').filter({ hasText: /./ }).last()
  await expect(spoken).toHaveText(
    new RegExp(`^[\\w.-]+ to [\\w.-]+, (port \\d+|\\d+ edges?), (${[...new Set(Object.values(words))].join('|')})$`),
  )
  const [, from, to] = /^([\w.-]+) to ([\w.-]+),/.exec((await spoken.textContent()) ?? '') ?? []
  const said = ((await spoken.textContent()) ?? '').replace(/^.*?(?:port \d+|\d+ edges?), /, '')
  const nameOf = (id: string) => graph.nodes.find((node) => node.id === id)?.name
  const meant = graph.edges.filter((edge) => nameOf(edge.from) === from && nameOf(edge.to) === to)
  expect(meant.map(({ encryption }) => words[encryption.summary])).toContain(said)
  await page.keyboard.press('Enter')
  await expect(panelOf(page).getByRole('heading', { level: 2 })).toHaveText(`${from} → ${to}`)
  await expect(panelOf(page).getByText('Encryption', { exact: true })).toBeVisible()
})

test('the lens with the panel of an edge is accessible', async ({ page, request }) => {
  const range = await frozenRange(request)
  const { edges } = await readGraph(request, range)
  const mixed = edges.find(({ encryption }) => encryption.summary === 'mixed') ?? edges[0]
  await page.goto(`/?${range}&lens=encryption&sel=${encodeURIComponent(mixed?.id ?? '')}`)
  await expect(panelOf(page).getByText('Encryption', { exact: true })).toBeVisible()
  await expect(legendOf(page)).toBeVisible()
  expect(await findings(page)).toEqual([])
})
