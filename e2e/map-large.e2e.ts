import type { Page } from '@playwright/test'
import { expect, frozenRange, readMap, test } from './app'
import { theMap } from './map-places'

/** More copies of the demo's graph than are drawn as SVG. */
const copies = 8

/** The map's answer several times over, so that it is drawn on a canvas; the first copy keeps its ids. */
async function enlarge(page: Page): Promise<void> {
  await page.route(
    ({ pathname }) => pathname === '/api/v1/map',
    async (route) => {
      const graph = await (await route.fetch()).json()
      const all = Array.from({ length: copies }, (_, copy) => copy)
      const named = (id: string, copy: number) => (copy === 0 ? id : `${id}~${copy}`)
      const nodes = all.flatMap((copy) =>
        graph.nodes.map((node: { id: string; namespace: string }) => ({
          ...node,
          id: named(node.id, copy),
          namespace: node.namespace && named(node.namespace, copy),
        })),
      )
      const edges = all.flatMap((copy) =>
        graph.edges.map((edge: { id: string; from: string; to: string }) => ({
          ...edge,
          id: named(edge.id, copy),
          from: named(edge.from, copy),
          to: named(edge.to, copy),
        })),
      )
      await route.fulfill({ json: { ...graph, nodes, edges } })
    },
  )
}

const dots = (page: Page) => theMap(page).locator('canvas[data-dots]')
/** The dots' canvas as a text: another one when something moved. */
const picture = (page: Page) => dots(page).evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
const isBlank = (page: Page) =>
  dots(page).evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    return pixels.every((value) => value === 0)
  })

async function openLarge(page: Page, search: string): Promise<void> {
  await enlarge(page)
  await page.goto(`/?${search}`)
  await expect(theMap(page)).toHaveAccessibleName(/map, \d{3} nodes/, { timeout: 60_000 })
  await expect(dots(page)).toBeAttached({ timeout: 60_000 })
}

test.describe('for who likes motion', () => {
  test.use({ reducedMotion: 'no-preference' })

  test('on a large map dots run along the edges of what is chosen, and only there', async ({ page, request }) => {
    test.setTimeout(240_000)
    const range = await frozenRange(request)
    const { nodes } = await readMap(request, range)
    const id = nodes.find(({ name }) => name === 'payments')?.id ?? ''
    await openLarge(page, `${range}&sel=${encodeURIComponent(id)}`)
    await expect.poll(() => isBlank(page), { timeout: 60_000 }).toBe(false)
    const before = await picture(page)
    await expect.poll(() => picture(page)).not.toBe(before)
    await page.keyboard.press('Escape')
    await expect.poll(() => isBlank(page)).toBe(true)
  })
})

test('nothing runs on a large map', async ({ page, request }) => {
  test.setTimeout(240_000)
  const range = await frozenRange(request)
  const { nodes } = await readMap(request, range)
  const id = nodes.find(({ name }) => name === 'payments')?.id ?? ''
  await openLarge(page, `${range}&sel=${encodeURIComponent(id)}`)
  await expect(page.getByRole('complementary', { name: 'Selection' })).toBeVisible()
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await expect.poll(() => isBlank(page), { timeout: 60_000 }).toBe(false)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expect.poll(() => isBlank(page)).toBe(true)
})
