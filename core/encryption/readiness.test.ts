import { describe, expect, it } from 'vitest'
import { edge, workload, world } from '../world-fixture'
import type { EdgeRow, WorldEdge } from '../world'
import { classifyWorld } from './classify-world'
import { ground, istio, linkerd, node, peerAuthentication, placed, pods } from './ground-fixture'
import { readinessOf } from './readiness'

const [web, cart, prometheus, ingress, rates] = [
  workload('web'),
  workload('cart'),
  workload('prometheus', 'platform'),
  workload('ingress', 'platform'),
  workload('rates', 'logistics'),
]
const machine = { cluster: 'east', namespace: '', kind: 'Node', name: 'n1' }
const strict = peerAuthentication('shop/default', { mtls: { mode: 'STRICT' } })

const [hour, day] = [3_600_000, 86_400_000]
/** Adjoining times, newest first. */
const times = [
  { from: 29 * day, to: 29 * day + hour },
  { from: 24 * day, to: 29 * day },
  { from: 0, to: 24 * day },
]

/** `parts`: edges of each time, newest first. */
const readiness = (
  parts: readonly (readonly WorldEdge[])[],
  intents: readonly (typeof strict)[] = [],
  toldSeconds = () => Infinity,
) => {
  const known = ground(
    [
      placed(web, pods('n1', 'sidecar')),
      placed(cart, pods('n2', 'sidecar', { skipsIn: [9090] })),
      placed(prometheus, pods('n1')),
      placed(rates, pods('n1', 'linkerd')),
      placed(ingress, pods('n1', 'gateway')),
    ],
    [node('n1'), node('n2')],
    { intents },
  )
  return readinessOf(
    parts.map((edges, at) => ({
      window: times[at] ?? { from: 0, to: 0 },
      classified: classifyWorld(world(edges, { ground: known })),
      toldSeconds,
    })),
  )
}
const call = (from: typeof web, to: typeof web, ...rows: EdgeRow[]) => edge(from, to, rows)

describe('whether a namespace could refuse plaintext', () => {
  it.each([
    [
      'all that came in was mTLS',
      [call(web, cart, istio('mtls', 10))],
      [],
      'young',
      '100 % mTLS for 60 min only, mode is PERMISSIVE',
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
    [
      'it refuses plaintext',
      [call(web, cart, istio('mtls', 10))],
      [strict],
      'strict',
      'STRICT, no plaintext seen for 60 min',
    ],
    [
      'it refuses plaintext, and some was seen',
      [call(web, cart, istio('mtls', 10)), call(prometheus, web, istio('plaintext', 12))],
      [strict],
      'broken',
      'configured STRICT, 12 plaintext requests seen',
    ],
    [
      'it refuses plaintext, and one request of it was seen',
      [call(prometheus, web, istio('plaintext', 1))],
      [strict],
      'broken',
      'configured STRICT, 1 plaintext request seen',
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
      'STRICT but for some; without exception it would break one edge: prometheus → web',
    ],
  ] as const)('%s', (_, edges, intents, state, words) => {
    expect(readiness([edges], intents)).toMatchObject([{ cluster: 'east', namespace: 'shop', state, words }])
  })

  const good = call(web, cart, istio('mtls', 10))
  it('counts no time of which nobody told', () => {
    const hours = (n: number) => readiness([[good], [good], [good]], [], () => n * 3_600)
    expect(hours(6)).toMatchObject([{ state: 'young', words: '100 % mTLS for 13 h only, mode is PERMISSIVE' }])
    expect(hours(12)).toMatchObject([{ state: 'ready', words: '100 % mTLS for 25 h, mode is PERMISSIVE' }])
  })

  const rare = call(prometheus, web, istio('plaintext', 3))
  const mended = call(prometheus, web, istio('mtls', 3))
  it.each([
    ['all of it was mTLS', [[good], [good], [good]], [], 'ready', '100 % mTLS for 29 d, mode is PERMISSIVE'],
    [
      'a rare caller speaks plaintext',
      [[good], [good, rare], [good]],
      [],
      'blocked',
      'STRICT would break one edge: prometheus → web, last seen more than 60 min ago',
    ],
    [
      'a caller came into the mesh',
      [[good], [good, mended], [good, rare]],
      [],
      'ready',
      '100 % mTLS for 5 d, not all of it before, mode is PERMISSIVE',
    ],
    [
      'a caller came into the mesh just now',
      [
        [good, mended],
        [good, rare],
      ],
      [],
      'young',
      '100 % mTLS for 60 min only, not all of it before, mode is PERMISSIVE',
    ],
    [
      'plaintext from before it was refused',
      [[good], [good, rare]],
      [strict],
      'strict',
      'STRICT, no plaintext seen for 60 min',
    ],
  ] as const)('by when edges were seen: %s', (_, parts, intents, state, words) =>
    expect(readiness(parts, intents)).toMatchObject([{ state, words }]),
  )

  it('tells where the edge was seen last, and how to refuse plaintext once it may be', () => {
    expect(readiness([[good], [rare]])[0]).toMatchObject({ seen: times[1], mend: null })
    expect(readiness([[good], [good]])[0]).toMatchObject({ seen: null, mend: { subject: ['shop'] } })
    const permissive = peerAuthentication('shop/lenient', { mtls: { mode: 'PERMISSIVE' } })
    expect(readiness([[good], [good]], [permissive])[0]?.mend?.subject).toEqual(['shop', 'shop/lenient'])
  })

  it('names the edges that it would break', () => {
    const breaking = call(prometheus, web, istio('plaintext', 3))
    const [first] = readiness([[breaking]])
    expect(first?.edges).toEqual(['east/platform/Deployment/prometheus|east/shop/Deployment/web|8080|tcp'])
  })

  it.each([
    ['machines, whose probes Istio rewrites', edge(machine, web, [istio('plaintext', 3)])],
    ['a port that the proxy skips', edge(prometheus, cart, [istio('unknown', 3)], { port: 9090 })],
    ['a callee of another mesh', call(prometheus, rates, linkerd('plaintext', 3))],
    ['a gateway, which takes no PeerAuthentication', call(prometheus, ingress, istio('plaintext', 3))],
    ['a callee without a proxy', call(web, prometheus, istio('unknown', 3))],
  ] as const)('leaves out %s', (_, each) => expect(readiness([[each]])).toEqual([]))
})
