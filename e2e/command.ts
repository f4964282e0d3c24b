import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Folder of the running app's state: for the command line and the demo's control port. null where it is not known. */
export const stateDir: string | null =
  process.env.ORIEL_E2E_STATE ?? (process.env.ORIEL_E2E_URL ? null : `${root}.oriel/e2e`)

/** Cookies of the local administrator, which every test begins with (global-setup.ts). */
export const adminState = `${root}.oriel/e2e-admin.json`

/** Runs `oriel` on the running app's state and returns what it printed. */
export async function oriel(...args: string[]): Promise<string> {
  if (stateDir === null)
    throw new Error('With ORIEL_E2E_URL, ORIEL_E2E_STATE must name the state folder of the app under test')
  const command = [`${root}bin/oriel.mjs`, ...args, '--state-dir', stateDir]
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, timeout: 80_000 })
  return stdout
}
