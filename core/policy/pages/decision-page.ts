import type { Window } from '../../time'
import type { PolicyVerdict } from '../decision'
import type { GroundEdge } from '../ground'
import type { Direction, Layer, PolicyRef } from '../normal-form'
import type { Protocol } from '../ports'
import type { TraceStep } from '../../flows/trace-step'
import type { Verdict } from '../../verdict'
import type { Difference } from './differs'

/** What policies decide on edges, and whether that is what happened. */
export type DecisionPage = {
  readonly cluster: string
  /** Policies are those of this moment. */
  readonly at: number
  /** Traffic is that of this time. */
  readonly period: Window
  readonly hidesNamespaces: boolean
  /** What differs first, then most connections first; at most 100. */
  readonly edges: readonly EdgeDecision[]
  /** All of them. */
  readonly edgeCount: number
  /** Of all of them. */
  readonly differing: number
  /** The workloads at the ends of what was asked about, at most 20: whether policies isolate them. */
  readonly ends: readonly EndCover[]
  /** Of one record: what its source said of policies; null where edges were asked about. */
  readonly flow: FlowTold | null
}

export type EdgeDecision = {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly protocol: Protocol
  readonly port: number | null
  /** not-known: an end is not known, or hidden. */
  readonly verdict: PolicyVerdict | 'not-known'
  /** The verdict first, then why. */
  readonly sentences: readonly string[]
  /** Egress, ingress and mesh, those of pods. */
  readonly sides: readonly SideDecision[]
  /** null: of one record. */
  readonly recorded: Pick<
    GroundEdge,
    'allowed' | 'denied' | 'lastAllowed' | 'lastDenied' | 'witness' | 'evidence'
  > | null
  /** What happened is not what the policies say. */
  readonly difference: Difference | null
}

export type SideDecision = {
  readonly layer: Layer
  readonly direction: Direction
  readonly verdict: PolicyVerdict
  /** rule: one matched. end-of-tier: isolated, and none matched. no-policy: nothing decides, so it is allowed. */
  readonly reason: 'rule' | 'end-of-tier' | 'no-policy' | 'not-a-pod' | 'same-pod' | 'own-node' | 'open'
  readonly tier: string | null
  readonly policy: PolicyRef | null
  /** Path in the policy. */
  readonly rule: string | null
  /** Policies that select the pod in this direction, in the order that they are read. */
  readonly selecting: readonly PolicyRef[]
}

export type EndCover = {
  readonly namespace: string
  readonly name: string
  readonly kind: string
  readonly ingress: EndIsolation
  readonly egress: EndIsolation
  /** null: without a proxy, or none that is known. */
  readonly mesh: EndIsolation | null
}

export type EndIsolation = { readonly state: 'isolated' | 'open' | 'maybe'; readonly by: readonly PolicyRef[] }

export type FlowTold = {
  readonly id: string
  readonly time: number
  readonly verdict: Verdict
  readonly source: string
  readonly steps: readonly TraceStep[]
}
