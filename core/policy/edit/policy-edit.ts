import type { Direction } from '../normal-form'
import type { Path } from './path'
import type { LabelPick, MtlsMode, Peer, PortChoice, RequestChoice, RuleAction, Subject } from './visual'

/**
 * One change that somebody makes to a policy. Paths are those of `Visual`, within the object. What a kind cannot say
 * is refused with a sentence, and so is what would quietly let in more (taking away the last peer or port).
 */
export type PolicyEdit =
  | { readonly edit: 'rename'; readonly name: string }
  | { readonly edit: 'set-namespace'; readonly namespace: string }
  | { readonly edit: 'set-subject'; readonly subject: Omit<Subject, 'other'> }
  /** The labels of the subject only. */
  | { readonly edit: 'set-subject-labels'; readonly pods: LabelPick }
  /** Whether it governs a direction. Not to isolate takes the rules of it away. */
  | { readonly edit: 'set-isolation'; readonly direction: Direction; readonly isolates: boolean }
  /** `at`: its place among the rules of that list; absent: last. */
  | { readonly edit: 'add-rule'; readonly direction: Direction; readonly rule: NewRule; readonly at?: number }
  | { readonly edit: 'replace-rule'; readonly rule: Path; readonly by: NewRule }
  | { readonly edit: 'remove-rule'; readonly rule: Path }
  /** Within its list. */
  | { readonly edit: 'move-rule'; readonly rule: Path; readonly to: number }
  /** `rule` null: of the policy (Istio). */
  | { readonly edit: 'set-action'; readonly rule: Path | null; readonly action: RuleAction }
  /** A rule that is about everybody is narrowed to this one. */
  | { readonly edit: 'add-peer'; readonly rule: Path; readonly peer: Peer }
  | { readonly edit: 'replace-peer'; readonly rule: Path; readonly peer: Path; readonly by: Peer }
  | { readonly edit: 'remove-peer'; readonly rule: Path; readonly peer: Path }
  | { readonly edit: 'set-peers'; readonly rule: Path; readonly peers: NewSeveral<Peer> }
  /** A rule that is about every port is narrowed to this one. */
  | { readonly edit: 'add-port'; readonly rule: Path; readonly port: PortChoice }
  | { readonly edit: 'replace-port'; readonly rule: Path; readonly port: Path; readonly by: PortChoice }
  | { readonly edit: 'remove-port'; readonly rule: Path; readonly port: Path }
  | { readonly edit: 'set-ports'; readonly rule: Path; readonly ports: NewSeveral<PortChoice> }
  | { readonly edit: 'set-requests'; readonly rule: Path; readonly requests: NewSeveral<RequestChoice> }
  | { readonly edit: 'set-tier'; readonly tier: string }
  | { readonly edit: 'set-order'; readonly order: number | null }
  /** `port` null: the mode of all. `mode` null: takes the one of this port away. */
  | { readonly edit: 'set-mtls'; readonly port: number | null; readonly mode: MtlsMode | null }

export type NewRule = {
  /** Where each rule has one. */
  readonly action: RuleAction
  readonly peers: NewSeveral<Peer>
  readonly ports: NewSeveral<PortChoice>
  readonly requests: NewSeveral<RequestChoice>
}

export type NewSeveral<Value> = 'everything' | readonly Value[]

/** From a character to before another, counted as JavaScript does. */
export type TextRange = { readonly from: number; readonly to: number }

/** What came of an edit. `changed`: parts of the new text. `refused`: a sentence. */
export type Edited = { readonly text: string; readonly changed: readonly TextRange[] } | { readonly refused: string }
