import type { Workload } from './model'
import type { Direction, Layer, PolicyRef } from './normal-form'
import type { PortProtocol, PortSet, Protocol } from './ports'
import type { HttpRequest } from './request-match'

/** What the policies say should happen. `undefined`: the specification or what is known leaves it open; never allowed. */
export type PolicyVerdict = 'allowed' | 'denied' | 'undefined'

/** One end of a connection, found in the model. */
export type End =
  | { readonly type: 'workload'; readonly workload: Workload }
  | { readonly type: 'node'; readonly name: string; readonly addresses: readonly string[] }
  | ExternalEnd

export type ExternalEnd = {
  readonly type: 'external'
  /** '': not known. */
  readonly address: string
  /** DNS names that it was looked up by; absent: not known. */
  readonly names?: readonly string[]
  /** The address was rewritten on the way (Service, load balancer, SNAT), so policies may have seen another. */
  readonly rewritten?: boolean
}

/** A connection to judge, after the Service's address was replaced by the pod's and its port. */
export type Flow = {
  readonly from: End
  readonly to: End
  readonly protocol: Protocol
  /** On the destination; a name is looked up there. null: none, or not known. */
  readonly port: number | string | null
  readonly sourcePort?: number
  /** null: carries no HTTP; absent: not known. */
  readonly request?: HttpRequest | null
  /** Whether the ends prove who they are with mTLS; absent: where both have proxies of one mesh. */
  readonly mtls?: boolean
}

/** @see explain for the sentences */
export type Decision = {
  readonly verdict: PolicyVerdict
  /** What decided it: the side that denies, else the one that is open, else egress, ingress and mesh agree. */
  readonly decidedBy: Judgement
  readonly egress: Judgement
  readonly ingress: Judgement
  /** Of the mesh layer at the destination. */
  readonly mesh: Judgement
}

/** What one layer says at one end. */
export type Judgement = {
  readonly verdict: PolicyVerdict
  readonly layer: Layer
  readonly direction: Direction
  readonly reason: Reason
  /** Of the rule or the tier's end that decided; null where none did. */
  readonly tier: string | null
  readonly policy: PolicyRef | null
  readonly rule: RuleRef | null
  /** Tiers that were read, in order. */
  readonly steps: readonly Step[]
}

export type RuleRef = { readonly policy: PolicyRef; readonly path: string }

/** rule: a rule matched. end-of-tier: selected, and no rule matched. no-policy: nothing decides, so it is allowed. */
export type Reason =
  | { readonly code: 'rule' | 'end-of-tier' | 'no-policy' | 'not-a-pod' | 'same-pod' | 'own-node' }
  | { readonly code: 'open'; readonly doubts: readonly string[] }

/** What one tier did. */
export type Step = {
  readonly tier: string
  /** Those of its policies that select the pod in this direction, in the order they are read. */
  readonly selecting: readonly PolicyRef[]
  readonly outcome: 'allow' | 'deny' | 'next' | 'open'
  /** The rule that decided; null: the end of the tier. */
  readonly rule: RuleRef | null
}

/** Everything that may pass from one end to another, by protocol; what is absent may not. */
export type Connections = {
  readonly allowed: PortsByProtocol
  /** Neither surely allowed nor surely denied. */
  readonly open: PortsByProtocol
}

export type PortsByProtocol = Readonly<Partial<Record<PortProtocol, PortSet>>>
