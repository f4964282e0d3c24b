import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePolicies } from './compile'
import { connections } from './connections'
import { endOf } from './evaluate'
import { explainPorts } from './explain-ports'
import { unionPorts } from './port-set'
import { portLine } from './port-text'
import { portProtocols } from './ports'
import { defaultOptions } from './profile'
import { allEnds, compiledOf, options, policies } from './test-arbitrary'
import { modelOf, pod } from './test-model'

test('ports are taken together by what decides on them', () => {
  const web = pod('shop/web', { labels: { app: 'web' } })
  const db = pod('shop/db', { labels: { app: 'db' } })
  const allow = (name: string, port: number) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'shop' },
    spec: {
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port }] }],
    },
  })
  const compiled = compilePolicies(modelOf([web, db], [allow('a', 80), allow('b', 443)]), defaultOptions)
  const found = explainPorts(compiled, endOf(web), endOf(db), 'TCP')
  expect(found.map(({ verdict, ports, sentences }) => [verdict, portLine(ports), sentences[0]])).toEqual([
    ['allowed', 'TCP 80', expect.stringMatching(/^NetworkPolicy shop\/a allows ingress/)],
    ['allowed', 'TCP 443', expect.stringMatching(/^NetworkPolicy shop\/b allows ingress/)],
    [
      'denied',
      'TCP 1-79,81-442,444-65535',
      'NetworkPolicy shop/a, NetworkPolicy shop/b select it for ingress, and no rule of them allows this from shop/web.',
    ],
  ])
  expect(portLine(explainPorts(compiled, endOf(web), endOf(db)).at(-1)?.ports ?? {})).toMatch(/UDP 1-65535/)
})

test('every port is explained once, with the verdict that connections gives it', () => {
  fc.assert(
    fc.property(policies, options, (all, how) => {
      const compiled = compiledOf(all, how)
      for (const from of allEnds.slice(0, 6))
        for (const to of allEnds.slice(0, 6)) {
          const found = explainPorts(compiled, from, to)
          const wanted = connections(compiled, from, to)
          for (const protocol of portProtocols) {
            const of = (verdict: string) =>
              found.filter((one) => one.verdict === verdict).flatMap(({ ports }) => ports[protocol] ?? [])
            expect(unionPorts(of('allowed'), [])).toEqual(wanted.allowed[protocol] ?? [])
            expect(unionPorts(of('undefined'), [])).toEqual(wanted.open[protocol] ?? [])
            const count = found
              .flatMap(({ ports }) => ports[protocol] ?? [])
              .reduce((sum, r) => sum + r.to - r.from + 1, 0)
            expect(count).toBe(65_535)
          }
        }
    }),
    { numRuns: 25 },
  )
})
