import type { PolicyRef } from '@/core/policy/normal-form'

/** One object of a draft, as its text. Several make a plan, that is applied together. */
export type DraftObject = {
  /** Of its tab; stays while the object gets another name. */
  readonly id: string
  /** What stands in the cluster, as it was when it was opened; null: a new object. */
  readonly base: BaseObject | null
  readonly text: string
  /** The draft takes it away. */
  readonly deleted: boolean
}

export type BaseObject = { readonly ref: PolicyRef; readonly resourceVersion: string; readonly text: string }

/** Whether applying the draft would do something to it. */
export const isChanged = ({ base, text, deleted }: DraftObject): boolean =>
  base === null ? !deleted : deleted || base.text !== text
