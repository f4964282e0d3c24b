import { describe, expect, it } from 'vitest'
import { edge, workload, world } from '../world-fixture'
import type { EdgeRow, WorldEdge } from '../world'
import { classifyWorld } from './classify-world'
import { ground, istio, linkerd, node, peerAuthentication, placed, pods } from './ground-fixture'
import { readinessOf } from './readiness'

const [web, cart, prometheus, rates] = [
  workload('web'),
  workload('cart'),
  workload('prometheus', 'platform'),
  workload('rates', 'logistics'),
]
const machine = { cluster: 'east', namespace: '', kind: 'Node', name: 'n1' }
const strict = peerAuthentication('shop/default', { mtls: { mode: 'STRICT' } })

const readiness = (edges: readonly WorldEdge[], intents: readonly (typeof strict)[] = []) => {
  const known = ground(
    [
      placed(web, pods('n1', 'sidecar')),
      placed(cart, pods('n2', 'sidecar', { skipsIn: [9090] })),
      placed(prometheus, pods('n1')),
      placed(rates, pods('n1', 'linkerd')),
    ],
    [node('n1'), node('n2')],
    { intents },
  )
  const seen = world(edges, { ground: known })
  return readinessOf(seen, classifyWorld(seen))
}
const call = (from: typeof web, to: typeof web, ...rows: EdgeRow[]) => edge(from, to, rows)

describe('whether a namespace could refuse plaintext', () => {
  it.each([
    [
      'all that came in was mTLS',
      [call(web, cart, istio('mtls', 10))],
      [],
      'ready',
      '100 % mTLS for 2 min, mode is PERMISSIVE',
    ],
    [
      'one caller has no proxy',
      [call(web, cart, istio('mtls', 10)), call(prometheus, web, istio('plaintext', 3))],
      [],
      'blocked',
      'STRICT would break one edge: prometheus → web',
    ],
    [
      'nobody tells of an edge',
      [call(web, cart, istio('unknown', 10))],
      [],
      'unknown',
      'nobody tells of one edge: web → cart',
    ],
    ['it refuses plaintext', [call(web, cart, istio('mtls', 10))], [strict], 'strict', 'STRICT, no plaintext seen'],
    [
      'it refuses plaintext, and some was seen',
      [call(web, cart, istio('mtls', 10)), call(prometheus, web, istio('plaintext', 12))],
      [strict],
      'broken',
      'configured STRICT, 12 plaintext requests seen',
    ],
    [
      'a port is told otherwise',
      [call(prometheus, web, istio('plaintext', 12))],
      [
        strict,
        peerAuthentication('shop/web', {
          selector: { matchLabels: { app: 'web' } },
          portLevelMtls: { 8080: { mode: 'PERMISSIVE' } },
        }),
      ],
      'blocked',
      'STRICT would break one edge: prometheus → web',
    ],
  ] as const)('%s', (_, edges, intents, state, words) => {
    expect(readiness(edges, intents)).toMatchObject([{ cluster: 'east', namespace: 'shop', state, words }])
  })

  it('names the edges that it would break', () => {
    const breaking = call(prometheus, web, istio('plaintext', 3))
    const [first] = readiness([breaking])
    expect(first?.edges).toEqual(['east/platform/Deployment/prometheus|east/shop/Deployment/web|8080|tcp'])
  })

  it.each([
    ['machines, whose probes Istio rewrites', edge(machine, web, [istio('plaintext', 3)])],
    ['a port that the proxy skips', edge(prometheus, cart, [istio('unknown', 3)], { port: 9090 })],
    ['a callee of another mesh', call(prometheus, rates, linkerd('plaintext', 3))],
    ['a callee without a proxy', call(web, prometheus, istio('unknown', 3))],
  ] as const)('leaves out %s', (_, each) => expect(readiness([each])).toEqual([]))
})
