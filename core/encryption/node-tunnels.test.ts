import { expect, test } from 'vitest'
import { edge, row } from '../world-fixture'
import type { TunnelReading } from './ground'
import { ground, node } from './ground-fixture'
import { nodeTunnels } from './node-tunnels'

const readAt = 1_000_000
const reading = (own: string, peerKey: string, handshakeAt: number | null): TunnelReading => ({
  cluster: 'east',
  node: own,
  peerKey,
  handshakeAt,
  readAt,
})
const machine = (name: string) => ({ cluster: 'east', namespace: '', kind: 'Node', name })
const felix = (reporter: 'source' | 'destination', bytesSent: number) =>
  row({ source: 'prometheus:felix', encryption: 'wireguard', reporter }, { bytesSent })

const nodes = [node('n3', ''), node('n1'), node('n2'), node('n4', '', { ipsec: true })]

test('nodes by name with their keys and the peers that they should have', () => {
  const found = nodeTunnels({ ground: ground([], nodes), edges: [] })
  expect(found.map(({ name, keys, expectedPeers, peers }) => [name, keys, expectedPeers, peers])).toEqual([
    ['n1', 'wireguard', 1, null],
    ['n2', 'wireguard', 1, null],
    ['n3', 'none', 0, null],
    ['n4', 'ipsec', 0, null],
  ])
})

test.each([
  ['hands were shaken within three minutes', readAt - 180_000, [], 'alive'],
  ['longer ago, and nothing was sent', readAt - 180_001, [], 'quiet'],
  ['longer ago, and packets got no answer', readAt - 180_001, [felix('source', 500)], 'cut'],
  ['never', null, [], 'never'],
] as const)('a peer: %s', (_, handshakeAt, rows, state) => {
  const tunnels = [reading('n1', 'n2-key', handshakeAt)]
  const edges = [edge(machine('n1'), machine('n2'), rows, { port: 51_820, protocol: 'udp' })]
  const [first] = nodeTunnels({ ground: ground([], nodes, { tunnels }), edges })
  expect(first).toMatchObject({ newestHandshakeAt: handshakeAt, peers: [{ node: 'n2', state, handshakeAt }] })
})

test('answers from the peer make it quiet, not cut', () => {
  const tunnels = [reading('n1', 'n2-key', 0)]
  const edges = [
    edge(machine('n1'), machine('n2'), [felix('source', 500)]),
    edge(machine('n2'), machine('n1'), [felix('destination', 400)]),
  ]
  const [first] = nodeTunnels({ ground: ground([], nodes, { tunnels }), edges })
  expect(first?.peers?.[0]?.state).toBe('quiet')
})

test('a peer whose key no node has', () => {
  const [first] = nodeTunnels({ ground: ground([], nodes, { tunnels: [reading('n1', 'old', null)] }), edges: [] })
  expect(first?.peers).toMatchObject([{ node: null, state: 'never' }])
})
