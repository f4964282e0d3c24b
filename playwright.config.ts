import { defineConfig } from '@playwright/test'
import { adminState } from './e2e/command'

const port = Number(process.env.ORIEL_E2E_PORT ?? 3987)
const chromium = process.env.ORIEL_CHROMIUM || undefined

const providerPort = Number(process.env.ORIEL_E2E_PROVIDER_PORT ?? 3988)

/** The certified provider that people log in with in tests (e2e/oriel.yaml names it). */
const provider = {
  command: 'node --import tsx e2e/provider.ts',
  url: `http://127.0.0.1:${providerPort}/healthz`,
  // One that a run before left behind may end in the middle of this one.
  reuseExistingServer: !process.env.CI,
  stdout: 'pipe',
  stderr: 'pipe',
} as const

/**
 * Tests against the running app: one start of everything on the demo cluster, as a new user would, with e2e/oriel.yaml.
 * With ORIEL_E2E_URL they run against an app that was started with that file too; ORIEL_E2E_STATE names its state folder.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.e2e.ts',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 1,
  retries: 0,
  reporter: [['list'], ['json']],
  outputDir: 'test-results',
  globalSetup: './e2e/global-setup.ts',
  use: {
    baseURL: process.env.ORIEL_E2E_URL ?? `http://localhost:${port}`,
    storageState: adminState,
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
  webServer: process.env.ORIEL_E2E_URL
    ? [provider]
    : [
        provider,
        {
          command: `node bin/oriel.mjs start --demo --port ${port} --state-dir .oriel/e2e --config e2e/oriel.yaml`,
          url: `http://localhost:${port}/readyz`,
          timeout: 900_000,
          reuseExistingServer: false,
          gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
          stdout: 'pipe',
          stderr: 'pipe',
        },
      ],
})
