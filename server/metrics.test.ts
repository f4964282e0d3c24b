import { Registry } from 'prom-client'
import { expect, it } from 'vitest'
import { gaugeOf, startMetrics } from './metrics'

it('serves a registry on loopback, at /metrics only', async () => {
  const registry = new Registry()
  gaugeOf(registry, 'oriel_test_things', 'Things.', () => 7)
  const { port, stop } = await startMetrics(0, registry)
  const at = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init)
  expect(await (await at('/metrics')).text()).toContain('oriel_test_things 7')
  expect((await at('/')).status).toBe(404)
  expect((await at('/metrics', { method: 'POST' })).status).toBe(404)
  await expect(startMetrics(port, registry)).rejects.toThrow('EADDRINUSE')
  await stop()
})
