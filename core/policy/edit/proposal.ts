import type { PolicyVerdict } from '../decision'
import type { GroundEnd, ObjectOwner } from '../ground'
import type { Direction, PolicyRef } from '../normal-form'
import type { PortProtocol } from '../ports'

/** What somebody wants to be so. */
export type Wish =
  | { readonly wish: 'allow' | 'deny' | 'why'; readonly edge: WishedEdge }
  /** Nobody but whom rules name. `workload`: number in the model. */
  | { readonly wish: 'isolate'; readonly direction: Direction; readonly subject: IsolateSubject }

export type IsolateSubject = { readonly workload: number } | { readonly namespace: string }

/** `port` null: not known, which nothing can be proposed for. */
export type WishedEdge = {
  readonly from: GroundEnd
  readonly to: GroundEnd
  readonly protocol: PortProtocol
  readonly port: number | null
}

/** What `proposeEdits` answers. */
export type Proposals = {
  /** How it is now and why, in sentences; null: an end is not known, or the wish is about no edge. */
  readonly now: { readonly verdict: PolicyVerdict; readonly why: readonly string[] } | null
  /** Each does what was wished, as the engine says; those that change the fewest other connections come first. */
  readonly proposals: readonly Proposal[]
  /** What stands in the way, or what else must be so, in sentences. */
  readonly notes: readonly string[]
}

export type Proposal = {
  /** Unique among those of one answer, and the same for the same ground and wish. */
  readonly key: string
  readonly how:
    | 'add-peer'
    | 'add-rule'
    | 'widen-ports'
    | 'remove-peer'
    | 'remove-rule'
    | 'except'
    | 'new-policy'
    | 'several'
  /** A sentence: what is changed, and where. */
  readonly sentence: string
  readonly changes: readonly ProposedChange[]
  /** Pairs of workloads beside the wished one between which more, or less, may pass than before. */
  readonly othersAllowed: number
  readonly othersDenied: number
  /** What to know before taking it, in sentences. */
  readonly cautions: readonly string[]
}

/** One object as YAML. `before` null: it is new. `owner` null: nobody, since it is new. */
export type ProposedChange = {
  readonly ref: PolicyRef
  readonly before: string | null
  readonly after: string
  readonly owner: ObjectOwner | null
}
