import type { ModelObject } from '../model'
import type { PolicyRef } from '../normal-form'
import type { Path } from './path'
import type { TextRange } from './policy-edit'

/** The text of a draft, read: `readDraftText` of read-draft-text.ts. */
export type DraftText = {
  readonly text: string
  /** Objects of all documents, in the order of the text; also the items of lists. */
  readonly objects: readonly DraftObject[]
  /** Of the whole text: what is no YAML, what is no object, and those of each object. */
  readonly problems: readonly TextProblem[]
}

export type DraftObject = {
  /** Its number among `objects`; edits name it so. */
  readonly index: number
  /** Its document, from 0, and where it stands in it: [] or the place in a list. */
  readonly document: number
  readonly base: Path
  /** Plain data, with merge keys and aliases replaced by what they mean. */
  readonly object: ModelObject
  /** null: of a kind that is not known, or without a name of one. */
  readonly ref: PolicyRef | null
  readonly range: TextRange
  readonly problems: readonly TextProblem[]
}

/** `hint`: it is kept, and may be a mistake (a field that is not known). */
export type TextProblem = TextRange & {
  readonly severity: 'error' | 'hint'
  readonly message: string
  readonly path: Path
}
