import { expect, it } from 'vitest'
import { clientAddress } from './client-address'

const trusted = ['10.0.0.0/8', '192.0.2.7', 'fd00::/8']

it.each<[what: string, peer: string | null, forwarded: string | null, expected: string]>([
  ['the socket’s own where nobody forwards', '203.0.113.9', null, '203.0.113.9'],
  ['the socket’s own where a stranger claims to forward', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['what a proxy says', '10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['not what the client told the proxy', '10.1.2.3', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
  ['past several proxies', '10.1.2.3', '198.51.100.1, 192.0.2.7', '198.51.100.1'],
  ['the proxy where it says nothing', '10.1.2.3', null, '10.1.2.3'],
  ['the proxy where it says nonsense', '10.1.2.3', 'unknown', '10.1.2.3'],
  ['with a port', '10.1.2.3', '198.51.100.1:4711', '198.51.100.1'],
  ['IPv4 in IPv6', '::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['IPv6', 'fd00::1', '[2001:DB8::1]:443', '2001:db8::1'],
  ['unknown where nobody tells the peer', null, '198.51.100.1', 'unknown'],
])('is %s', (_, peer, forwarded, expected) => {
  const headers = new Headers()
  if (peer !== null) headers.set('x-oriel-peer', peer)
  if (forwarded !== null) headers.set('x-forwarded-for', forwarded)
  expect(clientAddress(headers, trusted)).toBe(expected)
})
