import type { ModelObject } from '../../model'
import type { Direction, Layer } from '../../normal-form'
import type { FormatName, Subject, SuggestedRule } from '../suggestion'

/** A kind of policy that suggestions can be written as. */
export type SuggestionFormat = {
  readonly name: FormatName
  /** Of the object, which with the group tells it among others. */
  readonly apiVersion: string
  readonly kind: string
  readonly layer: Layer
  readonly directions: readonly Direction[]
  /** How it can name the other end. */
  readonly words: {
    readonly pods: 'labels' | 'identity'
    readonly names: boolean
    readonly nodes: 'addresses' | 'entity'
  }
  readonly spec: (draft: DraftRules) => ModelObject
}

/** null: nothing is said of that direction. */
export type DraftRules = {
  readonly subject: Pick<Subject, 'namespace' | 'labels'>
  readonly ingress: readonly SuggestedRule[] | null
  readonly egress: readonly SuggestedRule[] | null
}
