import type { BrowserContext, Page } from '@playwright/test'

/** Nobody is logged in: for `test.use`. */
export const nobody = { storageState: { cookies: [], origins: [] } }

/** Goes through the login of the provider (provider.ts) as one of its people, from wherever the login page is open. */
export async function logInAs(page: Page, person: string): Promise<void> {
  await page.getByRole('link', { name: 'Continue with Corp' }).click()
  await page.getByRole('button', { name: person }).click()
}

/** The cookie of the session, as the browser has it. */
export const sessionOf = async (context: BrowserContext) =>
  (await context.cookies()).find(({ name }) => /^oriel-\d+$|^__Host-oriel$/.test(name))
