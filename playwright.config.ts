import { defineConfig } from '@playwright/test'

const port = Number(process.env.ORIEL_E2E_PORT ?? 3987)
const chromium = process.env.ORIEL_CHROMIUM || undefined

/** Tests against the running app: one start of everything on the demo cluster, as a new user would. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.e2e.ts',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 1,
  retries: 0,
  reporter: [['list'], ['json']],
  outputDir: 'test-results',
  use: {
    baseURL: process.env.ORIEL_E2E_URL ?? `http://localhost:${port}`,
    viewport: { width: 1440, height: 900 },
    // What moves is drawn in software here, on few cores; tests of motion ask for it.
    reducedMotion: 'reduce',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  ...(process.env.ORIEL_E2E_URL
    ? {}
    : {
        webServer: {
          command: `node bin/oriel.mjs start --demo --port ${port} --state-dir .oriel/e2e`,
          url: `http://localhost:${port}/readyz`,
          timeout: 600_000,
          reuseExistingServer: false,
          gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
          stdout: 'pipe',
          stderr: 'pipe',
        },
      }),
})
