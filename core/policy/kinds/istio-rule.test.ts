import { describe, expect, test } from 'vitest'
import type { Flow } from '../decision'
import type { ModelObject, Workload } from '../model'
import { space } from '../test-model'
import { meshPods, object, verdictOf } from './test-mesh'

const { web, api, job, bare } = meshPods('istio')
const policy = object('security.istio.io/v1', 'AuthorizationPolicy')
const allow = (rule: ModelObject) => policy('shop/allow', { rules: [rule] })
const deny = (rule: ModelObject) => policy('shop/deny', { action: 'DENY', rules: [rule] })
const told = (one: ModelObject, from = web, flow: Partial<Flow> = {}) =>
  verdictOf({ objects: [one], from, to: api, flow })

const [A, D, U] = ['allowed', 'denied', 'undefined'] as const
const get = { request: { method: 'GET', path: '/cart/1', host: 'Api.Shop:8080', headers: { 'x-team': 'web' } } }
const tcp = { request: null }

describe('sources, asked as an ALLOW by web, job and a pod without a proxy', () => {
  test.each([
    ['a principal', { principals: ['cluster.local/ns/shop/sa/web'] }, A, D, D],
    ['a principal of another domain', { principals: ['other.org/ns/shop/sa/web'] }, D, D, D],
    ['principals by prefix', { principals: ['cluster.local/ns/shop/*'] }, A, D, D],
    ['principals by suffix', { principals: ['*/sa/job'] }, D, A, D],
    ['any principal', { principals: ['*'] }, A, A, D],
    ['not a principal holds without mTLS', { notPrincipals: ['cluster.local/ns/shop/sa/web'] }, D, A, A],
    ['who proves nothing', { notPrincipals: ['*'] }, D, D, A],
    ['a namespace', { namespaces: ['shop'] }, A, D, D],
    ['a namespace by prefix', { namespaces: ['ba*'] }, D, A, D],
    ['a namespace by suffix', { namespaces: ['*op'] }, A, D, D],
    ['a longer namespace', { namespaces: ['sho'] }, D, D, D],
    ['not a namespace holds without mTLS', { notNamespaces: ['shop'] }, D, A, A],
    ['a service account of the policy’s namespace', { serviceAccounts: ['web'] }, A, D, D],
    ['a service account elsewhere', { serviceAccounts: ['batch/job'] }, D, A, D],
    ['a trust domain', { trustDomains: ['cluster.local'] }, A, A, D],
    ['an address', { ipBlocks: ['10.0.0.1'] }, A, D, D],
    ['a range', { ipBlocks: ['10.0.0.0/29'] }, A, A, D],
    ['not a range', { notIpBlocks: ['10.0.0.8/29'] }, A, A, D],
    ['all fields must hold', { namespaces: ['shop'], ipBlocks: ['10.0.0.3'] }, D, D, D],
    ['a token is not known', { requestPrincipals: ['*'] }, U, U, U],
    ['the client of a proxy is not known', { remoteIpBlocks: ['10.0.0.1'] }, U, U, U],
    ['a field that is not known fails closed', { waypoints: ['x'] }, D, D, D],
    ['and as part of others', { namespaces: ['shop'], waypoints: ['x'] }, D, D, D],
  ])('%s', (_, fields, ofWeb, ofJob, ofBare) => {
    const rule = { from: [{ source: fields }] }
    expect([web, job, bare].map((from) => told(allow(rule), from, get))).toEqual([ofWeb, ofJob, ofBare])
  })

  test('one of several sources, one of several operations and all conditions', () => {
    const rule = {
      from: [{ source: { namespaces: ['batch'] } }, { source: { principals: ['*/sa/web'] } }],
      to: [{ operation: { methods: ['PUT'] } }, { operation: { paths: ['/cart/*'] } }],
      when: [{ key: 'destination.port', values: ['8080'] }],
    }
    expect(told(allow(rule), web, get)).toBe(A)
    expect(told(allow(rule), job, get)).toBe(A)
    expect(told(allow(rule), bare, get)).toBe(D)
    expect(told(allow(rule), web, { request: { method: 'GET', path: '/x' } })).toBe(D)
    expect(told(allow(rule), web, { ...get, port: 81 })).toBe(D)
  })

  test('an unknown field does not narrow a DENY', () => {
    expect(told(deny({ from: [{ source: { waypoints: ['x'] } }] }))).toBe(D)
  })

  test('cluster.local stands for the trust domain of the mesh, others for themselves', () => {
    const of = (domain: string) =>
      verdictOf({
        objects: [allow({ from: [{ source: { principals: [`${domain}/ns/shop/sa/web`] } }] })],
        from: web,
        to: api,
        options: { trustDomain: 'mesh.org' },
      })
    expect([of('cluster.local'), of('mesh.org'), of('other.org')]).toEqual([A, A, D])
  })
})

describe('operations, an ALLOW and a DENY asked of HTTP and of plain TCP', () => {
  test.each([
    ['a method', { methods: ['GET'] }, [A, D], [D, D]],
    ['another method', { methods: ['PUT'] }, [D, D], [A, D]],
    ['not a method', { notMethods: ['GET'] }, [D, D], [A, D]],
    ['a path by prefix', { paths: ['/cart/*'] }, [A, D], [D, D]],
    ['a path by suffix', { paths: ['*/1'] }, [A, D], [D, D]],
    ['any path', { paths: ['*'] }, [A, D], [D, D]],
    ['a path template', { paths: ['/{*}/1'] }, [A, D], [D, D]],
    ['a path template of two segments', { paths: ['/cart/{*}/{*}'] }, [D, D], [A, D]],
    ['a host in any case', { hosts: ['API.shop:8080'] }, [A, D], [D, D]],
    ['a host by suffix', { hosts: ['*.shop:8080'] }, [A, D], [D, D]],
    ['not a host', { notHosts: ['*.shop:8080'] }, [D, D], [A, D]],
    ['a port', { ports: ['8080'] }, [A, A], [D, D]],
    ['another port', { ports: ['81'] }, [D, D], [A, A]],
    ['not a port', { notPorts: ['8080'] }, [D, D], [A, A]],
    ['a method on another port', { methods: ['GET'], ports: ['81'] }, [D, D], [A, A]],
  ] as const)('%s', (_, operation, allowed, denied) => {
    const rule = { to: [{ operation }] }
    const asked = [get, tcp]
    expect(asked.map((flow) => told(allow(rule), web, flow))).toEqual(allowed)
    expect(asked.map((flow) => told(deny(rule), web, flow))).toEqual(denied)
  })

  test('the query of a path does not count', () => {
    const ask = (paths: readonly string[], path: string) =>
      told(allow({ to: [{ operation: { paths } }] }), web, { request: { path } })
    expect([ask(['/cart'], '/cart?of=1'), ask(['*/1'], '/cart?of=/1'), ask(['/{*}'], '/cart?a/b')]).toEqual([A, D, A])
  })

  test('what is asked for decides, where it is not known it is open', () => {
    const rule = { to: [{ operation: { methods: ['GET'] } }] }
    expect([told(allow(rule)), told(deny(rule))]).toEqual([U, U])
    expect(told(allow({ to: [{ operation: { methods: ['GET'], ports: ['81'] } }] }))).toBe(D)
  })

  test('a pod in ambient mode is judged as plain TCP', () => {
    const namespaces = [space('shop', { 'istio.io/dataplane-mode': 'ambient' })]
    const rule = { to: [{ operation: { methods: ['PUT'] } }] }
    const of = (spaces: typeof namespaces, annotations: Workload['annotations'] = {}, labels = api.labels) =>
      [allow(rule), deny(rule)].map((one) =>
        verdictOf({
          objects: [one],
          from: web,
          to: { ...api, annotations, labels },
          flow: get,
          model: { namespaces: spaces },
        }),
      )
    expect(of(namespaces)).toEqual([D, D])
    expect(of(namespaces, {}, { ...api.labels, 'istio.io/dataplane-mode': 'none' })).toEqual([D, A])
    expect(of(namespaces, { 'sidecar.istio.io/status': '{}' })).toEqual([D, A])
    expect(of([space('shop')], { 'ambient.istio.io/redirection': 'enabled' })).toEqual([D, D])
    expect(of([space('shop')])).toEqual([D, A])
  })
})

describe('conditions', () => {
  test.each([
    ['source.principal', ['cluster.local/ns/shop/sa/web'], A, D],
    ['source.namespace', ['shop'], A, D],
    ['source.serviceAccount', ['shop/web'], A, D],
    ['source.ip', ['10.0.0.0/30'], A, D],
    ['destination.ip', ['10.0.0.2'], A, D],
    ['destination.ip', ['10.0.0.3'], D, A],
    ['destination.port', ['8080', '81'], A, D],
    ['request.headers[X-Team]', ['web'], A, D],
    ['request.headers[x-team]', ['w*'], A, D],
    ['request.headers[x-none]', ['*'], D, A],
    ['remote.ip', ['10.0.0.1'], U, U],
    ['request.auth.claims[iss]', ['x'], U, U],
    ['connection.sni', ['x'], U, U],
    ['experimental.envoy.filters.a[b]', ['x'], U, U],
  ])('%s %s', (key, values, positive, negative) => {
    expect(told(allow({ when: [{ key, values }] }), web, get)).toBe(positive)
    expect(told(allow({ when: [{ key, notValues: values }] }), web, get)).toBe(negative)
  })

  test('conditions of HTTP on plain TCP: an ALLOW never matches, a DENY leaves them out', () => {
    const rule = { when: [{ key: 'request.auth.claims[iss]', values: ['x'] }] }
    expect([told(allow(rule), web, tcp), told(deny(rule), web, tcp)]).toEqual([D, D])
  })

  test('the client of plain TCP is the source', () => {
    expect(told(allow({ when: [{ key: 'remote.ip', values: ['10.0.0.1'] }] }), web, tcp)).toBe(A)
    expect(told(allow({ from: [{ source: { remoteIpBlocks: ['10.0.0.3'] } }] }), web, tcp)).toBe(D)
  })
})
