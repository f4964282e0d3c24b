import type { Browser, Page } from '@playwright/test'
import { expect, readMap, test } from './app'
import { findings } from './axe'
import { logInAs, nobody } from './login-as'

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const teams = (page: Page) => page.getByRole('table', { name: 'Teams', exact: true })
const nav = (page: Page) => page.getByRole('navigation', { name: 'Settings' })

const teamUrl = (name: string) => `/settings/team?${new URLSearchParams({ name })}`

/** Makes a team of the namespaces that a name means, on its own page, which is open afterwards. */
async function makeTeam(page: Page, name: string, namespaces: string, viewers = ''): Promise<void> {
  await page.goto('/settings/teams')
  await page.getByRole('link', { name: 'New team' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await page.getByRole('button', { name: 'Add namespaces' }).click()
  await page.getByRole('textbox', { name: 'Rule 1: name' }).fill(namespaces)
  await page.getByRole('textbox', { name: 'Groups that see' }).fill(viewers)
  await page.getByRole('button', { name: 'Make team' }).click()
  await expect(page).toHaveURL(teamUrl(name))
  await expect(page.getByRole('button', { name: 'Delete…' })).toBeVisible()
}

async function deleteTeam(page: Page, name: string): Promise<void> {
  await page.goto(teamUrl(name))
  await page.getByRole('button', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete team' }).click()
  await expect(page).toHaveURL('/settings/teams')
  await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0)
}

test.describe('a team', () => {
  // A group of the clusters themselves is refused.
  test.use({ expectedErrors: /40[09]/ })
  test('is made with a preview, changed and deleted', async ({ page }) => {
    test.setTimeout(240_000)
    const name = `Data ${Date.now()}`
    await page.goto('/settings')
    await expect(page).toHaveURL('/settings/teams')
    await expect(nav(page).getByRole('link', { name: 'Teams' })).toHaveAttribute('aria-current', 'page')
    expect(await findings(page), 'teams').toEqual([])

    await makeTeam(page, name, 'data', 'data-team')
    const matches = page.getByRole('list', { name: 'Namespaces that match' })
    await expect(matches.getByText('prod-eu-1/data', { exact: true })).toBeVisible()
    await page.getByRole('textbox', { name: 'Rule 1: name' }).fill('p*')
    await expect(page.getByText(/\d newly seen\. \d no longer seen\./)).toBeVisible()
    await page.getByRole('combobox', { name: 'Rule 1: by' }).selectOption('Labels')
    await page.getByRole('textbox', { name: 'Rule 1: labels' }).fill('a in (')
    await expect(page.getByText('is no condition on labels')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled()
    await page.getByRole('combobox', { name: 'Rule 1: by' }).selectOption('Name')
    await page.getByRole('textbox', { name: 'Rule 1: name' }).fill('data')
    await expect(card(page, 'What its members see')).toContainText(
      /members see direction and figures|No edge leads out/,
    )
    expect(await findings(page), 'a team').toEqual([])

    await page.getByRole('textbox', { name: 'Groups that change policies' }).fill('system:masters')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByRole('form', { name: 'Team' }).getByRole('alert')).toContainText('clusters’ own')
    await page.getByRole('textbox', { name: 'Groups that change policies' }).fill('data-leads')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`${name} renamed`)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText('Saved', { exact: true })).toBeVisible()
    await expect(page).toHaveURL(/renamed$/)
    await page.goto('/settings/teams')
    await expect(teams(page).getByRole('row', { name: new RegExp(name) })).toContainText('data-leads')
    await deleteTeam(page, `${name} renamed`)
  })

  test('that two change at a time loses nothing of what either typed', async ({ page, context }) => {
    const name = `Two ${Date.now()}`
    await makeTeam(page, name, 'data')
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible()
    const other = await context.newPage()
    await other.goto(page.url())
    const groups = (of: typeof page) => of.getByRole('textbox', { name: 'Groups that see' })
    await groups(other).fill('theirs')
    await groups(page).fill('mine')
    await other.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(other.getByText('Saved', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const form = page.getByRole('form', { name: 'Team' })
    await expect(form.getByText(/Somebody changed or deleted it meanwhile/)).toBeVisible()
    await expect(groups(page)).toHaveValue('mine')
    await form.getByRole('button', { name: 'Keep mine, to save over it' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText('Saved', { exact: true })).toBeVisible()
    await deleteTeam(page, name)
  })

  test('that leaving the form keeps what is typed, and a deletion by somebody else too', async ({ page, context }) => {
    const name = `Kept ${Date.now()}`
    await makeTeam(page, name, 'data')
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible()
    const groups = page.getByRole('textbox', { name: 'Groups that see' })
    await groups.fill('typed')
    await page.getByRole('navigation', { name: 'Oriel' }).getByRole('link', { name: 'Services' }).click()
    await expect(page).toHaveURL(/\/services/)
    await page.goBack()
    await expect(groups).toHaveValue('typed')
    await expect(page.getByText('what you typed before you left the page')).toBeVisible()

    const other = await context.newPage()
    await other.goto(page.url())
    await deleteTeam(other, name)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const form = page.getByRole('form', { name: 'Team' })
    await expect(form.getByText(/This team was deleted meanwhile by \S/)).toBeVisible()
    await expect(groups).toHaveValue('typed')
    await form.getByRole('button', { name: 'Save again as a new team' }).click()
    await expect(form.getByText(/This team was deleted/)).toBeHidden()
    await expect(groups).toHaveValue('typed')
    await deleteTeam(page, name)
  })
})

test('looking on as a team narrows every page, says so, and can be stopped', async ({ page }) => {
  test.setTimeout(180_000)
  const name = `Lookers ${Date.now()}`
  await makeTeam(page, name, 'data')
  await page.getByRole('button', { name: 'View as this team' }).click()
  const banner = page.getByRole('region', { name: 'Viewing as a team' })
  await expect(banner).toContainText(name)
  const seen = await readMap(page.request, 'last=5m')
  expect(seen.nodes.length).toBeGreaterThan(0)
  expect(seen.nodes.filter(({ namespace }) => namespace !== '' && namespace !== 'data')).toEqual([])
  const csv = await (await page.request.get('/api/v1/flows/export?last=5m&format=csv')).text()
  expect(csv).not.toContain('storefront')
  for (const path of ['/services', '/settings/teams']) {
    await page.goto(path)
    await expect(banner).toContainText(name)
  }
  await expect(page.getByRole('link', { name: 'New team' })).toHaveCount(0)
  await expect(nav(page).getByRole('link', { name: 'Members' })).toHaveCount(0)
  expect(await findings(page)).toEqual([])
  await banner.getByRole('button', { name: 'Stop' }).click()
  await expect(page).toHaveURL(teamUrl(name))
  await expect(banner).toHaveCount(0)
  await deleteTeam(page, name)
})

test('a team that labels name gets roles', async ({ page }) => {
  await page.goto('/settings/teams')
  const labelled = page.getByRole('table', { name: 'Teams by label' })
  await labelled
    .getByRole('link', { name: /^Give it roles: / })
    .first()
    .click()
  await expect(page.getByRole('textbox', { name: 'Rule 1: labels' })).toHaveValue(/=/)
  await expect(page.getByRole('list', { name: 'Namespaces that match' }).getByRole('listitem').first()).toBeVisible()
})

test('who is administrator everywhere is changed, and nobody leaves none by accident', async ({ page }) => {
  await page.goto('/settings/teams')
  await page.getByRole('button', { name: 'Change who is administrator everywhere' }).click()
  const dialog = page.getByRole('dialog', { name: 'Administrator everywhere' })
  await dialog.getByRole('textbox', { name: 'Groups' }).fill('platform-admins')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('table', { name: 'Roles everywhere' })).toContainText('platform-admins')
  await page.getByRole('button', { name: 'Change who is administrator everywhere' }).click()
  await dialog.getByRole('textbox', { name: 'Groups' }).fill('')
  await expect(dialog.getByRole('alert')).toContainText('No group would have administrators')
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled()
  expect(await findings(page)).toEqual([])
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('table', { name: 'Roles everywhere' })).not.toContainText('platform-admins')
})

test('a token asks what it is for and no more, and is refused once it is revoked', async ({
  page,
  playwright,
  baseURL,
}) => {
  const name = `CI ${Date.now()}`
  await page.goto('/settings/tokens')
  await page.getByRole('textbox', { name: 'What it is for' }).fill(name)
  await page.getByRole('combobox', { name: 'Role' }).selectOption('Viewer')
  await page.getByRole('button', { name: 'Make token' }).click()
  const shown = page.getByRole('region', { name: `Token ${name}` })
  const token = /oriel_\d+_[0-9A-Za-z]{44}/.exec((await shown.textContent()) ?? '')?.[0] ?? ''
  expect(token).not.toBe('')
  expect(await findings(page)).toEqual([])
  const program = await playwright.request.newContext({
    baseURL,
    storageState: { cookies: [], origins: [] },
    extraHTTPHeaders: { authorization: `Bearer ${token}` },
  })
  expect(await (await program.get('/api/v1/me')).json()).toMatchObject({ by: 'token', admin: false, edits: 'nothing' })
  expect((await program.get('/api/v1/map?last=5m')).status()).toBe(200)
  const refused = await program.post('/api/v1/tokens', { data: { name: 'x', role: 'viewer', days: 1 } })
  expect(refused.status()).toBe(403)
  await shown.getByRole('button', { name: 'Done' }).click()
  await page.reload()
  const row = page.getByRole('row').filter({ hasText: name })
  await expect(row).toContainText('Viewer of all that its owner has')
  await expect(page.getByText(token)).toHaveCount(0)
  await row.getByRole('button', { name: `Revoke ${name}` }).click()
  await page.getByRole('button', { name: 'Revoke token' }).click()
  // While the dialog is open, what is behind it has no roles.
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(row).toHaveCount(0)
  expect((await program.get('/api/v1/map?last=5m')).status()).toBe(401)
  await program.dispose()
})

/** A browser of one of the provider’s people. */
async function pageOf(browser: Browser, person: string, path: string): Promise<Page> {
  const page = await (await browser.newContext({ ...nobody, viewport: { width: 1440, height: 900 } })).newPage()
  await page.goto(path)
  await logInAs(page, person)
  return page
}

test('members are listed with why they may, and their sessions end at once', async ({ page, browser }) => {
  test.setTimeout(180_000)
  const alice = await pageOf(browser, 'Alice Example', '/settings/sessions')
  await expect(alice.getByRole('table', { name: 'Your sessions' }).getByText('This one')).toBeVisible()
  await expect(alice.getByRole('table', { name: 'Sessions of others' })).toHaveCount(0)
  await expect(nav(alice).getByRole('link', { name: 'Members' })).toHaveCount(0)
  expect(await findings(alice), 'sessions').toEqual([])
  await alice.goto('/settings/teams')
  await expect(teams(alice).getByRole('row')).toHaveCount(2)
  await expect(teams(alice)).toContainText('storefront')
  await expect(alice.getByRole('link', { name: 'New team' })).toHaveCount(0)
  expect((await alice.request.get('/api/v1/members')).status()).toBe(403)

  await page.goto('/settings/members')
  const row = page.getByRole('row').filter({ hasText: 'Alice Example' })
  await expect(row).toContainText('Viewer of storefront by shop-team')
  expect(await findings(page), 'members').toEqual([])
  await row.getByRole('button', { name: 'End all sessions of Alice Example' }).click()
  await page.getByRole('button', { name: 'End all sessions', exact: true }).click()
  await expect(row.getByRole('button', { name: /^End all/ })).toBeDisabled()
  expect((await alice.request.get('/api/v1/me')).status()).toBe(401)
  await alice.context().close()
})

test('who has no role is told so, with their groups and no data', async ({ browser }) => {
  const carol = await pageOf(browser, 'Carol Example', '/login')
  await expect(carol.getByRole('heading', { level: 1, name: 'You have no role here yet' })).toBeVisible()
  await expect(carol.getByText('The login provider tells no groups of yours.')).toBeVisible()
  await expect(carol.getByRole('button', { name: 'Account of Carol Example' })).toBeVisible()
  expect((await readMap(carol.request, 'last=5m')).nodes).toEqual([])
  expect(await findings(carol)).toEqual([])
  await carol.goto('/settings/teams')
  await expect(carol.getByText('so you see nothing')).toBeVisible()
  await expect(carol.getByRole('button', { name: 'Share' })).toHaveCount(0)
  await carol.context().close()
})

test('a group that is given a role sees at the next request', async ({ page, browser }) => {
  test.setTimeout(180_000)
  const alice = await pageOf(browser, 'Alice Example', '/settings/teams')
  await expect(teams(alice)).toContainText('storefront')
  const namespaces = async () => {
    const { nodes } = await readMap(alice.request, 'last=5m')
    return [...new Set(nodes.map(({ namespace }) => namespace).filter(Boolean))].sort()
  }
  expect(await namespaces()).toEqual(['storefront'])
  const name = `Search ${Date.now()}`
  await makeTeam(page, name, 'catalog', 'shop-team')
  expect(await namespaces()).toEqual(['catalog', 'storefront'])
  await deleteTeam(page, name)
  expect(await namespaces()).toEqual(['storefront'])
  await alice.context().close()
})
