import { expect, frozenRange, test } from './app'
import { drawerOf, rowsOf } from './flows-places'
import { pick } from './map-places'

test('denials are grouped by cause, with what decided, what to do, and the way to their flows', async ({
  page,
  request,
}) => {
  await page.goto(`/flows?${await frozenRange(request)}`)
  await pick(page, 'Denied')
  await expect(page).toHaveURL(/view=denied/)
  const denial = page
    .getByRole('region', { name: 'Denials by cause' })
    .getByRole('listitem', { name: 'data/reports to accounts/accounts-postgres:5432' })
    .filter({ hasText: 'Hubble' })
    .first()
  await expect(denial).toContainText(/Denied on the way (out|in)/)
  await expect(denial).toContainText('If the call is wanted, ')
  await expect(denial.getByRole('img', { name: /^Denials over time/ })).toBeVisible()
  await denial.getByRole('button', { name: 'Newest record' }).click()
  await expect(drawerOf(page).getByText('reports → accounts-postgres')).toBeVisible()
  await denial.getByRole('link', { name: 'Its flows' }).click()
  await expect(rowsOf(page).nth(1)).toContainText('data/reports')
  await expect(page.getByRole('combobox', { name: 'Find or filter' })).toHaveValue(
    /^from:data\/reports to:accounts\/accounts-postgres reason:/,
  )
})

test('names that were looked up are listed with who asked, and lead to their flows', async ({ page, request }) => {
  await page.goto(`/flows?${await frozenRange(request)}&view=dns`)
  const names = page.getByRole('table', { name: 'DNS names' }).getByRole('row')
  await expect(names.nth(1)).toBeVisible()
  await expect(page.getByText(/^[\d,]+ names? in [\d,]+ answers? /)).toBeVisible()
  const name = await names.nth(1).getByRole('cell').first().innerText()
  await names.nth(1).focus()
  await page.keyboard.press('Enter')
  await expect(rowsOf(page).nth(1)).toContainText(name)
  await expect(rowsOf(page).nth(1)).toContainText('dns')
})
