import type { Window } from '../../time'
import type { PolicyVerdict } from '../decision'
import type { ObjectManager, ObjectOwner, PolicyGround } from '../ground'
import type { LintFinding } from '../lint/finding'
import type { Action, Direction, Layer, PolicyRef } from '../normal-form'
import type { PortProtocol } from '../ports'
import type { Profile } from '../profile'
import type { Hits } from './hits'

/** Everything that the Policies page shows of one cluster, but manifests. */
export type PoliciesPage = {
  /** '' where no cluster's objects are read. */
  readonly cluster: string
  /** All that there are for the asker. */
  readonly clusters: readonly string[]
  readonly at: number
  readonly period: Window
  readonly profile: Profile
  readonly hidesNamespaces: boolean
  readonly unread: PolicyGround['unread']
  /** In the order that they are read; those without policies are left out. */
  readonly tiers: readonly BoardTier[]
  /** By namespace (those of the cluster first), kind and name. */
  readonly policies: readonly PolicyRow[]
  /** `PolicyRow.selects` and `ends` are numbers in this list. */
  readonly workloads: readonly WorkloadCover[]
  readonly namespaces: readonly NamespaceCover[]
  readonly findings: readonly LintFinding[]
  readonly traffic: TrafficJudged
  /** Where what happened is not what the policies say, most connections first; at most 200. */
  readonly differing: readonly DifferingEdge[]
}

/** How much of the period's traffic the figures stand on, in distinct edges. */
export type TrafficJudged = {
  readonly edges: number
  /** Of these, the ones that policies leave open, or of which an end is not known. */
  readonly undecided: number
  readonly differing: number
}

export type BoardTier = {
  readonly name: string
  readonly title: string
  readonly layer: Layer
  readonly order: number
  readonly end: 'deny' | 'next'
  readonly policies: number
}

/** An object of a kind of policies. */
export type PolicyRow = {
  /** refKey. */
  readonly key: string
  readonly ref: PolicyRef
  readonly apiVersion: string
  /** `NetworkPolicy shop/web`. */
  readonly name: string
  readonly mode: 'enforced' | 'staged'
  /** none: it decides nothing by itself (a tier, a network set). */
  readonly layer: Layer | 'none'
  readonly owner: ObjectOwner
  readonly managers: readonly ObjectManager[]
  readonly createdAt: number
  readonly changedAt: number
  readonly resourceVersion: string
  /** Where it is read; on a board it has a place in each. */
  readonly places: readonly Place[]
  /** Directions in which it isolates the pods that it selects. */
  readonly isolates: readonly Direction[]
  /** Workloads that it selects, as numbers in `workloads`. */
  readonly selects: readonly number[]
  readonly rules: readonly RuleRow[]
  readonly hits: Hits
  /** Numbers in `findings`. */
  readonly findings: readonly number[]
  /** Why it could not be read; null: it was. */
  readonly unreadable: string | null
}

export type Place = { readonly tier: string; readonly direction: Direction; readonly order: number }

export type RuleRow = {
  /** `spec.ingress[2]`. */
  readonly path: string
  readonly direction: Direction
  readonly action: Action
  /** The other end, as part of a sentence. */
  readonly peer: string
  readonly ports: string
  readonly hits: Hits
}

export type WorkloadCover = {
  readonly namespace: string
  readonly name: string
  readonly kind: string
  readonly ingress: Isolation
  readonly egress: Isolation
  /** What the mesh lets in; null: it has no proxy, or none that is known. */
  readonly mesh: Isolation | null
}

/** `by`: policies that isolate it, as numbers in `policies`. maybe: it depends on what is not known. */
export type Isolation = { readonly state: 'isolated' | 'open' | 'maybe'; readonly by: readonly number[] }

/** Workloads of a namespace, and how many of them are surely isolated. */
export type NamespaceCover = {
  readonly namespace: string
  readonly workloads: number
  readonly ingress: number
  readonly egress: number
  readonly both: number
  /** With a proxy of a mesh, and of these the ones that it isolates. */
  readonly inMesh: number
  readonly mesh: number
  /** Policies in it. */
  readonly policies: number
}

export type DifferingEdge = {
  /** Of the drawn edge. */
  readonly id: string
  /** `shop/web`, `node n1`, an address. */
  readonly from: string
  readonly to: string
  readonly protocol: PortProtocol
  readonly port: number | null
  readonly says: Exclude<PolicyVerdict, 'undefined'>
  readonly allowed: number | null
  readonly denied: number | null
  /** The last time that it was against what the policies say. */
  readonly last: number
  /** One sentence. */
  readonly text: string
}
