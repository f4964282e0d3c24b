import { BlockList, isIP } from 'node:net'

/** Set by bin/web.ts on every request to the address of its socket, whatever the client wrote there. */
export const peerHeader = 'x-oriel-peer'

/**
 * The network address that a request came from. Of X-Forwarded-For the newest entry counts that no trusted proxy wrote:
 * everything before it is the client's own word. `trusted`: CIDR ranges or addresses of proxies.
 */
export function clientAddress(headers: Headers, trusted: readonly string[]): string {
  const peer = plain(headers.get(peerHeader) ?? '')
  if (peer === null) return 'unknown'
  const isTrusted = within(trusted)
  let address = peer
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').toReversed()
  for (const hop of hops) {
    if (!isTrusted(address)) break
    const next = plain(hop.trim())
    if (next === null) break
    address = next
  }
  return address
}

/** An address without brackets, port and zone, IPv4 in IPv6 as IPv4; null for anything else. */
function plain(text: string): string | null {
  const bare = /^\[(.+)\](:\d+)?$/.exec(text)?.[1] ?? text.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  const address = bare.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
  return isIP(address) === 0 ? null : address.toLowerCase()
}

function within(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    list.addSubnet(address, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family)
  }
  return (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
