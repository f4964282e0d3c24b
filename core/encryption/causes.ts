/** Why something on an edge was in plaintext. The first are of the identity layer, the last two of the way. */
export const plainCodes = [
  'outside',
  'host-network',
  'not-meshed',
  'port-skipped',
  'other-mesh',
  'disabled',
  'permissive',
  'proxy-reason',
  'node-without-key',
  'no-tunnel',
] as const
export type PlainCode = (typeof plainCodes)[number]

export type End = 'caller' | 'callee' | 'both'

/** `names`: whom it is about: namespaces or workloads, policies, nodes. `words`: as a page says it. */
export type PlainCause = {
  readonly code: PlainCode
  readonly end: End | null
  readonly names: readonly string[]
  readonly words: string
}

/** What mends it. */
export const mendCodes = [
  'mesh-namespace',
  'mesh-workload',
  'remove-annotation',
  'change-policy',
  'one-mesh',
  'add-node-keys',
  'turn-on-tunnel',
  'speak-tls',
  'make-strict',
] as const
export type MendCode = (typeof mendCodes)[number]

/** `subject`: names within the cluster: a namespace, `namespace/workload`, `namespace/policy` or nodes. */
export type Mend = {
  readonly code: MendCode
  readonly cluster: string
  readonly subject: readonly string[]
  readonly words: string
}

/** Why nothing is claimed of a part of an edge. */
export const unknownCauses = [
  'nobody-tells',
  'way-unknown',
  'way-mixed',
  'host-network',
  'part-unseen',
  'other-unit',
  'end-unknown',
] as const
export type UnknownCause = (typeof unknownCauses)[number]
