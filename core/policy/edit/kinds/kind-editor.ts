import type { ModelObject } from '../../model'
import type { Direction, PolicyRef } from '../../normal-form'
import type { Fields } from '../../read'
import type { Path } from '../path'
import type { MtlsMode, Peer, PortChoice, RequestChoice, RuleAction, Subject, Visual } from '../visual'

/** Why an edit is not made, as a sentence. */
export type Refused = { readonly refused: string }

export const refused = (sentence: string): Refused => ({ refused: sentence })
export const isRefused = <Value>(value: Value | Refused): value is Refused =>
  typeof value === 'object' && value !== null && 'refused' in value

/** What a list is to hold: items that are there (by their path within the rule) or new ones. Never empty. */
export type Next<Value> = 'everything' | readonly NextItem<Value>[]
export type NextItem<Value> = { readonly keep: Path } | { readonly value: Value }

export type RuleSite = { readonly object: ModelObject; readonly direction: Direction; readonly action: RuleAction }

/**
 * What the editor knows of one kind: how it is shown, and how it is written. Each takes plain data and returns it
 * changed, with everything that it does not speak of as it was.
 */
export type KindEditor = {
  readonly visualOf: (object: ModelObject, ref: PolicyRef) => Visual
  readonly withPeers: (rule: Fields, next: Next<Peer>, site: RuleSite) => Fields | Refused
  readonly withPorts: (rule: Fields, next: Next<PortChoice>, site: RuleSite) => Fields | Refused
  readonly withRequests: (rule: Fields, next: Next<RequestChoice>, site: RuleSite) => Fields | Refused
  /** The list that a new rule goes to, and what it begins with. */
  readonly homeOf: (site: RuleSite) => { readonly list: Path; readonly rule: Fields } | Refused
  /** After a rule came into a direction, or the last one went: it is governed as it was meant. */
  readonly settle: (object: ModelObject, direction: Direction) => ModelObject
  readonly withSubject: (object: ModelObject, subject: Omit<Subject, 'other'>) => ModelObject | Refused
  readonly withIsolation: (object: ModelObject, direction: Direction, isolates: boolean) => ModelObject | Refused
  /** `rule` null: of the policy. */
  readonly withAction: (object: ModelObject, rule: Path | null, action: RuleAction) => ModelObject | Refused
  readonly withTier?: (object: ModelObject, tier: string) => ModelObject | Refused
  readonly withOrder?: (object: ModelObject, order: number | null) => ModelObject | Refused
  readonly withMtls?: (object: ModelObject, port: number | null, mode: MtlsMode | null) => ModelObject | Refused
}
