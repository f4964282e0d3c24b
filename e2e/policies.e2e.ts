import type { APIRequestContext, Page } from '@playwright/test'
import { expect, frozenRange, read, test } from './app'
import { findings } from './axe'
import { choose, chooseFrom, panelOf } from './map-places'

type Row = {
  readonly key: string
  readonly name: string
  readonly ref: { readonly kind: string; readonly namespace: string | null; readonly name: string }
  readonly places: readonly { readonly tier: string; readonly order: number }[]
  readonly selects: readonly number[]
  readonly hits: { readonly allowed: number; readonly denied: number }
}
type Answer = {
  readonly cluster: string
  readonly policies: readonly Row[]
  readonly tiers: readonly { readonly name: string; readonly policies: number }[]
  readonly workloads: readonly {
    readonly namespace: string
    readonly name: string
    readonly ingress: { readonly state: string }
  }[]
  readonly findings: readonly { readonly message: string; readonly remedy: string }[]
}
type Decisions = {
  readonly edges: readonly {
    readonly id: string
    readonly verdict: string
    readonly sentences: readonly string[]
  }[]
}
type Lens = {
  readonly edges: readonly { readonly id: string; readonly is: string }[]
}

const readPolicies = (request: APIRequestContext, range: string) => read<Answer>(request, `policies?${range}`)
const tableOf = (page: Page) => page.getByRole('table', { name: 'Policies' })
const policyPanel = (page: Page) => page.getByRole('complementary', { name: 'Policy' })

test('lists every policy of every kind, narrows, groups, and opens one', async ({ page, request }) => {
  const range = await frozenRange(request)
  const { policies } = await readPolicies(request, range)
  expect(new Set(policies.map(({ ref }) => ref.kind)).size).toBeGreaterThan(3)
  await page.goto(`/policies?${range}`)
  const table = tableOf(page)
  await expect(table).toHaveAttribute('aria-rowcount', String(policies.length + 1))
  await page.getByRole('searchbox', { name: 'Find a policy' }).fill('accounts-postgres')
  const found = policies.filter(({ key }) => key.includes('accounts-postgres'))
  await expect(table.getByRole('row').filter({ hasText: 'accounts-postgres' }).first()).toBeVisible()
  expect(found.length).toBeGreaterThan(0)
  await expect(page).toHaveURL(/find=accounts-postgres/)
  await page.getByRole('searchbox').fill('nothing of the kind')
  await expect(page.getByRole('heading', { name: 'No policy matches' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await chooseFrom(page, 'Group', 'By namespace')
  await expect(table.getByRole('row').filter({ hasText: /^accounts\d+ polic/ })).toBeVisible()
  await page.getByRole('button', { name: /^Kind: / }).click()
  await page.getByRole('menuitemradio', { name: /^CiliumNetworkPolicy/ }).click()
  await expect(page).toHaveURL(/kind=CiliumNetworkPolicy/)
  // A tier bears the name of a kind, so names of objects tell.
  const names = (kind: string) => policies.filter(({ ref }) => ref.kind === kind).map(({ ref }) => ref.name)
  const chosen = names('CiliumNetworkPolicy')
  const others = names('NetworkPolicy').filter((name) => !chosen.includes(name))
  expect(others.length).toBeGreaterThan(0)
  await expect(table.getByText(chosen[0] ?? '', { exact: true }).first()).toBeVisible()
  for (const name of others) await expect(table.getByText(name, { exact: true })).toHaveCount(0)
})

test('one policy: rules with hits and whom they match, YAML, versions, findings', async ({ page, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/policies?${range}&find=accounts-postgres`)
  await tableOf(page).getByRole('row').filter({ hasText: 'accounts-postgres' }).first().click()
  const panel = policyPanel(page)
  await expect(panel.getByRole('heading', { name: 'accounts-postgres' })).toBeVisible()
  await expect(panel.getByText(/^allows from pods/)).toBeVisible()
  await expect(panel.getByText(/^matches \d+ workloads?/)).toBeVisible()
  await expect(panel.getByText('accounts/identity').first()).toBeVisible()
  await choose(page, 'Part', 'YAML')
  await expect(panel.getByRole('region', { name: /^YAML of / })).toContainText('kind: NetworkPolicy')
  await choose(page, 'Part', 'History')
  await expect(
    panel
      .getByRole('list', { name: /^Versions of / })
      .getByRole('listitem')
      .first(),
  ).toBeVisible()
  await expect(page).toHaveURL(/part=history/)
  await expect(panel.getByRole('link', { name: 'Edit' })).toHaveAttribute('href', /\/policies\/edit\?.*ref=/)
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
})

test('the board lies in the order of reading, and a card is moved by its menu', async ({ page, request }) => {
  const range = await frozenRange(request)
  const { tiers, policies } = await readPolicies(request, range)
  await page.goto(`/policies?${range}&view=board`)
  const words: Readonly<Record<string, string>> = {
    'kube-admin': 'Admin',
    default: 'NetworkPolicy',
    'kube-baseline': 'Baseline',
    'istio-mtls': 'PeerAuthentication',
    istio: 'AuthorizationPolicy',
    linkerd: 'Linkerd',
  }
  for (const { name, policies: count } of tiers) {
    const column = page.getByRole('region', { name: `Tier ${words[name] ?? name}`, exact: true })
    await expect(column.getByRole('article')).toHaveCount(Math.min(count, 120))
    const cards = policies.filter(({ places }) => places.some(({ tier }) => tier === name))
    expect(cards).toHaveLength(count)
  }
  const admin = page.getByRole('region', { name: 'Tier Admin', exact: true })
  const moveDown = async (clickCount = 1) => {
    await admin.getByRole('button', { name: 'Move monitoring' }).click()
    await expect(page.getByRole('menuitem', { name: 'Move down' })).toBeVisible()
    await expect(page.getByRole('menuitem', { name: 'Move to tier Baseline' })).toHaveCount(
      tiers.some(({ name }) => name === 'kube-baseline') ? 1 : 0,
    )
    const saved = page.waitForRequest((one) => one.method() === 'POST' && one.url().endsWith('/policies/drafts'))
    await page.getByRole('menuitem', { name: 'Move down' }).click({ clickCount })
    const body = (await saved).postDataJSON() as { name: string; content: { objects: { text: string }[] } }
    expect(body.content.objects[0]?.text).toContain('priority: 300')
    await expect(page).toHaveURL(/\/policies\/edit\?.*draft=\d+/)
    return body.name
  }
  const first = await moveDown()
  await page.goto(`/policies?${range}&view=board`)
  expect(await moveDown(2), 'the same move again is a draft of its own').not.toBe(first)
  await page.goBack()
  await expect(page, 'the second press opened nothing').toHaveURL(/\/policies\?(?!.*sel=).*view=board/)
})

test('coverage lists what is open first, and who is isolated by what', async ({ page, request }) => {
  const range = await frozenRange(request)
  const { workloads } = await readPolicies(request, range)
  const isolated = workloads.find(({ name }) => name === 'accounts-postgres')
  expect(isolated?.ingress.state).toBe('isolated')
  await page.goto(`/policies?${range}&view=coverage&find=accounts-postgres`)
  const row = page.getByRole('table', { name: 'Coverage' }).getByRole('row').filter({ hasText: 'StatefulSet' })
  await expect(row.getByText('isolated', { exact: true }).first()).toBeVisible()
  await expect(row.getByRole('button', { name: 'accounts-postgres' })).toBeVisible()
  await expect(row.getByRole('link', { name: /^Suggest from traffic/ })).toHaveAttribute('href', /least=/)
})

test('the matrix and the findings lead to their policy', async ({ page, request }) => {
  const range = await frozenRange(request)
  const { findings: found } = await readPolicies(request, range)
  await page.goto(`/policies?${range}&view=matrix`)
  await page
    .getByRole('table', { name: 'Policies by workloads' })
    .getByRole('button', { name: /^cart-redis/ })
    .click()
  await expect(policyPanel(page).getByRole('heading', { name: 'cart-redis' })).toBeVisible()
  await page.goto(`/policies?${range}&view=findings`)
  const list = page.getByRole('region', { name: 'Findings' })
  expect(found.length).toBeGreaterThan(0)
  await expect(list.getByText(found[0]?.remedy ?? '').first()).toBeVisible()
  await expect(list.getByRole('link', { name: /^Open in the editor/ }).first()).toHaveAttribute(
    'href',
    /\/policies\/edit/,
  )
})

test('the panel of an edge says what policies decide and why, and what can be done', async ({ page, request }) => {
  const range = await frozenRange(request)
  const { edges } = await read<Lens>(request, `policies/lens?${range}`)
  const ruled = edges.find(({ is }) => is === 'by-rule')
  if (!ruled) throw new Error('the demo has traffic that a rule allows')
  const sel = encodeURIComponent(ruled.id)
  const { edges: decided } = await read<Decisions>(request, `policies/decision?${range}&sel=${sel}`)
  await page.goto(`/?${range}&sel=${sel}`)
  const decision = panelOf(page).getByRole('region', { name: 'What policies decide' })
  await expect(decision.getByText('allowed by a rule')).toBeVisible()
  await expect(decision.getByText(decided[0]?.sentences[1] ?? '', { exact: true })).toBeVisible()
  await expect(decision.getByRole('link', { name: /^Deny this/ })).toHaveAttribute('href', /deny=/)
})

test('the policy lens draws decisions, with a legend, and lists them', async ({ page, request }) => {
  const range = await frozenRange(request)
  const { edges } = await read<Lens>(request, `policies/lens?${range}`)
  expect(edges.length).toBeGreaterThan(50)
  await page.goto(`/?${range}`)
  await choose(page, 'Lens', 'Policy')
  const legend = page.getByRole('region', { name: 'Legend' })
  await expect(legend.getByText(/^allowed by a rule \d+$/)).toBeVisible()
  await expect(legend.getByText(/^nothing restricts it \d+$/)).toBeVisible()
  await expect(legend.getByText(/^anybody may call it \d+$/)).toBeVisible()
  await page.goto(`/?${range}&lens=policy&view=list&rows=edges&sort=-decision`)
  await expect(page.getByRole('columnheader', { name: 'Decision' })).toBeVisible()
})

test('by keyboard alone: the page, a policy, its panel', async ({ page, request }) => {
  await page.goto(`/?${await frozenRange(request)}`)
  await page.keyboard.press('g')
  await page.keyboard.press('p')
  await expect(page).toHaveURL(/\/policies\?/)
  await expect(tableOf(page)).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('cart-redis')
  await expect(tableOf(page).getByRole('row').filter({ hasText: 'cart-redis' }).first()).toBeVisible()
  await tableOf(page).getByRole('row').nth(1).focus()
  await page.keyboard.press('Enter')
  await expect(policyPanel(page)).toBeVisible()
  await expect(page).toHaveURL(/sel=/)
  await page.keyboard.press('Escape')
  await expect(policyPanel(page)).toBeHidden()
})

test('every view of the page is accessible', async ({ page, request }) => {
  const range = await frozenRange(request)
  const { policies } = await readPolicies(request, range)
  const sel = encodeURIComponent(policies.find(({ ref }) => ref.name === 'accounts-postgres')?.key ?? '')
  for (const view of ['board', 'coverage', 'matrix', 'findings']) {
    await page.goto(`/policies?${range}&view=${view}`)
    await expect(page.getByText(/^\d+ policies/).first()).toBeVisible()
    await page.waitForLoadState('networkidle')
    expect(await findings(page), view).toEqual([])
  }
  for (const part of ['rules', 'yaml', 'history', 'findings']) {
    await page.goto(`/policies?${range}&sel=${sel}&part=${part}`)
    await expect(policyPanel(page).getByRole('heading', { name: 'accounts-postgres' })).toBeVisible()
    await page.waitForLoadState('networkidle')
    expect(await findings(page, 'aside'), part).toEqual([])
  }
})
