import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PolicyVerdict } from '../decision'
import type { ModelObject } from '../model'
import { meshPods, object, verdictOf } from './test-mesh'

const { web, api, job, bare } = meshPods('istio')
const policy = object('security.istio.io/v1', 'AuthorizationPolicy')

const some = (of: Record<string, readonly string[]>) =>
  fc.constantFrom(...Object.entries(of).flatMap(([name, values]) => values.map((value) => ({ [name]: [value] }))))
const from = some({
  principals: ['*', 'cluster.local/ns/shop/sa/web'],
  notPrincipals: ['*'],
  namespaces: ['shop', 'batch'],
  notNamespaces: ['shop'],
  requestPrincipals: ['*'],
  ipBlocks: ['10.0.0.0/30'],
  remoteIpBlocks: ['10.0.0.1'],
})
const to = some({ methods: ['GET'], notMethods: ['GET'], paths: ['/a*'], ports: ['8080', '81'], notPorts: ['81'] })
const when = fc.constantFrom(
  { key: 'destination.port', values: ['8080'] },
  { key: 'request.headers[a]', values: ['b'] },
)
const optional = <T>(value: fc.Arbitrary<T>) =>
  fc.option(fc.array(value, { minLength: 1, maxLength: 2 }), { nil: undefined })
const rule = fc.record({
  from: optional(from.map((source) => ({ source }))),
  to: optional(to.map((operation) => ({ operation }))),
  when: optional(when),
})
const rules = fc.array(rule, { maxLength: 2 })
const specs = fc.record({ action: fc.constantFrom('ALLOW', 'ALLOW', 'DENY', 'AUDIT', 'CUSTOM'), rules })
const named = (name: string, { action, rules }: { action: string; rules: readonly unknown[] }): ModelObject =>
  policy(`shop/${name}`, { action, rules, ...(action === 'CUSTOM' ? { provider: { name: 'opa' } } : {}) })
const sets = fc.array(specs, { maxLength: 3 }).map((all) => all.map((spec, i) => named(`p${i}`, spec)))
const requests = fc.constantFrom({}, { request: null }, { request: { method: 'GET', path: '/a', headers: {} } })
const flows = fc.record({ source: fc.constantFrom(web, job, bare), request: requests, port: fc.constantFrom(8080, 81) })

const rank: Readonly<Record<PolicyVerdict, number>> = { denied: 0, undefined: 1, allowed: 2 }
const told = (
  objects: readonly ModelObject[],
  { source, request, port }: { source: typeof web; request: object; port: number },
) => rank[verdictOf({ objects, from: source, to: api, flow: { ...request, port } })]

test('a DENY that is added never allows', () => {
  fc.assert(
    fc.property(sets, rules, flows, (all, more, flow) => {
      expect(told([...all, named('deny', { action: 'DENY', rules: more })], flow)).toBeLessThanOrEqual(told(all, flow))
    }),
    { numRuns: 100 },
  )
})

test('an ALLOW that is added to another never denies', () => {
  fc.assert(
    fc.property(sets, rules, rules, flows, (all, one, more, flow) => {
      const before = [...all, named('one', { action: 'ALLOW', rules: one })]
      expect(told([...before, named('more', { action: 'ALLOW', rules: more })], flow)).toBeGreaterThanOrEqual(
        told(before, flow),
      )
    }),
    { numRuns: 100 },
  )
})

test('an AUDIT changes nothing', () => {
  fc.assert(
    fc.property(sets, rules, flows, (all, more, flow) => {
      expect(told([...all, named('audit', { action: 'AUDIT', rules: more })], flow)).toBe(told(all, flow))
    }),
    { numRuns: 100 },
  )
})

test('plain TCP is never allowed by an ALLOW whose every rule asks for HTTP', () => {
  fc.assert(
    fc.property(rules, flows, (more, flow) => {
      const http = more.map((one) => ({ ...one, when: [{ key: 'request.headers[a]', values: ['b'] }] }))
      expect(told([named('allow', { action: 'ALLOW', rules: http })], { ...flow, request: { request: null } })).toBe(0)
    }),
    { numRuns: 100 },
  )
})
