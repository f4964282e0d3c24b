import type { Page } from '@playwright/test'
import { expect, test } from './app'

/** How often the browser asks when the page is left for good. */
async function asks(page: Page): Promise<number> {
  let asked = 0
  page.on('dialog', (dialog) => {
    if (dialog.type() === 'beforeunload') asked++
    void dialog.accept()
  })
  await page.goto('/links')
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  return asked
}

async function type(page: Page, field: string, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: field, exact: true })
  await box.click()
  await box.fill(text)
  await expect(box).toHaveValue(text)
}

test('the browser asks before the name of a token is lost', async ({ page }) => {
  await page.goto('/settings/tokens')
  await type(page, 'What it is for', 'a pipeline')
  expect(await asks(page)).toBe(1)
})

test('the browser asks before what is typed of a team is lost, on another page too', async ({ page }) => {
  await page.goto('/settings/team')
  await type(page, 'Name', 'half a team')
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Sessions' }).click()
  await expect(page).toHaveURL('/settings/sessions')
  expect(await asks(page)).toBe(1)
})

test('the browser asks before the name of a view is lost', async ({ page }) => {
  await page.goto('/services?last=15m')
  await page.getByRole('button', { name: 'Save this view' }).click()
  await type(page, 'Name', 'what I look at')
  expect(await asks(page)).toBe(1)
})

test('the browser does not ask where nothing is typed, nor for a draft of policies, which is kept', async ({
  page,
}) => {
  await page.goto('/settings/tokens')
  await type(page, 'What it is for', 'a pipeline')
  await type(page, 'What it is for', '')
  expect(await asks(page)).toBe(0)
  await page.goto('/policies/edit?new=NetworkPolicy&cluster=prod-eu-1&last=1h')
  const text = page.getByRole('textbox', { name: 'YAML of the object' })
  await text.click()
  await text.pressSequentially('# typed and not yet saved')
  expect(await asks(page)).toBe(0)
})

test('the browser asks before a draft of policies is lost that it cannot keep', async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await page.route('**/api/v1/policies/drafts**', (route) =>
    route.request().method() === 'GET' ? route.continue() : route.abort(),
  )
  await page.goto('/policies/edit?new=NetworkPolicy&cluster=prod-eu-1&last=1h')
  const text = page.getByRole('textbox', { name: 'YAML of the object' })
  await text.click()
  await text.pressSequentially('# typed')
  expect(await asks(page)).toBe(1)
})
