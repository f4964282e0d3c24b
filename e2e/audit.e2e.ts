import type { APIRequestContext } from '@playwright/test'
import { expect, test } from './app'
import { findings } from './axe'

const list = { name: 'Audit, newest first' } as const

/** Does something that the audit keeps: a view of this name. */
async function saveView(request: APIRequestContext, name: string): Promise<void> {
  const origin = new URL((await request.get('/api/v1/clusters')).url()).origin
  const response = await request.post('/api/v1/saved-views', {
    data: { name, path: '/flows' },
    headers: { origin },
  })
  expect(response.status(), await response.text()).toBe(200)
  const { id }: { id: number } = await response.json()
  made.push(`${origin}/api/v1/saved-views/${id}`)
}

const made: string[] = []
test.afterEach(async ({ request }) => {
  for (const address of made.splice(0))
    expect((await request.delete(address, { headers: { origin: new URL(address).origin } })).status()).toBe(200)
})

test('what was done is found, opened and told with what it was given', async ({ page, request }) => {
  const name = `Audited ${Date.now()}`
  await saveView(request, name)
  await page.goto('/settings/audit')
  const field = page.getByRole('searchbox', { name: 'Find in the audit' })
  await field.fill(name)
  const row = page.getByRole('table', list).getByRole('row').filter({ hasText: name })
  await expect(row).toHaveCount(1)
  await expect(row).toContainText('Save a view')
  await expect(row).toContainText('done')
  await row.focus()
  await page.keyboard.press('Enter')
  const entry = page.getByRole('complementary', { name: 'Entry of the audit' })
  await expect(entry.getByRole('heading', { name: 'Save a view' })).toBeVisible()
  await expect(entry.getByRole('region', { name: 'Before and after' })).toContainText('path: /flows')
  await expect(page).toHaveURL(/entry=e\d+/)
  await page.reload()
  await expect(entry.getByText(name)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(entry).toBeHidden()
})

test('the list narrows by action, result and text, all of it in the address', async ({ page, request }) => {
  const name = `Narrowed ${Date.now()}`
  await saveView(request, name)
  await page.goto('/settings/audit')
  const rows = page.getByRole('table', list).getByRole('row')
  await page.getByRole('button', { name: 'Action' }).click()
  await page.getByRole('menuitemradio', { name: 'Saved views' }).click()
  await expect(page).toHaveURL(/about=view/)
  await expect(rows.filter({ hasText: name })).toHaveCount(1)
  await expect(rows.filter({ hasText: 'Log in' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Result' }).click()
  await page.getByRole('menuitemradio', { name: 'refused' }).click()
  await expect(rows.filter({ hasText: name })).toHaveCount(0)
  await page.goto(`/settings/audit?find=${encodeURIComponent(`${name} nothing`)}`)
  await expect(page.getByRole('heading', { name: 'No entry matches' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await expect(rows.filter({ hasText: name })).toHaveCount(1)
})

test('a time that is too long is refused in words, with all that is kept as the way out', async ({ page }) => {
  await page.goto('/settings/audit?since=2020-01-01T00:00:00Z&until=2026-01-01T00:00:00Z&about=view')
  await expect(page.getByRole('heading', { name: 'The time in this address cannot be shown' })).toBeVisible()
  await expect(page.getByText('It is longer than 400 days')).toBeVisible()
  await page.getByRole('button', { name: 'Show all that is kept' }).click()
  await expect(page.getByRole('heading', { name: 'The time in this address cannot be shown' })).toBeHidden()
  await expect(page).toHaveURL(/audit\?about=view$/)
})

test('a file of it has no cell that a spreadsheet runs, and was told of itself', async ({ page, request }) => {
  const name = `=HYPERLINK("http://evil.example","${Date.now()}")`
  await saveView(request, name)
  const response = await request.get(`/api/v1/audit/export?format=csv&find=${encodeURIComponent(name)}`)
  expect(response.status()).toBe(200)
  const [, line = ''] = (await response.text()).split('\r\n')
  expect(line).toContain(`"'=HYPERLINK(""http://evil.example""`)
  await page.goto('/settings/audit?about=audit.exported')
  await expect(page.getByRole('row', { name: /Export the audit/ }).first()).toBeVisible()
})

test('the page and an open entry have nothing that axe finds', async ({ page, request }) => {
  const name = `Looked at ${Date.now()}`
  await saveView(request, name)
  await page.goto(`/settings/audit?find=${encodeURIComponent(name)}`)
  await page.getByRole('row').filter({ hasText: name }).click()
  await expect(page.getByRole('region', { name: 'Before and after' })).toBeVisible()
  expect(await findings(page)).toEqual([])
})
