import type { Page } from '@playwright/test'
import { expect, frozenRange, test } from './app'

const fieldOf = (page: Page) => page.getByRole('combobox', { name: 'Find a page, a service or a command' })

/** Presses keys faster than anything can be drawn between them. */
const pressAtOnce = (page: Page, keys: readonly string[]) =>
  page.evaluate((each) => {
    const press = (key: string, ctrlKey = false) =>
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }))
    press('k', true)
    for (const key of each) press(key)
  }, keys)

test.beforeEach(async ({ page, request }) => {
  await page.goto(`/services?${await frozenRange(request)}`)
  await expect(page.getByRole('table', { name: 'Services' }).getByRole('row').nth(1)).toBeVisible()
})

test('what is typed before the command menu is there is typed into it', async ({ page }) => {
  await pressAtOnce(page, [...'till'])
  await expect(fieldOf(page)).toBeFocused()
  await page.keyboard.type('er')
  await expect(fieldOf(page)).toHaveValue('tiller')
  await page.keyboard.press('Escape')
  await expect(fieldOf(page)).toBeHidden()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('Enter that comes before the answer goes to it once it is there', async ({ page }) => {
  await pressAtOnce(page, [...'checkout/fraud', 'Enter'])
  await expect(page).toHaveURL(/\/services\/[^/]+\/checkout\/Deployment\/fraud/)
})

test('closed by Escape, it gives the focus back', async ({ page }) => {
  const filter = page.getByRole('combobox', { name: 'Find or filter' })
  await filter.focus()
  await page.keyboard.press('Control+k')
  await expect(fieldOf(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(fieldOf(page)).toBeHidden()
  await expect(filter).toBeFocused()
})

test('opened over the help, it takes its place', async ({ page }) => {
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard' })
  await expect(help).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(fieldOf(page)).toBeFocused()
  await expect(help).toBeHidden()
  await page.keyboard.type('audit')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/settings\/audit/)
  await expect(page.getByRole('dialog')).toHaveCount(0)
})
