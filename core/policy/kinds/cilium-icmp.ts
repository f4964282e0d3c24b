import type { PortItem } from '../ports'
import { field, isAbsent, itemsAt, type Reader, refuse, wordAt } from '../read'

const mostFields = 40

/** Messages of one entry of `icmps`. What type they have is not recorded, so that it is only checked. */
export function icmpItemsAt(at: Reader): readonly PortItem[] {
  const fields = itemsAt(field(at, 'fields')) ?? []
  if (fields.length > mostFields) refuse(field(at, 'fields'), `must not have more than ${mostFields} items`)
  return fields.map((item): PortItem => {
    const family = wordAt(field(item, 'family'), ['IPv4', 'IPv6']) ?? 'IPv4'
    checkType(field(item, 'type'), family)
    return { protocol: family === 'IPv6' ? 'ICMPv6' : 'ICMP', port: 'any' }
  })
}

const names: Readonly<Record<'IPv4' | 'IPv6', readonly string[]>> = {
  IPv4: [
    'EchoReply',
    'DestinationUnreachable',
    'Redirect',
    'Echo',
    'EchoRequest',
    'RouterAdvertisement',
    'RouterSelection',
    'TimeExceeded',
    'ParameterProblem',
    'Timestamp',
    'TimestampReply',
    'Photuris',
    'ExtendedEchoRequest',
    'ExtendedEchoReply',
  ],
  IPv6: [
    'DestinationUnreachable',
    'PacketTooBig',
    'TimeExceeded',
    'ParameterProblem',
    'EchoRequest',
    'EchoReply',
    'MulticastListenerQuery',
    'MulticastListenerReport',
    'MulticastListenerDone',
    'RouterSolicitation',
    'RouterAdvertisement',
    'NeighborSolicitation',
    'NeighborAdvertisement',
    'RedirectMessage',
    'RouterRenumbering',
    'ICMPNodeInformationQuery',
    'ICMPNodeInformationResponse',
    'InverseNeighborDiscoverySolicitation',
    'InverseNeighborDiscoveryAdvertisement',
    'HomeAgentAddressDiscoveryRequest',
    'HomeAgentAddressDiscoveryReply',
    'MobilePrefixSolicitation',
    'MobilePrefixAdvertisement',
    'DuplicateAddressRequestCodeSuffix',
    'DuplicateAddressConfirmationCodeSuffix',
    'ExtendedEchoRequest',
    'ExtendedEchoReply',
  ],
}

function checkType(at: Reader, family: 'IPv4' | 'IPv6'): void {
  if (isAbsent(at)) return refuse(at, 'is required')
  const number = typeof at.value === 'number' ? at.value : Number(at.value)
  if (Number.isInteger(number) && number >= 0 && number <= 255) return
  if (typeof at.value !== 'string' || !names[family].includes(at.value))
    refuse(at, `must be between 0 and 255, or a type of ICMP for ${family}`)
}
