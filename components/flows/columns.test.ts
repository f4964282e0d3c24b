import { expect, test } from 'vitest'
import { protocolWord, statusWord } from './columns'

test.each([
  ['dns', 3, 'NXDOMAIN'],
  ['dns', 17, 'rcode 17'],
  ['http', 503, '503'],
  ['grpc', 0, '0'],
] as const)('%s %s is %s', (l7, status, word) => expect(statusWord(l7, status)).toBe(word))

test.each([
  ['none', 'tcp', 'tcp'],
  ['unknown', 'udp', 'udp'],
  ['http', 'tcp', 'http'],
] as const)('%s over %s is called %s', (l7, protocol, word) => expect(protocolWord({ l7, protocol })).toBe(word))
