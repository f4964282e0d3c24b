import { expect, test } from 'vitest'
import { statusWord } from './status-word'

test.each([
  ['dns', 3, 'NXDOMAIN'],
  ['dns', 17, 'rcode 17'],
  ['http', 503, '503'],
  ['grpc', 0, 'OK'],
  ['grpc', 14, 'UNAVAILABLE'],
  ['grpc', 99, '99'],
  ['kafka', 3, '3'],
] as const)('%s %s is %s', (l7, status, word) => expect(statusWord(l7, status)).toBe(word))
