import { expect, test } from 'vitest'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { linkerd } from './linkerd'
import { classifyAll } from './test-classify'
import { readAll, sampleOf } from './test-samples'

const shared = join(process.env.ORIEL_SHARED ?? '../shared', 'data/linkerd/proxy-metrics-real-lines.prom')
const self = { namespace: 'ns', pod: 'self' }
const callee = { dst_namespace: 'shop', dst_deployment: 'cart', target_port: '8080' }

const classesOf = (labels: Readonly<Record<string, string>>) => {
  const direction = labels.direction ?? 'outbound'
  const own = direction === 'outbound' ? callee : {}
  const samples = [sampleOf('request_total', { direction, ...own, ...labels }, 10)]
  return classifyAll(readAll(linkerd, samples, [], self)).units.requests?.identity.shares ?? null
}

test.each([
  ['an identity', { tls: 'true', server_id: 'cart.shop.serviceaccount.identity.linkerd.cluster.local' }, { mtls: 1 }],
  ['an unknown client', { direction: 'inbound', tls: 'true', client_id: '' }, { mtls: 1 }],
  [
    'no TLS from the client',
    { direction: 'inbound', tls: 'no_identity', no_tls_reason: 'no_tls_from_remote' },
    { plaintext: 1 },
  ],
  [
    'a callee that discovery gives no identity',
    { tls: 'no_identity', no_tls_reason: 'not_provided_by_service_discovery' },
    { plaintext: 1 },
  ],
  ['the way to its own application', { tls: 'no_identity', no_tls_reason: 'loopback' }, null],
  [
    'ingress mode without an override',
    { tls: 'no_identity', no_tls_reason: 'ingress_without_override' },
    { plaintext: 1 },
  ],
  ['identity turned off', { tls: 'disabled' }, { plaintext: 1 }],
  ['TLS that passes through', { direction: 'inbound', tls: 'opaque', sni: 'db.example.com' }, { tls: 1 }],
  ['a value that nobody knows yet', { tls: 'quantum' }, { unknown: 1 }],
] as const)('%s', (_, labels, shares) => expect(classesOf(labels)).toEqual(shares))

test.skipIf(!existsSync(shared))(
  'real lines: secured is what has an identity (skipped: no ../shared/data/linkerd)',
  () => {
    const samples = readFileSync(shared, 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, metric, text, value] = /^(response_total)\{(.*)\} (\d+)$/.exec(line) ?? []
        if (metric === undefined || text === undefined) return []
        const labels = Object.fromEntries(
          [...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, own]) => [name ?? '', own ?? '']),
        )
        return [sampleOf(metric.replace('response', 'request'), labels, Number(value))]
      })
    const byReporter = (direction: string) =>
      classifyAll(
        readAll(
          linkerd,
          samples.filter(({ labels }) => labels.direction === direction),
          [],
          self,
        ),
      ).units.requests
    expect(byReporter('outbound')?.identity.shares).toEqual({ mtls: 1 })
    const inbound = byReporter('inbound')
    expect(inbound?.total).toBe(1 + 7 + 6861)
    expect(inbound?.identity.shares.plaintext).toBeCloseTo(6862 / 6869, 9)
  },
)
