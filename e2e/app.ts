import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type APIRequestContext, expect, test as base } from '@playwright/test'

export { expect } from '@playwright/test'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Folder of the running app's state: for the command line and the demo's control port. null where it is not known. */
export const stateDir: string | null =
  process.env.ORIEL_E2E_STATE ?? (process.env.ORIEL_E2E_URL ? null : `${root}.oriel/e2e`)

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
      const request = await playwright.request.newContext({ baseURL: info.project.use.baseURL })
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

export const readMap = (request: APIRequestContext, query = ''): Promise<Graph> => read<Graph>(request, `map?${query}`)

/** Four minutes that stand still, old enough for late flows to have come, as a query. */
export async function frozenRange(request: APIRequestContext): Promise<string> {
  const { window } = await readMap(request, 'last=5m')
  return `from=${window.to - 300_000}&to=${window.to - 60_000}`
}

/** Runs `oriel` on the running app's state and returns what it printed. */
export async function oriel(...args: string[]): Promise<string> {
  if (stateDir === null) throw new Error('ORIEL_E2E_STATE must name the state folder of the app under test')
  const command = [`${root}bin/oriel.mjs`, ...args, '--state-dir', stateDir]
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, timeout: 80_000 })
  return stdout
}
