import type { PolicyRef } from '../normal-form'
import type { Window } from '../../time'

/** The most characters that the name of a draft has. */
export const draftNameLength = 120

/** A set of edits that somebody keeps. Times are milliseconds. */
export type PolicyDraft = {
  readonly id: number
  readonly name: string
  readonly cluster: string
  /** Grows with each save; a save names the version that it is of. */
  readonly version: number
  readonly createdBy: string
  readonly createdAt: number
  readonly updatedBy: string
  readonly updatedAt: number
}

export type PolicyDraftContent = {
  readonly objects: readonly DraftObject[]
  /** Path and query of the page that it was begun from; '' for none. */
  readonly openedFrom: string
  /** Recorded traffic that it is held against. */
  readonly period: DraftPeriod
  /** Questions that the draft has to answer, as the page that asks them writes them. */
  readonly tests: readonly unknown[]
}

/** `text`: YAML as it was typed, readable or not. `ref`, `resourceVersion`, `opened`: of the object that it began as; null for a new one. */
export type DraftObject = {
  readonly change: 'put' | 'delete'
  readonly text: string
  readonly ref: PolicyRef | null
  readonly resourceVersion: string | null
  readonly opened: string | null
}

/** A length that ends now, such as `24h`, or a window. null: as the page chooses. */
export type DraftPeriod = { readonly last: string } | Window | null

export type DraftComment = {
  readonly id: number
  readonly by: string
  readonly at: number
  readonly text: string
  /** refKey of the object that it is about; '' for the whole draft. */
  readonly object: string
}
