import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Registry } from 'prom-client'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { ground, istio, node, placed, pods } from '@/core/encryption/ground-fixture'
import { edge, workload, world } from '@/core/world-fixture'
import { registerEncryption } from './encryption-metrics'

const [web, cart] = [workload('web', 'front'), workload('cart')]
const now = 100_000
const on = ground([placed(web, pods('a', 'sidecar')), placed(cart, pods('b', 'sidecar'))], [node('a'), node('b')], {
  tunnels: [
    {
      cluster: 'east',
      node: 'a',
      peerKey: 'b-key',
      handshakeAt: now - 40_000,
      readAt: now,
    },
  ],
  certificates: [
    {
      cluster: 'east',
      mesh: 'istio',
      level: 'root',
      subject: 'ca',
      namespace: '',
      notBefore: 0,
      notAfter: 9_000_000,
      readAt: now,
    },
  ],
})
const full = world([edge(web, cart, [istio('mtls', 100)])], { ground: on })

async function scrape(load: () => Promise<typeof full>): Promise<readonly string[]> {
  const registry = new Registry()
  registerEncryption(registry, load)
  return (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
}

it('tells coverage, rates, certificates and handshakes', async () => {
  let loads = 0
  const lines = await scrape(() => (loads++, Promise.resolve(full)))
  expect(loads).toBe(1)
  expect(lines).toContain(
    'oriel_encryption_coverage_ratio{cluster="east",namespace="front",unit="requests",bound="least"} 1',
  )
  expect(lines.filter((line) => line.startsWith('oriel_encryption_rate'))).not.toHaveLength(0)
  expect(lines).toContain(
    'oriel_certificate_expiry_timestamp_seconds{cluster="east",mesh="istio",level="root",namespace="",subject="ca"} 9000',
  )
  expect(lines.find((line) => line.startsWith('oriel_tunnel_handshake_age_seconds'))).toMatch(/peer="b".* 40$/)
  expect(lines).toContain('oriel_encryption_namespaces_cut{limit="500"} 0')
})

it('has no series where nothing is known or nothing can be read, never 0', async () => {
  const quiet = await scrape(() => Promise.resolve(world([])))
  expect(quiet).toEqual(['oriel_encryption_namespaces_cut{limit="500"} 0'])
  expect(await scrape(() => Promise.reject(new Error('the database is away')))).toEqual([])
})

const rules = readFileSync(new URL('../deploy/alerts.yaml', import.meta.url), 'utf8')

it('has alert rules that ask for metrics that there are', async () => {
  const names = new Set((await scrape(() => Promise.resolve(full))).map((line) => line.replace(/[{ ].*/, '')))
  const { groups } = parse(rules) as { groups: { name: string; rules: { alert: string; expr: string }[] }[] }
  const all = groups.filter(({ name }) => name === 'oriel-encryption').flatMap((group) => group.rules)
  expect(all.length).toBeGreaterThan(4)
  for (const { expr } of all)
    for (const name of expr.match(/oriel_[a-z_]+/g) ?? ['none']) expect([...names]).toContain(name)
})

const promtool = (() => {
  try {
    return execFileSync('promtool', ['--version'], { encoding: 'utf8', stdio: 'pipe' })
  } catch {
    return null
  }
})()

it.skipIf(promtool === null)('has alert rules that promtool accepts (skipped where it is not installed)', () => {
  const path = new URL('../deploy/alerts.yaml', import.meta.url).pathname
  expect(execFileSync('promtool', ['check', 'rules', path], { encoding: 'utf8', stdio: 'pipe' })).toContain('SUCCESS')
})
