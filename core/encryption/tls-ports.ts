import type { Edge } from '../world'

/** Ports whose service is spoken over TLS (IANA's names, and what Kubernetes and brokers use by custom). */
const tls: ReadonlySet<number> = new Set([
  443, 465, 563, 587, 636, 853, 989, 990, 992, 993, 995, 5061, 5671, 6443, 6514, 8443, 8883, 9443, 10_250,
])
/** The same over UDP: QUIC, DNS over QUIC. */
const quic: ReadonlySet<number> = new Set([443, 853])

/** Does nothing but the port say that the application speaks TLS? A server name (SNI) alone is not asked: it proves nothing. */
export const isTlsPort = ({ port, protocol }: Pick<Edge, 'port' | 'protocol'>): boolean =>
  protocol === 'udp' ? quic.has(port) : tls.has(port)
