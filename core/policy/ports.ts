/** Transport protocols that policies tell apart. */
export const protocols = ['TCP', 'UDP', 'SCTP', 'ICMP', 'ICMPv6', 'UDPLite', 'other'] as const
export type Protocol = (typeof protocols)[number]

/** Those with ports; what `connections` is about. */
export const portProtocols = ['TCP', 'UDP', 'SCTP'] as const
export type PortProtocol = (typeof portProtocols)[number]

export const lowestPort = 1
export const highestPort = 65_535

/** One of `some` (null: whatever there is) and none of `none`. */
export type PortMatch = { readonly some: readonly PortItem[] | null; readonly none: readonly PortItem[] }

/** `any`: every port of the protocol, which is also all there is to say of one without ports. */
export type PortItem = {
  readonly protocol: Protocol | 'any'
  readonly port: PortRange | { readonly name: string } | 'any'
}

/** Both ends belong to it. */
export type PortRange = { readonly from: number; readonly to: number }

/** Sorted, apart, none empty. */
export type PortSet = readonly PortRange[]

export const allPorts: PortSet = [{ from: lowestPort, to: highestPort }]
