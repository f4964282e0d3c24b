import { describe, expect, test } from 'vitest'
import { buildBaseline } from '../health/baseline'
import { ground, istio, node, over, peerAuthentication, placed, pods } from '../encryption/ground-fixture'
import type { EncryptionGround } from '../encryption/ground'
import { edge, flows, row, workload, world } from '../world-fixture'
import type { EdgeRow, WorldEdge } from '../world'
import { findDrafts } from '../health/find-attention'

const [web, cart] = [workload('web'), workload('cart')]
const hour = 3_600_000
const call = (...rows: EdgeRow[]) => edge(web, cart, rows, { id: 1 })
const found = (now: WorldEdge, past: WorldEdge | null, known?: EncryptionGround) => {
  const part = (at: number) => world(past ? [past] : [], { window: { from: at * hour, to: (at + 1) * hour } })
  const baseline = past && buildBaseline([part(0), part(1), part(2)])
  return findDrafts(world([now], { baseline, ...(known && { ground: known }) })).filter(({ audit }) =>
    ['plaintext', 'intent', 'tunnel', 'certificate'].includes(audit),
  )
}

describe('encryption that ended', () => {
  const [tunnelled, open] = [over('wireguard', flows(50)), over('open', flows(50))]
  const bare = ground([placed(web, pods('n1')), placed(cart, pods('n2'))], [node('n1'), node('n2', '')])
  test.each([
    ['mTLS before, plaintext now', call(istio('plaintext', 50)), call(istio('mtls', 50)), 1],
    ['a part of it', call(istio('plaintext', 10), istio('mtls', 40)), call(istio('mtls', 50)), 1],
    ['a tunnel before, an open way now', call(open), call(tunnelled), 1],
    ['mTLS before, a tunnel now', call(istio('plaintext', 50), tunnelled), call(istio('mtls', 50)), 0],
    ['plaintext before', call(istio('plaintext', 50)), call(istio('plaintext', 50)), 0],
    ['silence now', call(istio('unknown', 50)), call(istio('mtls', 50)), 0],
    ['silence before', call(istio('plaintext', 50)), call(istio('unknown', 50)), 0],
    ['an edge that is new', call(istio('plaintext', 50)), null, 0],
    [
      'refused attempts',
      call(istio('mtls', 50), istio('plaintext', 5, { verdict: 'denied' })),
      call(istio('mtls', 50)),
      0,
    ],
  ] as const)('%s', (what, now, past, findings) => {
    const known = what.startsWith('a tunnel') ? bare : undefined
    expect(found(now, past, known)).toHaveLength(findings)
  })
  test('says how much, since when and by whose words', () => {
    expect(found(call(istio('plaintext', 10), istio('mtls', 40)), call(istio('mtls', 50)))).toMatchObject([
      {
        severity: 'degraded',
        title: 'web → cart is no longer encrypted',
        sentence: '20 % of it is in plaintext; all was encrypted in the 3 h before.',
        subject: 'east/shop/Deployment/web|east/shop/Deployment/cart|8080|tcp',
        evidence: [{ figure: 'plaintext', value: '20 %', witness: 'prometheus:istio/destination' }],
      },
    ])
  })
})

test('plaintext that Istio is told to refuse', () => {
  const strict = peerAuthentication('shop/default', { mtls: { mode: 'STRICT' } })
  const known = ground([placed(web, pods('n1')), placed(cart, pods('n1', 'sidecar'))], [], { intents: [strict] })
  expect(found(call(istio('plaintext', 12)), null, known)).toMatchObject([
    {
      audit: 'intent',
      title: 'web → cart speaks plaintext to STRICT',
      sentence: 'shop: configured STRICT, 12 plaintext requests seen, by web → cart.',
    },
  ])
  expect(found(call(istio('mtls', 12)), null, known)).toEqual([])
})

test('a tunnel without answers is told once for both of its ends', () => {
  const machine = (name: string) => ({ cluster: 'east', namespace: '', kind: 'Node', name })
  const sent = row({ source: 'prometheus:felix', encryption: 'wireguard', reporter: 'source' }, { bytesSent: 500 })
  const reading = (own: string, peer: string) => ({
    cluster: 'east',
    node: own,
    peerKey: `${peer}-key`,
    handshakeAt: 0,
    readAt: 40 * 60_000,
  })
  const known = ground([], [node('n1'), node('n2')], { tunnels: [reading('n1', 'n2'), reading('n2', 'n1')] })
  const edges = [edge(machine('n1'), machine('n2'), [sent]), edge(machine('n2'), machine('n1'), [sent])]
  const drafts = findDrafts(world(edges, { ground: known })).filter(({ audit }) => audit === 'tunnel')
  expect(drafts.map(({ title, sentence }) => [title, sentence])).toEqual([
    ['The tunnel n1 ↔ n2 is cut', 'n1 sends to n2 and gets nothing back; their last handshake was 40 min before.'],
  ])
})

test('certificates that end or were not renewed, alike ones together', () => {
  const certificate = (level: 'issuer' | 'workload', subject: string, left: number, life: number) => ({
    cluster: 'east',
    mesh: 'linkerd' as const,
    level,
    subject,
    namespace: 'shop',
    notBefore: 100_000 + left - life,
    notAfter: 100_000 + left,
    readAt: 100_000,
  })
  const certificates = [
    certificate('issuer', 'identity', 9 * 24 * hour, 365 * 24 * hour),
    certificate('workload', 'web', 3 * hour, 24 * hour),
    certificate('workload', 'cart', 2 * hour, 24 * hour),
    certificate('workload', 'fine', 20 * hour, 24 * hour),
  ]
  const drafts = findDrafts(world([], { ground: ground([], [], { certificates }) }))
  expect(drafts.map(({ title }) => title)).toEqual([
    'two Linkerd workload certificates are renewed late: 2 h left',
    'The Linkerd issuer certificate of identity expires in 9 d',
  ])
})
