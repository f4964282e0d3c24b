import { existsSync } from 'node:fs'
import { type APIRequestContext, expect, test as base } from '@playwright/test'

import { root } from './command'

export { expect } from '@playwright/test'
export { oriel, stateDir } from './command'

/** A file of the shared captures; null where they are not at hand. */
export function sharedFile(path: string): string | null {
  const file = `${process.env.ORIEL_SHARED ?? `${root}../shared`}/${path}`
  return existsSync(file) ? file : null
}

type Fixtures = { expectedErrors: RegExp | null; quietConsole: void }

/** Every test also fails on an error in the browser's console, but for those that it says to expect. */
export const test = base.extend<Fixtures, { traffic: void }>({
  expectedErrors: [null, { option: true }],
  quietConsole: [
    async ({ page, expectedErrors }, use) => {
      const errors: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text())
      })
      page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
      await use()
      expect(errors.filter((text) => !expectedErrors?.test(text))).toEqual([])
    },
    { auto: true },
  ],
  traffic: [
    async ({ playwright }, use, info) => {
      const { baseURL, storageState } = info.project.use
      const request = await playwright.request.newContext({ baseURL, storageState })
      await expect(async () => expect((await readMap(request, 'last=5m')).edges.length).toBeGreaterThan(50)).toPass({
        timeout: 120_000,
      })
      await request.dispose()
      await use()
    },
    { auto: true, scope: 'worker', timeout: 180_000 },
  ],
})

export type Figures = Readonly<
  Record<'requests' | 'responses' | 'serverErrors' | 'requestRate' | 'p95', number | null>
> & {
  readonly verdicts: Readonly<Record<string, number>>
}
export type Node = {
  readonly id: string
  readonly type: string
  readonly namespace: string
  readonly kind: string
  readonly name: string
  /** `gateway` or `waypoint`, which its label then says. */
  readonly role?: string | null
  readonly health: 'unknown' | 'healthy' | 'degraded' | 'failing'
  readonly incoming: Figures | null
}
export type Edge = {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly port: number
  readonly figures: Figures
}
export type Graph = {
  readonly window: { readonly from: number; readonly to: number }
  readonly nodes: readonly Node[]
  readonly edges: readonly Edge[]
  readonly hiddenNodes: number
}

/** An answer of the API, which must be one. */
export async function read<T>(request: APIRequestContext, path: string): Promise<T> {
  const response = await request.get(`/api/v1/${path}`)
  expect(response.status(), `${path}: ${response.ok() ? '' : await response.text()}`).toBe(200)
  return (await response.json()) as T
}

/** Deletes through the API, of the origin that it asks for; what is gone already is fine. */
export async function remove(request: APIRequestContext, path: string): Promise<void> {
  const { origin } = new URL((await request.get('/api/v1/clusters')).url())
  const response = await request.delete(`/api/v1/${path}`, { headers: { origin } })
  expect([200, 404], `${path}: ${response.ok() ? '' : await response.text()}`).toContain(response.status())
}

export const readMap = (request: APIRequestContext, query = ''): Promise<Graph> => read<Graph>(request, `map?${query}`)

/** Four minutes that stand still, old enough for late flows to have come, as a query. */
export async function frozenRange(request: APIRequestContext): Promise<string> {
  const { window } = await readMap(request, 'last=5m')
  return `from=${window.to - 300_000}&to=${window.to - 60_000}`
}
