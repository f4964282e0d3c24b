import type { Page } from '@playwright/test'
import { expect, frozenRange, test } from './app'
import { rowsOf } from './flows-places'

const facet = (page: Page, name: string) =>
  page.getByRole('complementary', { name: 'Narrow down' }).getByRole('region', { name, exact: true })

test('a facet shows denials alone, reports to accounts-postgres among them', async ({ page }) => {
  await page.goto('/flows')
  await facet(page, 'Verdict')
    .getByRole('button', { name: /^denied/ })
    .click()
  await expect(page).toHaveURL(/q=verdict(:|%3A)denied/)
  const denied = rowsOf(page).filter({ hasText: 'data/reports' }).filter({ hasText: 'accounts/accounts-postgres:5432' })
  await expect(denied.first()).toBeVisible()
  const verdicts = await rowsOf(page).evaluateAll((all) => all.slice(1, 30).map((row) => row.children[1]?.textContent))
  expect(new Set(verdicts)).toEqual(new Set(['denied']))
  await page.reload()
  await expect(facet(page, 'Verdict').getByRole('button', { name: /^denied/, pressed: true })).toBeVisible()
  await expect(denied.first()).toBeVisible()
})

test('facets keep the counts of their other values, add them as alternatives and leave them out', async ({
  page,
  request,
}) => {
  await page.goto(`/flows?${await frozenRange(request)}&q=verdict:denied`)
  const verdict = facet(page, 'Verdict')
  await expect(verdict.getByRole('button', { name: /^allowed\s?[\d.,]+\s?k?$/ })).toBeVisible()
  await verdict.getByRole('button', { name: /^allowed/ }).click()
  await expect(page.getByRole('combobox', { name: 'Find or filter' })).toHaveValue('verdict:denied,allowed')
  await verdict.getByRole('button', { name: /^denied/ }).click({ modifiers: ['Alt'] })
  await expect(page.getByRole('combobox', { name: 'Find or filter' })).toHaveValue('verdict:allowed !verdict:denied')
  // The field shows a choice before the address has it, and a step back is one of the address.
  await expect(page).toHaveURL(/q=verdict:allowed\+!verdict:denied/)
  await verdict.getByRole('button', { name: 'Leave out denied' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Find or filter' })).toHaveValue('verdict:allowed')
  await expect(page).toHaveURL(/q=verdict:allowed(&|$)/)
  await page.goBack()
  await expect(page.getByRole('combobox', { name: 'Find or filter' })).toHaveValue('verdict:allowed !verdict:denied')
  await page.getByRole('button', { name: 'Narrow down' }).click()
  await expect(verdict).toBeHidden()
  await page.reload()
  await expect(rowsOf(page).nth(1)).toBeVisible()
  await expect(verdict).toBeHidden()
})

test('the filter field narrows the flows, and what matches nothing is named', async ({ page, request }) => {
  await page.goto(`/flows?${await frozenRange(request)}`)
  await page.getByRole('combobox', { name: 'Find or filter' }).fill('from:checkout to:payments')
  await expect(page).toHaveURL(/q=from/)
  await expect
    .poll(
      async () =>
        new Set(
          await rowsOf(page).evaluateAll((all) =>
            all.slice(1).map((row) => `${row.children[2]?.textContent} ${row.children[3]?.textContent}`),
          ),
        ),
    )
    .toEqual(new Set(['checkout/checkout checkout/payments:9000']))
  await page.getByRole('combobox', { name: 'Find or filter' }).fill('from:checkout to:payments proto:udp')
  await expect(page.getByRole('heading', { name: 'No flow matches the filters' })).toBeVisible()
  await expect(page.getByText('The whole time range was searched.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await expect(rowsOf(page).nth(5)).toBeVisible()
})
