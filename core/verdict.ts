/** What happened to a flow. `unknown`: the source did not say. */
export const verdicts = ['unknown', 'allowed', 'denied', 'audited', 'error'] as const
export type Verdict = (typeof verdicts)[number]

/** Which side reported: the caller's node or proxy, the callee's, a waypoint between, or not said. */
export const reporters = ['unknown', 'source', 'destination', 'waypoint'] as const
export type Reporter = (typeof reporters)[number]

/** Evidence that one observation gives about encryption on the wire. `unknown` is no evidence, never plaintext. */
export const encryptionEvidences = ['unknown', 'plaintext', 'mtls', 'tls', 'wireguard', 'ipsec', 'tunnel'] as const
export type EncryptionEvidence = (typeof encryptionEvidences)[number]

/**
 * The way between the nodes of both ends at the time: `same-node` never left its node; `wireguard` and `ipsec`: both
 * nodes have keys; `open`: one of them has none, or an end is no pod that the tunnel takes (host network, outside).
 */
export const hops = ['unknown', 'same-node', 'wireguard', 'ipsec', 'open'] as const
export type Hop = (typeof hops)[number]

/** Transport of an edge. */
export const protocols = ['unknown', 'tcp', 'udp', 'sctp', 'icmp'] as const
export type Protocol = (typeof protocols)[number]

/** Application protocol of a request; `none` where the observation is of the transport alone. */
export const l7Protocols = ['none', 'http', 'grpc', 'dns', 'kafka', 'unknown'] as const
export type L7Protocol = (typeof l7Protocols)[number]
