/** Enum numbers of flow.proto that the demo sends. */
export const verdict = { forwarded: 1, dropped: 2, audit: 4, redirected: 5, traced: 6, translated: 7 } as const
export const direction = { ingress: 1, egress: 2 } as const
export const flowType = { l3l4: 1, l7: 2, sock: 3 } as const
export const eventType = { drop: 1, trace: 4, policyVerdict: 5, sock: 7, l7: 129 } as const
export const point = { toProxy: 1, toStack: 3, toOverlay: 4, toNetwork: 11, toEndpoint: 101 } as const
export const reason = { new: 1, established: 2, reply: 3 } as const
export const dropReason = { policyDenied: 133, policyDeny: 181 } as const
export const flag = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16 } as const

export type PolicyRef = { readonly name: string; readonly namespace: string; readonly kind: string }

export type Http = {
  readonly code?: number
  readonly method: string
  readonly url: string
  readonly protocol: string
  readonly headers: readonly (readonly [key: string, value: string])[]
}
export type Dns = {
  readonly query: string
  readonly ips?: readonly string[]
  readonly ttl?: number
  readonly rcode?: number
}
export type Kafka = {
  readonly errorCode?: number
  readonly apiKey: string
  readonly topic: string
  readonly correlationId: number
}

export type Layer7 = {
  readonly type: 'request' | 'response'
  /** Milliseconds, on responses. */
  readonly latency?: number
  readonly http?: Http
  readonly dns?: Dns
  readonly kafka?: Kafka
}

/** One event of Hubble, as the demo builds it before it is encoded. Absent fields are not sent. */
export type Flow = {
  /** Milliseconds since the epoch, with fractions. */
  readonly time: number
  readonly uuid: string
  readonly verdict: number
  readonly type: number
  readonly nodeName: string
  readonly sourceIp: string
  readonly destinationIp: string
  readonly encrypted?: boolean
  readonly transport: 'tcp' | 'udp'
  readonly sourcePort: number
  readonly destinationPort: number
  /** Bits of `flag`. */
  readonly flags?: number
  /** Encoded endpoints: they are many flows' and change seldom. */
  readonly source: Uint8Array
  readonly destination: Uint8Array
  readonly sourceNames?: readonly string[]
  readonly destinationNames?: readonly string[]
  readonly l7?: Layer7
  readonly isReply?: boolean
  readonly event: number
  readonly subType?: number
  readonly destinationService?: { readonly namespace: string; readonly name: string }
  readonly direction?: number
  readonly policyMatch?: number
  readonly point?: number
  readonly reason?: number
  readonly dropReason?: number
  readonly allowedBy?: PolicyRef
  readonly deniedBy?: PolicyRef
  readonly socketPoint?: number
  readonly summary?: string
}
