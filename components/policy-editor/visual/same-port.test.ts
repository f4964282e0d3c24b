import { expect, it } from 'vitest'
import { readPort } from './same-port'

it.each([
  ['5432', { protocol: 'TCP', port: { from: 5432, to: 5432 } }],
  ['udp 53', { protocol: 'UDP', port: { from: 53, to: 53 } }],
  ['TCP/8000-8080', { protocol: 'TCP', port: { from: 8000, to: 8080 } }],
  ['http', { protocol: 'TCP', port: { name: 'http' } }],
  ['SCTP', { protocol: 'SCTP', port: 'any' }],
  ['0', null],
  ['90-80', null],
  ['70000', null],
  ['a b c', null],
  ['', null],
])('reads %j', (text, port) => expect(readPort(text)).toEqual(port))
