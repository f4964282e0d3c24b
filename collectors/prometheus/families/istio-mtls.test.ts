import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Labels } from '../family'
import { istio } from './istio'
import { classifyAll } from './test-classify'
import { readAll, sampleOf } from './test-samples'

const shared = join(process.env.ORIEL_SHARED ?? '../shared', 'data/istio/appender-fixtures.json')

type Fixture = {
  readonly test: string
  readonly prometheus: readonly {
    readonly query: string
    readonly result: readonly { metric: Labels; value: string | number }[]
  }[]
  readonly asserts: readonly string[]
}

const fixtures = (): readonly Fixture[] => JSON.parse(readFileSync(shared, 'utf8'))

/** The series of a fixture as proxies would tell them; equal labels are those of two pods. */
const identityOf = ({ prometheus }: Fixture, reporter: string) => {
  const samples = prometheus.flatMap(({ query, result }) =>
    result.map(({ metric, value }, at) =>
      sampleOf(/istio_\w+/.exec(query)?.[0] ?? '', { ...metric, reporter, pod: String(at) }, Number(value)),
    ),
  )
  return classifyAll(readAll(istio, samples)).units.requests?.identity.shares
}

/** What Kiali's own test asserts of the edge that has traffic. */
const kialis = ({ asserts }: Fixture): number =>
  Number(asserts.map((each) => /Equal\((\d+\.\d)/.exec(each)?.[1]).find((each) => each !== undefined)) / 100

describe.skipIf(!existsSync(shared))('Kiali’s mTLS of edges (skipped: no ../shared/data/istio)', () => {
  const named = (name: string): Fixture => {
    const found = fixtures().find(({ test: each }) => each.endsWith(name))
    if (!found) throw new Error(`no fixture ${name}`)
    return found
  }

  test.each(['TestSecurityPolicyTotalRates', 'TestSecurityPolicyWithServiceNodesAndNoZtunnel'])(
    '%s: the same',
    (name) => {
      expect(identityOf(named(name), 'destination')?.mtls).toBeCloseTo(kialis(named(name)), 9)
    },
  )

  // Kiali assigns the rate of each policy, so that of several series the last one wins: it says a half of 20 of 30.
  test.each(['TestSecurityPolicyDefaultRates', 'TestSecurityPolicyAmbientDefaultRates'])(
    '%s: two thirds, where Kiali says a half',
    (name) => {
      expect(kialis(named(name))).toBe(0.5)
      expect(identityOf(named(name), 'destination')).toEqual({
        mtls: expect.closeTo(2 / 3, 9),
        plaintext: expect.closeTo(1 / 3, 9),
      })
    },
  )
})

// The overwriting is meant to count two ztunnels of one connection once: here the reporter is chosen instead.
test('both ztunnels of one connection count it once', () => {
  const labels = {
    source_workload: 'web',
    source_workload_namespace: 'shop',
    destination_workload: 'cart',
    destination_workload_namespace: 'shop',
    destination_service_name: 'cart',
    destination_service_namespace: 'shop',
    connection_security_policy: 'mutual_tls',
    app: 'ztunnel',
  }
  const samples = ['source', 'destination'].flatMap((reporter) => [
    sampleOf('istio_tcp_connections_opened_total', { ...labels, reporter }, 3),
    sampleOf('istio_tcp_sent_bytes_total', { ...labels, reporter }, 100),
  ])
  const { units } = classifyAll(readAll(istio, samples))
  expect(units.connections?.amounts.mtls).toBe(3)
  expect(units.bytes?.amounts.mtls).toBe(100)
})
