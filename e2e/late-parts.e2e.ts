import type { Page } from '@playwright/test'
import { expect, test } from './app'

// The browser writes of each request that fails.
test.use({ expectedErrors: /Failed to load resource|ERR_FAILED|Failed to load chunk/ })

/** Lets no script come that holds these words, until it is told to. */
async function withhold(page: Page, words: string): Promise<() => void> {
  let withheld = true
  await page.route('**/_next/static/chunks/*.js', async (route) => {
    const response = await route.fetch()
    if (withheld && (await response.text()).includes(words)) await route.abort()
    else await route.fulfill({ response })
  })
  return () => (withheld = false)
}

const failed = 'This part could not be loaded'

test('a panel whose code does not come takes its own place, and comes later', async ({ page }) => {
  const letCome = await withhold(page, 'has no traffic in this time range, or the filter hides it')
  await page.goto('/?sel=nobody')
  const panel = page.getByRole('complementary', { name: 'Selection' })
  await expect(panel.getByRole('alert')).toContainText(failed)
  await expect(page.getByRole('navigation', { name: 'Oriel' })).toBeVisible()
  letCome()
  await expect(panel).toContainText('has no traffic in this time range')
})

test('the command menu that does not come is said, closed, and comes later', async ({ page }) => {
  const letCome = await withhold(page, 'Find a page, a service or a command')
  await page.goto('/flows')
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  await page.keyboard.press('Control+k')
  const said = page.getByRole('alert').filter({ hasText: failed })
  await expect(said).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(said).toBeHidden()
  await page.keyboard.press('Control+k')
  await expect(said).toBeVisible()
  letCome()
  await said.getByRole('button', { name: 'Try now' }).click()
  await expect(page.getByRole('combobox', { name: 'Find a page, a service or a command' })).toBeFocused()
})
