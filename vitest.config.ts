import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    include: ['{app,bin,collectors,components,core,demo,server}/**/*.test.{ts,tsx}'],
    globalSetup: ['server/db/testing-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Some suites mostly wait (for a demo that lives, a collector that is killed), so three share two cores well.
    maxWorkers: 3,
  },
})
