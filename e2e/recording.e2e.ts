import { fileURLToPath } from 'node:url'
import { expect, oriel, read, stateDir, test } from './app'
import { choose, clickNode, panelOf, theMap } from './map-places'

type Sources = { readonly recordings: readonly { readonly id: number; readonly name: string }[] }

const file = fileURLToPath(new URL('fixtures/small.jsonl', import.meta.url))
const name = `museum ${process.pid}`

test.describe.configure({ mode: 'serial' })
test.skip(stateDir === null, 'needs the command line: ORIEL_E2E_STATE names the state folder of the app under test')
test.afterAll(async () => {
  if (stateDir !== null && (await oriel('recordings', 'list')).includes(name)) await oriel('recordings', 'delete', name)
})

test('a capture is imported while the app runs, and once only', async () => {
  const first = await oriel('import', 'hubble', file, '--name', name)
  expect(first).toContain('4 lines read, 3 used, 3 new, 0 already there, 1 skipped')
  const again = await oriel('import', 'hubble', file, '--name', name)
  expect(again).toContain('4 lines read, 3 used, 0 new, 3 already there, 1 skipped')
  expect(await oriel('recordings', 'list')).toMatch(new RegExp(`^${name}\\thubble\\t2024-03-05T09:00:00.100Z`, 'm'))
})

test('it is listed under Sources and opens on the map, on its own time range', async ({ page, request }) => {
  let id: number | undefined
  // Answers are shared for a moment: the list may be the one from before the import.
  await expect(async () => {
    const { recordings } = await read<Sources>(request, 'sources')
    id = recordings.find((recording) => recording.name === name)?.id
    expect(id).toBeDefined()
  }).toPass()
  await page.goto('/sources')
  const item = page.getByRole('listitem').filter({ hasText: name })
  await expect(item.getByText(/2024-03-05 .* · hubble · .* lines read, \d used/)).toBeVisible()
  await expect(item.getByText(/1 skipped|2 skipped/)).toBeVisible()
  await item.getByRole('link', { name: 'Open on the map' }).click()

  await expect(theMap(page)).toHaveAccessibleName(/^Service map, 3 nodes and 2 edges/)
  expect(new URL(page.url()).searchParams.get('recording')).toBe(String(id))
  await expect(page.getByRole('button', { name: /^Time range/ })).toContainText('2024-03-05')
  await expect(page.getByText(`Recording ${name}`, { exact: true })).toBeVisible()
  await clickNode(page, 'gallery')
  await expect(panelOf(page).getByText(/^p50 (39|40|41)\sms · p99 (39|40|41)\sms$/)).toBeVisible()
  await expect(panelOf(page).getByRole('listitem').filter({ hasText: 'GET /rooms' })).toHaveCount(2)
  await panelOf(page)
    .getByRole('button', { name: /^Close panel/ })
    .click()
  await choose(page, 'View', 'List')
  await choose(page, 'Rows', 'Edges')
  const denied = page.getByRole('row').filter({ hasText: 'museum/vault' })
  await expect(denied.getByRole('cell').nth(2)).toHaveText('TCP 5432')
  await expect(denied.getByRole('cell').last()).toHaveText('1')

  await page.getByRole('button', { name: 'Leave the recording' }).click()
  await expect(page).not.toHaveURL(/recording=/)
  await expect(page.getByRole('row').filter({ hasText: 'payments' }).first()).toBeVisible()
})

test('its services and flows are shown without live ones', async ({ page, request }) => {
  const { recordings } = await read<Sources>(request, 'sources')
  const id = recordings.find((recording) => recording.name === name)?.id
  await page.goto(`/services?recording=${id}`)
  await expect(page.getByRole('table', { name: 'Services' }).getByRole('row')).toHaveCount(4)
  await page.goto(`/flows?recording=${id}`)
  const flows = page.getByRole('table', { name: 'Flows, newest first' }).getByRole('row')
  await expect(flows).toHaveCount(4)
  await expect(flows.nth(1)).toContainText('museum/vault:5432')
  await expect(flows.nth(1)).toContainText('denied')
})

test.describe('once deleted', () => {
  test.use({ expectedErrors: /404/ })
  test('it is gone from Sources, and its links say so', async ({ page, request }) => {
    const { recordings } = await read<Sources>(request, 'sources')
    const id = recordings.find((recording) => recording.name === name)?.id
    expect(await oriel('recordings', 'delete', name)).toContain(`Deleted the recording “${name}”`)
    await page.goto('/sources')
    await expect(page.getByRole('heading', { name: 'Recordings' })).toBeVisible()
    await expect(page.getByRole('region').first()).toBeVisible()
    await expect(page.getByRole('listitem').filter({ hasText: name })).toHaveCount(0)
    await page.goto(`/?recording=${id}`)
    await expect(
      page
        .getByRole('alert')
        .filter({ hasText: `There is no recording ${id}` })
        .first(),
    ).toBeVisible()
  })
})
