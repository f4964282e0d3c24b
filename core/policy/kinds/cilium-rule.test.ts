import { describe, expect, test } from 'vitest'
import type { ModelObject } from '../model'
import type { HttpRequest } from '../request-match'
import { type Asked, cilium, compiled, denyToDb, forDb, fromWeb, pods, verdict } from './test-cilium'
import { flowTo } from '../test-model'
import { evaluate } from '../evaluate'
import { explain } from '../explain'

const all = { fromEntities: ['all'] }
const on = (port: ModelObject, parts: ModelObject = {}): ModelObject => ({ toPorts: [{ ports: [port], ...parts }] })

describe('ports', () => {
  test.each<[ModelObject, Asked, string]>([
    [on({ port: '80', protocol: 'TCP' }), {}, 'allowed'],
    [on({ port: '80', protocol: 'UDP' }), {}, 'denied'],
    [on({ port: '80' }), { protocol: 'SCTP' }, 'allowed'],
    [on({ port: '80', protocol: 'ANY' }), { protocol: 'UDP' }, 'allowed'],
    [on({ port: '0', protocol: 'TCP' }), { port: 4711 }, 'allowed'],
    [on({ port: '0', protocol: 'TCP' }), { protocol: 'UDP' }, 'denied'],
    [on({ port: '0' }), { protocol: 'ICMP', port: null }, 'denied'],
    [on({ port: '70', endPort: 90 }), {}, 'allowed'],
    [on({ port: '70', endPort: 79 }), {}, 'denied'],
    [on({ port: '80', endPort: 70 }), {}, 'allowed'],
    [on({ port: 'sql' }), { port: 5432 }, 'allowed'],
    [on({ port: 'SQL' }), { port: 5432 }, 'allowed'],
    [on({ port: 'sql' }), {}, 'denied'],
    [{ toPorts: [{}] }, {}, 'denied'],
    [{ ...all, toPorts: [] }, {}, 'allowed'],
    [{ toPorts: [{ ports: [{ port: '81' }] }, { ports: [{ port: '80' }] }] }, {}, 'allowed'],
    [all, { protocol: 'ICMP', port: null }, 'allowed'],
    [on({ port: '80' }), { protocol: 'ICMP', port: null }, 'denied'],
    [{ icmps: [{ fields: [{ type: 8 }] }] }, { protocol: 'ICMP', port: null }, 'undefined'],
    [{ icmps: [{ fields: [{ type: 8 }] }] }, { protocol: 'ICMPv6', port: null }, 'denied'],
    [{ icmps: [{ fields: [{ type: 'EchoRequest', family: 'IPv6' }] }] }, {}, 'denied'],
    [on({ port: '0', protocol: 'VRRP' }), { protocol: 'other', port: null }, 'undefined'],
    [on({ port: '80' }, { serverNames: ['a.example.com'] }), {}, 'undefined'],
    [on({ port: '80' }, { later: true }), {}, 'undefined'],
  ])('%j lets %j in: %s', (rule, asked, expected) => {
    expect(verdict([forDb(rule)], asked)).toBe(expected)
  })

  test('a name of egress is looked up on the destination', () => {
    expect(verdict([fromWeb(on({ port: 'sql' }))], { port: 5432 })).toBe('allowed')
    expect(verdict([fromWeb(on({ port: 'sql' }))], { port: 5432, to: 'job' })).toBe('denied')
  })
})

describe('HTTP', () => {
  const http = (...rules: readonly ModelObject[]) => on({ port: '80', protocol: 'TCP' }, { rules: { http: rules } })
  test.each<[ModelObject, HttpRequest | null | undefined, string]>([
    [http({ method: 'GET', path: '/' }), { method: 'GET', path: '/' }, 'allowed'],
    [http({ method: 'GET', path: '/' }), { method: 'GET', path: '/a' }, 'denied'],
    [http({ method: 'GET', path: '/' }), undefined, 'undefined'],
    [http({ method: 'GET', path: '/' }), null, 'denied'],
    [http({ method: 'GET|HEAD' }), { method: 'HEAD' }, 'allowed'],
    [http({ method: 'GET' }, { method: 'PUT' }), { method: 'PUT' }, 'allowed'],
    [http({ path: '/public/.*' }), { path: '/public/a/b' }, 'allowed'],
    [http({ path: '/public/.*' }), { path: '/private' }, 'denied'],
    [http({ path: '^/a$' }), { path: '/a' }, 'allowed'],
    [http({ path: '/v[0-9]+/x' }), { path: '/v1/x' }, 'undefined'],
    [http({ path: '/v[0-9]+/x' }), { path: '/w1/x' }, 'denied'],
    [http({ path: '/(a|b)' }), { path: '/c' }, 'undefined'],
    [http({ host: 'Shop.example.com' }), { host: 'shop.example.com' }, 'allowed'],
    [http({ host: 'shop.example.com' }), { host: 'shopXexample.com' }, 'undefined'],
    [http({ host: 'shop\\.example\\.com' }), { host: 'shopxexample.com' }, 'denied'],
    [http({ headers: ['X-Key: true'] }), { headers: { 'x-key': 'true' } }, 'allowed'],
    [http({ headers: ['X-Key: true'] }), { headers: { 'x-key': 'no' } }, 'denied'],
    [http({ headers: ['X-Key'] }), { headers: { 'x-key': 'no' } }, 'allowed'],
    [http({ headerMatches: [{ name: 'X', value: '1' }] }), { headers: { x: '2' } }, 'denied'],
    [http({ headerMatches: [{ name: 'X', value: '1', mismatch: 'LOG' }] }), { headers: {} }, 'allowed'],
    [http({ headerMatches: [{ name: 'X', secret: { name: 's' } }] }), { headers: { x: '1' } }, 'undefined'],
    [http({}), { path: '/' }, 'allowed'],
    [http({}), null, 'denied'],
    [http(), null, 'allowed'],
  ])('%j lets %j in: %s', (rule, request, expected) => {
    expect(verdict([forDb(rule)], request === undefined ? {} : { request })).toBe(expected)
  })

  test('a rule without conditions on requests lets all of them pass', () => {
    expect(verdict([forDb(http({ method: 'GET' }), on({ port: '80' }))], { request: { method: 'PUT' } })).toBe(
      'allowed',
    )
  })

  test('requests that fit none may be dropped also where the policy does not isolate', () => {
    const spec = { endpointSelector: {}, enableDefaultDeny: { ingress: false }, ingress: [http({ method: 'GET' })] }
    expect(verdict([cilium('shop/a', spec)], { request: { method: 'PUT' } })).toBe('undefined')
    expect(verdict([cilium('shop/a', spec)], { request: { method: 'GET' } })).toBe('allowed')
    expect(verdict([cilium('shop/a', spec)], { port: 81 })).toBe('allowed')
  })
})

describe('DNS and other protocols', () => {
  const dns = (...names: readonly ModelObject[]) => on({ port: '53', protocol: 'UDP' }, { rules: { dns: names } })
  test.each<[ModelObject, string]>([
    [dns({ matchPattern: '*' }), 'allowed'],
    [dns({ matchName: 'example.com' }), 'undefined'],
    [dns({ matchName: 'example.com' }, { matchPattern: '*' }), 'allowed'],
  ])('%j: %s', (rule, expected) => {
    expect(verdict([fromWeb(rule)], { protocol: 'UDP', port: 53 })).toBe(expected)
  })

  test('what is asked for in Kafka and in protocols of plug-ins is open', () => {
    for (const rules of [{ kafka: [{ topic: 'a' }] }, { l7proto: 'r2d2', l7: [{ cmd: 'HALT' }] }])
      expect(verdict([forDb(on({ port: '80', protocol: 'TCP' }, { rules }))])).toBe('undefined')
  })
})

describe('denials', () => {
  const networkPolicy: ModelObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'a', namespace: 'shop' },
    spec: { podSelector: {}, ingress: [{}] },
  }
  const fromShop = { fromEndpoints: [{}] }
  test.each<[string, readonly ModelObject[], Asked, string]>([
    ['beat an allow of another policy', [forDb(all), denyToDb(fromShop)], {}, 'denied'],
    ['say nothing of others', [forDb(all), denyToDb(fromShop)], { from: 'job' }, 'allowed'],
    ['beat a NetworkPolicy', [networkPolicy, denyToDb(fromShop)], {}, 'denied'],
    [
      'beat a clusterwide allow',
      [cilium('a', { endpointSelector: {}, ingress: [all] }), denyToDb(fromShop)],
      {},
      'denied',
    ],
    ['isolate by themselves', [denyToDb(fromShop)], { from: 'job' }, 'denied'],
    ['that say nothing deny nobody', [forDb(all), denyToDb({})], {}, 'allowed'],
    ['may be about ports', [forDb(all), denyToDb(on({ port: '80' }))], { port: 81 }, 'allowed'],
  ])('%s', (_, objects, asked, expected) => {
    expect(verdict(objects, asked)).toBe(expected)
  })
})

describe('authentication and requirements', () => {
  const required = { ...all, authentication: { mode: 'required' } }
  const only = { fromRequires: [{ matchLabels: { app: 'web' } }] }
  test.each<[string, readonly ModelObject[], Asked, string]>([
    ['whether it succeeds is not told', [forDb(required)], {}, 'undefined'],
    ['wider allows need it too', [forDb(required, all)], {}, 'undefined'],
    ['other ports do not', [forDb({ ...required, ...on({ port: '81' }) }, all)], {}, 'allowed'],
    ['disabled asks for nothing', [forDb({ ...all, authentication: { mode: 'disabled' } })], {}, 'allowed'],
    ['who is not let in stays out', [forDb({ ...required, fromEntities: ['world'] })], {}, 'denied'],
    ['a requirement lets nobody in', [forDb(only)], {}, 'denied'],
    ['who fits a requirement is let in by another rule', [forDb(only, all)], {}, 'allowed'],
    ['who does not fit may be kept out', [forDb(only, all)], { from: 'job' }, 'undefined'],
    ['with ports it depends on the version', [forDb({ ...only, ...on({ port: '80' }) })], {}, 'undefined'],
  ])('%s', (_, objects, asked, expected) => {
    expect(verdict(objects, asked)).toBe(expected)
  })
})

test('explanations name the port that a rule with several is about', () => {
  const http = { ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ method: 'GET' }] } }
  const model = compiled([forDb({ toPorts: [{ ports: [{ port: '81', protocol: 'TCP' }] }, http] })])
  const flow = flowTo(pods.web, pods.db, 80, { request: { method: 'GET' } })
  expect(explain(model, flow, evaluate(model, flow))).toContain(
    'CiliumNetworkPolicy shop/db allows ingress to shop/db from anybody on TCP 80, for requests with method GET (spec.ingress[0].toPorts[1]).',
  )
})
