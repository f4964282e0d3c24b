import type { Action, Direction, PolicyRef } from '../normal-form'
import type { Path } from './path'

/**
 * A policy as the editor shows it, whatever its kind. Plain values; where one stands in the object is beside it (`At`),
 * and what no part of this can say is listed in `also`, so that nothing of the text is hidden or lost.
 */
export type Visual = {
  readonly ref: PolicyRef
  readonly dialect: Dialect
  /** What it can be told to be; edits that ask for more are refused. */
  readonly can: Abilities
  /** Stands beside what is enforced (Calico's staged kinds, a dry run of Istio). */
  readonly staged: boolean
  readonly subject: At<Subject>
  /** Ingress first. Without egress where the kind knows none; empty for PeerAuthentication. */
  readonly sides: readonly Side[]
  /** Of Istio's AuthorizationPolicy, which has one for all its rules; null: each rule has its own, or all allow. */
  readonly action: RuleAction | null
  /** Calico: its tier. ClusterNetworkPolicy: Admin or Baseline. null: the kind has none. */
  readonly tier: string | null
  /** Calico's order or the priority; null: none, or not given. */
  readonly order: number | null
  /** Of PeerAuthentication only. */
  readonly mtls: Mtls | null
  /** Parts that are shown as YAML only. */
  readonly also: readonly AlsoSays[]
}

export type Dialect =
  | 'network-policy'
  | 'cluster-network-policy'
  | 'admin-network-policy'
  | 'calico'
  | 'cilium'
  | 'istio-authorization'
  | 'istio-peer-authentication'

export type Abilities = {
  readonly namespaced: boolean
  readonly directions: readonly Direction[]
  /** Actions that a rule (or, for Istio, the policy) may have; one: there is nothing to choose. */
  readonly actions: readonly RuleAction[]
  readonly actionOf: 'rule' | 'policy'
  /** Whether the order of the rules counts. */
  readonly ordered: boolean
  readonly peers: Readonly<Record<Direction, readonly Peer['is'][]>>
  /** Protocols that a port may have; empty: ports have none (Istio). */
  readonly protocols: readonly PortChoice['protocol'][]
  readonly namedPorts: boolean
  readonly portRanges: boolean
  /** Methods and paths of requests. */
  readonly requests: Readonly<Record<Direction, boolean>>
  /** Whether a direction can be governed or not apart from having rules. */
  readonly isolation: boolean
  /** Tiers to choose from; null: any name (Calico); empty: none. */
  readonly tiers: readonly string[] | null
  /** null: the kind has none. */
  readonly order: { readonly least: number; readonly most: number; readonly optional: boolean } | null
}

/** A value, and where it stands in its object. */
export type At<Value> = { readonly path: Path; readonly value: Value }

export type AlsoSays = { readonly path: Path; readonly yaml: string }

/** Lower-case words of the engine; kinds write them in their own (`Accept`, `Allow`, `ALLOW`). `ask`: CUSTOM of Istio. */
export type RuleAction = Exclude<Action, 'unknown'>

/** Whom a policy is about. */
export type Subject = {
  /** `own`: the namespace of the object. */
  readonly namespaces: NamespacePick
  readonly pods: LabelPick
  /** Conditions that are shown as YAML only (service accounts, targetRefs). */
  readonly other: string | null
}

export type NamespacePick =
  | { readonly pick: 'own' | 'all' }
  | { readonly pick: 'named'; readonly names: readonly string[] }
  | { readonly pick: 'labels'; readonly labels: LabelPick }

/** All terms must hold; none is everything. `expression`: a selector of Calico that is no such list. */
export type LabelPick = { readonly terms: readonly LabelTerm[] } | { readonly expression: string }

/** `values` is empty for has and lacks. */
export type LabelTerm = {
  readonly key: string
  readonly op: 'in' | 'not-in' | 'has' | 'lacks'
  readonly values: readonly string[]
}

/** What a policy says of one direction. */
export type Side = {
  readonly direction: Direction
  /**
   * - not-governed: it says nothing of this direction
   * - nobody: it isolates and lets nobody pass
   * - anybody: a rule without conditions lets everybody pass
   * - some: it goes by its rules
   */
  readonly reach: 'not-governed' | 'nobody' | 'anybody' | 'some'
  /** Whether whom no rule is about is stopped (by this policy, or at the end of its tier). */
  readonly isolates: boolean
  /** In the order that they are written in; those of Cilium that deny come first, as they are read first. */
  readonly rules: readonly At<VisualRule>[]
}

export type VisualRule = {
  readonly action: RuleAction
  /** null: it has none. */
  readonly name: string | null
  readonly peers: Several<Peer>
  readonly ports: Several<PortChoice>
  /** Several: any of them. */
  readonly requests: Several<RequestChoice>
  readonly also: readonly AlsoSays[]
}

/** `everything`: nothing is asked. `nothing`: an empty list that matches nobody (Cilium). `some`: any of them. */
export type Several<Value> =
  | { readonly are: 'everything' | 'nothing' }
  | { readonly are: 'some'; readonly items: readonly At<Value>[] }

/** The other end. */
export type Peer =
  /** Without terms: whole namespaces. */
  | { readonly is: 'pods'; readonly namespaces: NamespacePick; readonly pods: LabelPick }
  | { readonly is: 'range'; readonly cidrs: readonly string[]; readonly except: readonly string[] }
  /** A word of Cilium (`world`, `host`, …). */
  | { readonly is: 'entity'; readonly name: string }
  /** DNS names; `*` stands for a part. */
  | { readonly is: 'domain'; readonly names: readonly string[] }
  /** Service accounts. `namespace` null: that of the policy. */
  | {
      readonly is: 'account'
      readonly accounts: readonly { readonly namespace: string | null; readonly name: string }[]
    }
  /** Identities of a mesh, `*` at one end allowed. */
  | { readonly is: 'principal'; readonly principals: readonly string[] }
  /** Namespaces by name, as a mesh proves them. */
  | { readonly is: 'namespaces'; readonly names: readonly string[] }
  | { readonly is: 'nodes'; readonly labels: LabelPick }
  /** Ranges of another object, by its name (CiliumCIDRGroup). */
  | { readonly is: 'network-set'; readonly name: string }
  | { readonly is: 'service'; readonly namespace: string; readonly name: string }
  /** Shown as YAML only. */
  | { readonly is: 'other'; readonly yaml: string }

/** `any` port: every one of the protocol. */
export type PortChoice = {
  readonly protocol: 'TCP' | 'UDP' | 'SCTP' | 'ICMP' | 'ICMPv6' | 'any' | 'other'
  readonly port: { readonly from: number; readonly to: number } | { readonly name: string } | 'any'
}

/** Empty lists ask nothing. Paths and methods as the kind writes them (Cilium: regular expressions). */
export type RequestChoice = { readonly methods: readonly string[]; readonly paths: readonly string[] }

export type MtlsMode = 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT'

/** Ports count only where the policy selects workloads. */
export type Mtls = {
  readonly mode: MtlsMode
  readonly ports: readonly { readonly port: number; readonly mode: MtlsMode }[]
}
