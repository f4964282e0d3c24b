import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { stopTestServer } from './testing-server'

declare module 'vitest' {
  export interface ProvidedContext {
    databaseDir: string
  }
}

/** One folder per run for the tests' PostgreSQL; the first test that needs it starts it, the end of the run stops it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'oriel-test-'))
  project.provide('databaseDir', dir)
  return async () => {
    await stopTestServer(dir)
    await rm(dir, { recursive: true, force: true })
  }
}
