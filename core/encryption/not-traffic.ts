import { endpointType } from '../endpoint'
import { sourceParts } from '../witness/witness'
import type { EdgeRow, WorldEdge } from '../world'

/** WireGuard of Calico (IPv4, IPv6) and of Cilium. */
const wireguardPorts: ReadonlySet<number> = new Set([51_820, 51_821, 51_871])
/** IPsec (IKE, NAT traversal), VXLAN (Linux, IANA) and Geneve. */
const overlayPorts: ReadonlySet<number> = new Set([500, 4500, 8472, 4789, 6081])

/** Is it a carrier that encrypts what it carries? */
export const isTunnel = ({ edge: { port, protocol } }: Pick<WorldEdge, 'edge'>): boolean =>
  protocol === 'unknown' || wireguardPorts.has(port) || port === 500 || port === 4500

/** The packets between nodes in which traffic of workloads travels: counted there already. */
export function isCarrier({ edge: { from, to, port, protocol }, rows }: WorldEdge): boolean {
  const nodes = endpointType(from) !== 'workload' && endpointType(to) !== 'workload'
  if (protocol === 'udp') return wireguardPorts.has(port) || (nodes && overlayPorts.has(port))
  return protocol === 'unknown' && nodes && rows.every(({ facet }) => facet.encryption === 'ipsec')
}

/**
 * Messages that spans follow through Kafka, from who produced them to who consumes them or to a topic. Nothing goes
 * that way on a network: both ends speak with the broker, and those ways are edges of their own.
 */
export const isMessage = ({ edge: { port }, rows }: WorldEdge): boolean =>
  port === 0 && rows.every(({ facet: { source, l7 } }) => l7 === 'kafka' && sourceParts(source).type === 'otlp')

/** Edges whose traffic is counted elsewhere. */
export const isCountedElsewhere = (each: WorldEdge): boolean => isCarrier(each) || isMessage(each)

/**
 * Rows of what reached the other end. What was refused or failed never went anywhere, and the way between an
 * application and its own proxy (`loopback`, as Linkerd says it) is none. The very rows where all of them passed.
 */
export const passed = (rows: readonly EdgeRow[]): readonly EdgeRow[] =>
  rows.every(hasPassed) ? rows : rows.filter(hasPassed)

const hasPassed = ({ facet: { verdict, reason } }: EdgeRow): boolean =>
  verdict !== 'denied' && verdict !== 'error' && reason !== 'loopback'
