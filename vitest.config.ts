import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Folders whose modules keep nothing, so that their tests may share one module graph a worker. */
const pure = '{core,components}/**/*.test.{ts,tsx}'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    globalSetup: ['server/db/testing-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Some suites mostly wait (for a demo that lives, a collector that is killed), so three share two cores well.
    maxWorkers: 3,
    projects: [
      { extends: true, test: { name: 'pure', include: [pure], isolate: false } },
      { extends: true, test: { name: 'rest', include: ['{app,bin,collectors,demo,server}/**/*.test.{ts,tsx}'] } },
    ],
  },
})
