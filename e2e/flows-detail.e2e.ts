import { expect, frozenRange, read, test } from './app'
import { drawerOf, rowsOf } from './flows-places'
import { panelOf } from './map-places'

test('the detail holds every field that the source gave', async ({ page, request }) => {
  await page.goto(`/flows?${await frozenRange(request)}&q=verdict:denied+from:reports`)
  await rowsOf(page).nth(1).click()
  const drawer = drawerOf(page)
  await expect(drawer.getByText('reports → accounts-postgres')).toBeVisible()
  await expect(drawer.getByRole('region', { name: 'Policies', exact: true })).toContainText(
    /^PoliciesdeniedDenied on the way (out|in)/,
  )
  await expect(page).toHaveURL(/[?&]flow=/)
  const id = new URL(page.url()).searchParams.get('flow') ?? ''
  const { fields } = await read<{ fields: Record<string, unknown> }>(request, `flows/${encodeURIComponent(id)}`)
  const flat = leaves(fields)
  expect(flat.length).toBeGreaterThan(15)
  const terms = await drawer.getByRole('term').allTextContents()
  for (const { name, text } of flat) {
    expect(terms).toContain(name)
    await expect(drawer.getByRole('definition').filter({ hasText: text }).first()).toBeVisible()
  }
  await drawer.getByText('JSON', { exact: true }).click()
  const json = await drawer.getByText(/^\{/).textContent()
  expect(JSON.parse(json ?? '')).toEqual(fields)

  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
})

test('a flow leads to its edge on the map', async ({ page, request }) => {
  const range = await frozenRange(request)
  await page.goto(`/flows?${range}&q=from:checkout%20to:payments`)
  await rowsOf(page).nth(1).click()
  await drawerOf(page).getByRole('link', { name: 'Show on the map' }).click()
  await expect(panelOf(page).getByRole('heading', { level: 2 })).toHaveText('checkout → payments')
  await expect(page).toHaveURL(new RegExp(`[?&]${range.split('&')[0]}`))
})

test('a value of the detail becomes a term of the filter, and the ends lead to their services', async ({
  page,
  request,
}) => {
  await page.goto(`/flows?${await frozenRange(request)}&q=from:checkout%20to:payments`)
  await rowsOf(page).nth(1).click()
  await drawerOf(page).getByRole('button', { name: '9000', exact: true }).first().click()
  await expect(page.getByRole('combobox', { name: 'Find or filter' })).toHaveValue(
    'from:checkout to:payments port:9000',
  )
  await expect(drawerOf(page).getByRole('link', { name: 'Open checkout/payments' })).toHaveAttribute(
    'href',
    /^\/services\/[^/]+\/checkout\/[^/]+\/payments\?/,
  )
})

/** The scalar fields of a record as the drawer names them (their first part heads a group) and a part of their text. */
function leaves(fields: Readonly<Record<string, unknown>>, prefix = ''): { name: string; text: string }[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    const path = prefix ? `${prefix}.${key}` : key
    const name = path.slice(path.indexOf('.') + 1)
    if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
      return [{ name, text: String(value[0] ?? '') }]
    if (typeof value !== 'object' || value === null) return [{ name, text: String(value) }]
    return leaves(value as Record<string, unknown>, path)
  })
}
