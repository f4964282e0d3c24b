import type { Page } from '@playwright/test'

export const rowsOf = (page: Page) => page.getByRole('table', { name: 'Flows, newest first' }).getByRole('row')

export const firstTime = (page: Page) => rowsOf(page).nth(1).getByRole('cell').first().innerText()

export const drawerOf = (page: Page) => page.getByRole('complementary', { name: 'Flow', exact: true })
