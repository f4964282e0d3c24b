import type { Window } from '../../time'
import type { ObjectManager } from '../ground'
import type { LintFinding } from '../lint/finding'
import type { PolicyRef } from '../normal-form'
import type { PolicyRow, RuleRow } from './policies-page'

/** One policy object: what it says, matches and did, and what it was before. */
export type ObjectPage = {
  readonly cluster: string
  readonly at: number
  readonly period: Window
  readonly ref: PolicyRef
  /** null: it is not there any more; `versions` tells what it was. */
  readonly now: ObjectNow | null
  /** Newest first, at most 100. */
  readonly versions: readonly ObjectVersion[]
}

export type ObjectNow = Omit<PolicyRow, 'selects' | 'findings' | 'rules'> & {
  /** As a file would have it: without what the API server adds. */
  readonly yaml: string
  readonly uid: string
  /** Workloads that it selects, at most 500. */
  readonly selects: readonly WorkloadName[]
  readonly selectCount: number
  readonly rules: readonly MatchedRule[]
  readonly findings: readonly LintFinding[]
}

export type WorkloadName = { readonly namespace: string; readonly name: string; readonly kind: string }

/** A rule and whom its other end matches now. */
export type MatchedRule = RuleRow & {
  /** At most 50. */
  readonly matches: readonly WorkloadName[]
  readonly matchCount: number
  /** Of these, the ones of which it is not sure. */
  readonly maybe: number
}

/** What an object said from a moment on. */
export type ObjectVersion = {
  /** Milliseconds. */
  readonly from: number
  /** null: it says so still. */
  readonly to: number | null
  readonly uid: string
  readonly resourceVersion: string
  /** Who made it so, and when by his clock; null: not told. */
  readonly by: ObjectManager | null
  readonly yaml: string
  /** Made: the object was not there before, as far as it was watched. */
  readonly change: 'made' | 'changed'
  /** What differs from the version before, at most 50. */
  readonly changes: readonly FieldChange[]
}

export type FieldChange = {
  /** `spec.ingress[1].from`. */
  readonly path: string
  /** JSON, cut at 500 characters; null: absent. */
  readonly before: string | null
  readonly after: string | null
}
