import { expect, type Locator, type Page } from '@playwright/test'
import type { Graph } from './app'

export const theMap = (page: Page): Locator => page.getByRole('application', { name: /^Service map/ })
export const panelOf = (page: Page): Locator => page.getByRole('complementary', { name: 'Selection' })

/** One of the choices of a group such as Lens, Level, View. */
export const choose = (page: Page, group: string, option: string): Promise<void> =>
  page.getByRole('group', { name: group, exact: true }).getByText(option).click()

/** One of several radio buttons, which may show its choice only when the address has it. */
export async function pick(page: Page, name: string): Promise<void> {
  const radio = page.getByRole('radio', { name })
  // The button itself is a pixel in a corner of what people press.
  await page.locator('label').filter({ has: radio }).click()
  await expect(radio).toBeChecked()
}

/** One of the choices of a menu such as Level. */
export async function chooseFrom(page: Page, menu: string, option: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${menu}: `) }).click()
  await page.getByRole('menuitemradio', { name: option, exact: true }).click()
}

export type Place = { readonly x: number; readonly y: number; readonly width: number }

/** Where names lie on the drawn map (top left corner on the page), once nothing moves any more. Names must be drawn once. */
export async function placesOf(page: Page, names: readonly string[]): Promise<ReadonlyMap<string, Place>> {
  const any = new RegExp(`^(${names.map((name) => name.replaceAll(/[.]/g, '\\.')).join('|')})$`)
  const look = () =>
    theMap(page)
      .getByText(any)
      .evaluateAll((labels) =>
        labels.map((label) => {
          const { x, y, width } = label.getBoundingClientRect()
          return [label.textContent ?? '', { x: Math.round(x), y: Math.round(y), width }] as const
        }),
      )
  let last = ''
  let found: Awaited<ReturnType<typeof look>> = []
  await expect(async () => {
    found = await look()
    const before = last
    last = JSON.stringify(found)
    expect(found.map(([name]) => name).toSorted()).toEqual([...names].toSorted())
    expect(last).toBe(before)
  }).toPass({ intervals: [600], timeout: 60_000 })
  return new Map(found)
}

/** Clicks a node by its name: the node lies just above. */
export async function clickNode(page: Page, name: string): Promise<void> {
  const place = (await placesOf(page, [name])).get(name)
  if (!place) throw new Error(`${name} is not on the map`)
  await page.mouse.click(place.x + place.width / 2, place.y - 5)
}

/** Names that stand on the map once: a namespace may be called as one of its workloads. */
export function uniqueNames({ nodes }: Graph): string[] {
  const taken = new Set(nodes.map((node) => node.namespace))
  const names = nodes
    .filter(({ role }) => !role)
    .map((node) => node.name)
    .filter((name) => !taken.has(name) && name.length < 20)
  return names.filter((name) => names.indexOf(name) === names.lastIndexOf(name))
}

/** The next answer of the map that is newer than `to`. */
export async function nextMap(page: Page, to: number): Promise<Graph> {
  for (;;) {
    const response = await page.waitForResponse((answer) => new URL(answer.url()).pathname === '/api/v1/map', {
      timeout: 60_000,
    })
    const graph = (await response.json()) as Graph
    if (graph.window?.to > to) return graph
  }
}
