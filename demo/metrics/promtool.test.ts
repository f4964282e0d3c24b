import { execFileSync, spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { start, virtualWorld } from '../test-world'
import { felixMetrics } from './felix'
import { istioMetrics } from './istio'
import { linkerdMetrics } from './linkerd'
import { createRegistry } from './registry'
import { exposition } from './text'

const hasPromtool = (() => {
  try {
    execFileSync('promtool', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    console.log('promtool is not installed: Prometheus’s own reading of the metrics is not tried')
    return false
  }
})()

test.skipIf(!hasPromtool)('Prometheus’s own parser reads the metrics of all pods', () => {
  const registry = createRegistry(start)
  const { engine } = virtualWorld((cluster) =>
    [istioMetrics, linkerdMetrics, felixMetrics].map((of) => of(cluster, registry)),
  )
  engine.advance(start + 20_000)
  const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], {
    input: exposition(registry.targets(), true),
    encoding: 'utf8',
  })
  // 3: parsed, with remarks on names that are upstream's.
  expect([0, 3], stderr).toContain(status)
})
