import { describe, expect, it } from 'vitest'
import { addressClass } from './ip'

describe('addressClass', () => {
  it.each([
    ['10.0.3.4', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.1', 'public'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['8.8.8.8', 'public'],
    ['fd00::1', 'private'],
    ['fe80::1', 'private'],
    ['2001:db8::1', 'public'],
    ['::1', 'private'],
    ['', 'none'],
    ['not an address', 'none'],
    ['1.2.3', 'none'],
    ['1.2.3.400', 'none'],
  ])('%s is %s', (ip, expected) => {
    expect(addressClass(ip)).toBe(expected)
  })
})
