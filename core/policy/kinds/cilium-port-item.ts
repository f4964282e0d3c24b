import { highestPort, type PortItem, type Protocol } from '../ports'
import { field, isAbsent, numberAt, type Reader, refuse, textAt, wordAt } from '../read'

const protocols = ['TCP', 'UDP', 'SCTP', 'VRRP', 'IGMP', 'ANY'] as const

/** One of `ports`, with what the rules beside it need to know of it. */
export type CiliumPort = {
  readonly items: readonly PortItem[]
  readonly protocol: (typeof protocols)[number]
  /** Every port of the protocol. */
  readonly isZero: boolean
  readonly isRange: boolean
}

/** ANY, which is also what an absent protocol means, stands for those with ports. */
export function portAt(at: Reader): CiliumPort {
  const protocol = wordAt(field(at, 'protocol'), protocols) ?? 'ANY'
  const portField = field(at, 'port')
  const text = textAt(portField)
  const end = numberAt(field(at, 'endPort'))
  if (isAbsent(portField)) refuse(portField, 'is required')
  if (end !== null && (!Number.isInteger(end) || end < 0 || end > highestPort))
    refuse(field(at, 'endPort'), `must be between 0 and ${highestPort}`)
  if (text === null) return { items: [], protocol, isZero: false, isRange: false }
  if (isServiceName(text)) {
    const port = { name: text.toLowerCase() }
    return {
      items: protocolsOf(protocol).map((one) => ({ protocol: one, port })),
      protocol,
      isZero: false,
      isRange: false,
    }
  }
  const from = Number(text)
  if (!/^\d{1,5}$/.test(text) || from > highestPort) refuse(portField, `${JSON.stringify(text)} is no port or name`)
  const isRange = from > 0 && end !== null && end > from
  const port: PortItem['port'] = from === 0 ? 'any' : { from, to: isRange ? end : from }
  const items = protocolsOf(protocol).map((one): PortItem => ({ protocol: one, port: one === 'other' ? 'any' : port }))
  return { items, protocol, isZero: from === 0, isRange }
}

const isServiceName = (text: string) =>
  text.length <= 15 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/i.test(text) && /[a-z]/i.test(text)

function protocolsOf(protocol: CiliumPort['protocol']): readonly Protocol[] {
  if (protocol === 'ANY') return ['TCP', 'UDP', 'SCTP']
  return protocol === 'VRRP' || protocol === 'IGMP' ? ['other'] : [protocol]
}
