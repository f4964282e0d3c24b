import { describe, expect, it } from 'vitest'
import { workload } from '../world-fixture'
import { destinationRule, peerAuthentication } from './ground-fixture'
import { intentsOf } from './intent'

const web = workload('web')
const labels = { app: 'web' }
const mtls = (mode: string) => ({ mtls: { mode } })
const root = (mode: string) => peerAuthentication('istio-system/default', mtls(mode))

describe('the mode of PeerAuthentication', () => {
  const forWeb = { selector: { matchLabels: labels } }
  it.each([
    ['nothing is told', [], 'PERMISSIVE', null],
    ['the mesh', [root('STRICT')], 'STRICT', 'istio-system/default'],
    [
      'the namespace over the mesh',
      [root('STRICT'), peerAuthentication('shop/ns', mtls('PERMISSIVE'))],
      'PERMISSIVE',
      'shop/ns',
    ],
    [
      'an UNSET namespace inherits',
      [root('STRICT'), peerAuthentication('shop/ns', mtls('UNSET'))],
      'STRICT',
      'istio-system/default',
    ],
    [
      'a policy without mtls inherits',
      [root('STRICT'), peerAuthentication('shop/ns', {})],
      'STRICT',
      'istio-system/default',
    ],
    [
      'the workload over the namespace',
      [
        peerAuthentication('shop/ns', mtls('STRICT')),
        peerAuthentication('shop/web', { ...forWeb, ...mtls('DISABLE') }),
      ],
      'DISABLE',
      'shop/web',
    ],
    [
      'the oldest of several at one level',
      [peerAuthentication('shop/b', mtls('STRICT'), 200), peerAuthentication('shop/a', mtls('DISABLE'), 100)],
      'DISABLE',
      'shop/a',
    ],
    [
      'a selector in the root namespace is ignored',
      [peerAuthentication('istio-system/web', { ...forWeb, ...mtls('STRICT') })],
      'PERMISSIVE',
      null,
    ],
    [
      'another workload’s policy',
      [peerAuthentication('shop/db', { selector: { matchLabels: { app: 'db' } }, ...mtls('STRICT') })],
      'PERMISSIVE',
      null,
    ],
    ['another namespace’s policy', [peerAuthentication('data/ns', mtls('STRICT'))], 'PERMISSIVE', null],
    [
      'a port of the workload',
      [peerAuthentication('shop/web', { ...forWeb, ...mtls('STRICT'), portLevelMtls: { 8080: { mode: 'DISABLE' } } })],
      'DISABLE',
      'shop/web',
    ],
    [
      'an UNSET port inherits',
      [peerAuthentication('shop/web', { ...forWeb, ...mtls('STRICT'), portLevelMtls: { 8080: { mode: 'UNSET' } } })],
      'STRICT',
      'shop/web',
    ],
    [
      'ports of a policy without a selector count for nothing',
      [peerAuthentication('shop/ns', { ...mtls('STRICT'), portLevelMtls: { 8080: { mode: 'DISABLE' } } })],
      'STRICT',
      'shop/ns',
    ],
    ['what cannot be read says nothing', [peerAuthentication('shop/ns', { mtls: 7 })], 'PERMISSIVE', null],
  ] as const)('%s', (_, intents, mode, by) =>
    expect(intentsOf({ intents }).peer(web, labels, 8080)).toEqual({ mode, by }),
  )
})

describe('what a DestinationRule tells clients', () => {
  const rule = (name: string, host: string, mode: string | null, more: object = {}) =>
    destinationRule(name, { host, trafficPolicy: { ...(mode && { tls: { mode } }), ...more } })
  it.each([
    ['nothing', [], null],
    ['its full name', [rule('shop/a', 'front.shop.svc.cluster.local', 'DISABLE')], 'DISABLE'],
    ['a short name in its own namespace', [rule('shop/a', 'front', 'DISABLE')], 'DISABLE'],
    ['a short name in another namespace', [rule('data/a', 'front', 'DISABLE')], null],
    ['all of the mesh', [rule('istio-system/a', '*.local', 'ISTIO_MUTUAL')], 'ISTIO_MUTUAL'],
    ['all of the namespace', [rule('istio-system/a', '*.shop.svc.cluster.local', 'SIMPLE')], 'SIMPLE'],
    ['all of another namespace', [rule('istio-system/a', '*.data.svc.cluster.local', 'SIMPLE')], null],
    ['another service', [rule('shop/a', 'other', 'DISABLE')], null],
    [
      'a rule elsewhere does not reach these clients',
      [rule('elsewhere/a', 'front.shop.svc.cluster.local', 'DISABLE')],
      null,
    ],
    [
      'the client’s namespace goes before the callee’s',
      [rule('shop/a', 'front', 'DISABLE'), rule('clients/a', 'front.shop.svc.cluster.local', 'MUTUAL')],
      'MUTUAL',
    ],
    [
      'the more exact host',
      [rule('shop/a', '*.shop.svc.cluster.local', 'DISABLE'), rule('shop/b', 'front', 'MUTUAL')],
      'MUTUAL',
    ],
    [
      'a port replaces what is said of all',
      [
        rule('shop/a', 'front', 'MUTUAL', {
          portLevelSettings: [{ port: { number: 8080 }, tls: { mode: 'DISABLE' } }],
        }),
      ],
      'DISABLE',
    ],
    [
      'a port that is silent about TLS',
      [rule('shop/a', 'front', 'DISABLE', { portLevelSettings: [{ port: { number: 8080 } }] })],
      null,
    ],
  ] as const)('%s', (_, intents, mode) =>
    expect(intentsOf({ intents }).client('clients', web, ['front'], 8080)?.mode ?? null).toBe(mode),
  )
})
