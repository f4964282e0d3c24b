import type { APIRequestContext, Page } from '@playwright/test'
import { expect, read, test } from './app'
import { findings } from './axe'
import { pick } from './map-places'

type End = { readonly type: string; readonly workload?: number }
type Ground = {
  readonly model: { readonly workloads: readonly { readonly name: string }[] }
  readonly edges: readonly { readonly id: string; readonly from: End; readonly to: End }[]
}

const cluster = 'prod-eu-1'
const editor = '/policies/edit'

/** Reports try the accounts database, and the policy of the database does not name them. */
async function deniedEdge(request: APIRequestContext): Promise<string> {
  const ground = await read<Ground>(request, 'policies/ground?last=15m')
  const named = (name: string) => ground.model.workloads.findIndex((one) => one.name === name)
  const [from, to] = [named('reports'), named('accounts-postgres')]
  const edge = ground.edges.find((one) => one.from.workload === from && one.to.workload === to)
  if (!edge) throw new Error('the demo denies reports the accounts database')
  return edge.id
}

const decision = (page: Page) => page.getByText(/^Decides now:/)
const effects = (page: Page) => page.getByRole('region', { name: 'What the draft does' })
const visual = (page: Page) => page.getByRole('region', { name: 'Visual' })
const text = (page: Page) => page.getByRole('textbox', { name: 'YAML of the object' })
const rules = (page: Page) => visual(page).getByRole('list', { name: 'Rules of ingress' }).getByRole('listitem')

async function openAllow(page: Page, request: APIRequestContext): Promise<void> {
  await page.goto(`${editor}?allow=${encodeURIComponent(await deniedEdge(request))}&last=1h`)
  await expect(decision(page)).toContainText('denied')
}

/** What it will write is shown first, and asked. */
async function undo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Undo the change…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Undo: 1 object/ })
  await expect(dialog.getByText(/would be (changed|deleted)/).first()).toBeVisible()
  await expect(dialog.getByRole('region', { name: /^What changes in/ })).toBeVisible()
  await dialog.getByRole('button', { name: 'Undo', exact: true }).click()
}

test('a denied edge is allowed, seen to be so, confirmed by traffic, and taken back', async ({ page, request }) => {
  test.setTimeout(240_000)
  await openAllow(page, request)
  await expect(page.getByText(/with this draft:/)).toContainText('allowed')
  await expect(effects(page)).toContainText(/Newly allowed\s*1 edge/)
  await expect(effects(page)).toContainText('reports')
  await page.getByRole('button', { name: /^Apply as/ }).click()
  const dialog = page.getByRole('dialog', { name: /^Apply/ })
  // kubectl wrote the rules of the database; they are taken from it by name.
  const takeOver = dialog.getByRole('checkbox', { name: /^Take over from kubectl/ })
  const accepted = dialog.getByText(/would be changed|would be created/).first()
  await expect(takeOver.or(accepted)).toBeVisible()
  if (await takeOver.isVisible()) await takeOver.check()
  await expect(accepted).toBeVisible()
  await dialog.getByRole('button', { name: /^Apply as/ }).click()
  const after = page.getByRole('region', { name: 'After the apply' })
  await expect(after.getByText(/^Confirmed by traffic/)).toBeVisible({ timeout: 90_000 })
  await expect(page.getByText(/Decides now:/)).toContainText('allowed')
  const applied = page.url()
  await undo(page)
  await expect(after.getByRole('list')).toContainText('becomes denied')
  await expect(after.getByText(/^Confirmed by traffic/)).toBeVisible({ timeout: 90_000 })
  // The address alone tells that it was an undo, and of the change that it was taken back.
  await page.reload()
  await expect(after.getByRole('heading', { name: 'Undone' })).toBeVisible()
  await page.goto(applied)
  await expect(after.getByText(/Taken back by .+ at .+ \(change \d+\)\.$/)).toBeVisible()
})

test('a database is isolated with what traffic suggests, breaks nothing, and is opened again', async ({ page }) => {
  test.setTimeout(240_000)
  const database = encodeURIComponent(`${cluster}/orders/StatefulSet/orders-postgres`)
  await page.goto(`${editor}?least=${database}&last=1h`)
  const suggestions = page.getByRole('region', { name: 'Suggestions from recorded traffic' })
  await expect(suggestions.getByRole('table', { name: /^Rules of orders/ }).first()).toContainText('orders')
  await suggestions.getByRole('button', { name: /into the editor$/ }).click()
  await expect(visual(page)).toContainText('orders-postgres')
  await pick(page, 'What it does')
  await expect(effects(page)).toContainText(/Newly denied\s*0 edges/)
  await expect(effects(page)).toContainText(/Unaffected\s*[1-9]/)
  await page.getByRole('button', { name: /^Apply as/ }).click()
  const dialog = page.getByRole('dialog', { name: /^Apply/ })
  await expect(dialog.getByText(/would be created/).first()).toBeVisible()
  await dialog.getByRole('button', { name: /^Apply as/ }).click()
  const after = page.getByRole('region', { name: 'After the apply' })
  await expect(after.getByText(/^Confirmed by traffic/)).toBeVisible({ timeout: 90_000 })
  await expect(after.getByRole('list')).toContainText('stays allowed')
  await undo(page)
  await expect(after.getByRole('heading', { name: 'Undone' })).toBeVisible()
})

test('both sides follow each other, and undo covers both', async ({ page, request }) => {
  await openAllow(page, request)
  const before = await rules(page).count()
  await expect(text(page)).toContainText('reports')
  await page.getByRole('button', { name: `Change rule ${before}` }).click()
  await page.getByRole('menuitem', { name: 'Remove rule' }).click()
  await expect(rules(page)).toHaveCount(before - 1)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(rules(page)).toHaveCount(before)
  await text(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('# said by hand\n')
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(text(page)).not.toContainText('said by hand')
})

test('an edit that would cut DNS is warned of', async ({ page }) => {
  await page.goto(`${editor}?new=NetworkPolicy&cluster=${cluster}&last=1h`)
  await text(page).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(
    [
      'apiVersion: networking.k8s.io/v1',
      'kind: NetworkPolicy',
      'metadata: { name: no-way-out, namespace: checkout }',
      'spec: { podSelector: {}, policyTypes: [Egress] }',
    ].join('\n'),
  )
  await expect(visual(page)).toContainText('Nowhere. Egress is isolated')
  await expect(effects(page)).toContainText(/DNS/)
})

test('a draft is saved by itself, opened by its link, and talked about', async ({ page, request }) => {
  await openAllow(page, request)
  await text(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('# for the reports\n')
  await expect(page.getByText(/draft · saved/)).toBeVisible()
  await expect(page).toHaveURL(/draft=\d+/)
  await page.getByRole('button', { name: /^Draft/ }).click()
  const panel = page.getByRole('dialog', { name: 'Draft' })
  await panel.getByLabel('Say something').fill('Reports need this for the month.')
  await panel.getByRole('button', { name: 'Comment' }).click()
  await expect(panel.getByText('Reports need this for the month.')).toBeVisible()
  await page.reload()
  await expect(text(page)).toContainText('for the reports')
})

test('a rule is added by keyboard alone', async ({ page, request }) => {
  await openAllow(page, request)
  const before = await rules(page).count()
  const add = visual(page)
    .getByRole('region', { name: 'Who may come in' })
    .getByRole('button', { name: /^\+ workload/ })
  await add.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: /^Who may come in/ })
  await dialog.getByLabel('Find a workload or namespace').fill('bff')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText(/^Matches now: 1 workload/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Add', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(rules(page)).toHaveCount(before + 1)
  await expect(text(page)).toContainText('bff')
})

test('the start, the editor and its dialogs are accessible', async ({ page, request }) => {
  await page.goto(`${editor}?cluster=${cluster}&last=1h`)
  await expect(page.getByRole('region', { name: 'Denied traffic' }).getByRole('listitem').first()).toBeVisible()
  expect(await findings(page), 'start').toEqual([])
  await openAllow(page, request)
  await expect(effects(page)).toContainText('Newly allowed')
  await expect(text(page)).toBeVisible()
  expect(await findings(page), 'editor').toEqual([])
  await visual(page)
    .getByRole('button', { name: /^\+ workload/ })
    .first()
    .click()
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await findings(page), 'picker').toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Export…' }).click()
  await expect(page.getByRole('dialog', { name: 'Export the draft' })).toBeVisible()
  expect(await findings(page), 'export').toEqual([])
})

test('a text that cannot be read is neither without effect nor safe', async ({ page }) => {
  await page.goto(`${editor}?new=NetworkPolicy&cluster=${cluster}&last=1h`)
  const write = async (lines: string) => {
    await text(page).click()
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText(lines)
  }
  const isolating =
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: shut, namespace: checkout }\n'
  // Else what it was before is told.
  await write('# nothing yet\n')
  await expect(effects(page)).toContainText('Nothing is changed yet')
  await write('kind:\tNetworkPolicy\n\tx: y')
  await expect(effects(page)).toContainText('cannot be read, so what it would do is not known')
  await expect(effects(page)).not.toContainText(/stay reachable|0 edges|Nothing is changed/)
  await write(`${isolating}spec: { podSelector: {}, policyTypes: [Egress] }`)
  await expect(effects(page)).toContainText(/Newly denied\s*[1-9]/)
  await write(`${isolating}spec: { podSelector: {}, policyTypes: [Egress`)
  await expect(effects(page)).toContainText('This is about the last text that could be read')
})
