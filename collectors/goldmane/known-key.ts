import type { EndpointRef } from '@/core/endpoint'
import type { Protocol, Reporter, Verdict } from '@/core/verdict'
import { keyOfText } from '@/collectors/kit/key'
import { keyText } from './canonical'
import type { FlowKey } from './flow'
import { denialOf } from './reason'

/** A key with all that follows from it alone. */
export type KnownKey = {
  readonly key: FlowKey
  /** Text of a 64-bit hash. */
  readonly hash: string
  readonly reporter: Reporter
  readonly verdict: Verdict
  readonly reason: string
  readonly protocol: Protocol
  readonly port: number
  /** The refs that its ends were given last, and for which labels. */
  readonly last: { from: LastRef | null; to: LastRef | null }
}

export type LastRef = { readonly labels: readonly string[]; readonly ref: EndpointRef }

const protocols: ReadonlyMap<string, Protocol> = new Map<string, Protocol>([
  ['tcp', 'tcp'],
  ['udp', 'udp'],
  ['sctp', 'sctp'],
  ['icmp', 'icmp'],
  ['icmp6', 'icmp'],
  ['icmpv6', 'icmp'],
])

export function knownKey(key: FlowKey): KnownKey {
  const verdict = key.action === 'Allow' ? 'allowed' : key.action === 'Deny' ? 'denied' : 'unknown'
  const protocol = protocols.get(key.proto.toLowerCase()) ?? 'unknown'
  return {
    key,
    hash: keyOfText(keyText(key)).toString(36),
    reporter: key.reporter === 'Src' ? 'source' : key.reporter === 'Dst' ? 'destination' : 'unknown',
    verdict,
    reason: verdict === 'denied' ? denialOf(key) : '',
    protocol,
    port: protocol === 'icmp' ? 0 : key.destPort,
    last: { from: null, to: null },
  }
}
