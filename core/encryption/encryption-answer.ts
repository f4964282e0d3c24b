import type { Endpoint } from '../endpoint'
import type { Protocol } from '../verdict'
import type { Amounts, Coverage, EncryptionUnit } from './classes'
import type { UnitEvidence } from './classify-edge'
import type { CertificateState } from './certificate-states'
import type { Configured } from './configured'
import type { Mend, PlainCause, UnknownCause } from './causes'
import type { NodeTunnel } from './node-tunnels'

/** How much of our traffic is encrypted, and what is not: one window, one unit. Amounts are of the window. */
export type EncryptionAnswer = {
  readonly unit: EncryptionUnit
  readonly amounts: Amounts
  /** null where nothing went between nodes. */
  readonly coverage: Coverage | null
  readonly layers: LayersApart
  readonly edges: EdgeCounts
  /** Each edge counts for both of its ends, once where they are one; most traffic first. */
  readonly clusters: readonly CoverRow[]
  readonly groups: readonly GroupRow[]
  /** Only namespaces that have a team. */
  readonly teams: readonly CoverRow[]
  /** Groups are those of `groups`; pairs without traffic are absent. */
  readonly matrix: readonly MatrixCell[]
  /** Most plaintext first, at most `maxListed`. */
  readonly plaintext: readonly PlainEdge[]
  /** Most without evidence first, at most `maxListed`. */
  readonly unknown: readonly UnknownEdge[]
  readonly nodes: readonly NodeTunnel[]
  /** The next to expire first. */
  readonly certificates: readonly CertificateState[]
}

export type EdgeCounts = {
  readonly counted: number
  /** Edges of which nobody told this unit. */
  readonly withoutUnit: number
  readonly plaintext: number
  readonly unknown: number
  /** Left out, because their traffic is counted elsewhere: tunnels between nodes, ways through waypoints, messages. */
  readonly carriers: number
}

/** Each layer alone, whatever the other did. */
export type LayersApart = {
  /** `coverage`: mTLS ÷ all. */
  readonly identity: {
    readonly mtls: number
    readonly tls: number
    readonly none: number
    readonly unknown: number
    readonly coverage: Coverage | null
  }
  /** `coverage`: tunnel ÷ (tunnel + open); `sameNode` is beside it. */
  readonly way: {
    readonly tunnel: number
    readonly sameNode: number
    readonly open: number
    readonly unknown: number
    readonly coverage: Coverage | null
  }
}

export type CoverRow = {
  readonly id: string
  readonly name: string
  readonly edges: number
  readonly amounts: Amounts
  readonly coverage: Coverage | null
}

/** What rows and columns of the matrix are. */
export const groupKinds = ['namespace', 'nodes', 'outside', 'unknown'] as const
export type GroupKind = (typeof groupKinds)[number]

/** `id` is `cluster/namespace`, `cluster/` for the machines of a cluster, else its kind. */
export type GroupRow = CoverRow & { readonly kind: GroupKind; readonly cluster: string; readonly team: string | null }

export type MatrixCell = {
  /** Ids of groups. */
  readonly from: string
  readonly to: string
  readonly edges: number
  readonly amounts: Amounts
  readonly coverage: Coverage | null
}

/** An edge as a list names it. `id` is that of the edge on the map at level workload. */
export type ListedEdge = {
  readonly id: string
  readonly from: Endpoint
  readonly to: Endpoint
  readonly port: number
  readonly protocol: Protocol
  readonly evidence: UnitEvidence
  /** What Istio is told of it, beside what was measured. */
  readonly configured: Configured
}

export type PlainEdge = ListedEdge & {
  /** Plaintext of each unit per second; null where nobody told the unit. */
  readonly rates: Readonly<Record<EncryptionUnit, number | null>>
  /** Why neither layer encrypted it. */
  readonly causes: readonly PlainCause[]
  /** All causes in one short line. */
  readonly why: string
  /** The nearest thing to do; null where nothing is known that mends it. */
  readonly mend: Mend | null
}

export type UnknownEdge = ListedEdge & { readonly cause: UnknownCause; readonly why: string }

/** Longest lists of edges. */
export const maxListed = 200
