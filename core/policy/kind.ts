import type { ModelObject } from './model'
import type { ModelCatalogue } from './catalogue'
import type { Mesh } from './end-match'
import type { Policy } from './normal-form'
import type { Problem } from './problem'

/**
 * A kind of object that policies are made of: one file below `kinds/`, one line in `kinds.ts`.
 * `versions`: those that are read, the best first.
 */
export type PolicyKind = {
  readonly group: string
  readonly kind: string
  readonly plural: string
  readonly versions: readonly [string, ...string[]]
  readonly namespaced: boolean
  /** It decides nothing by itself (a network set), so one that cannot be read leaves open only what refers to it. */
  readonly onlyReferredTo?: true
  /** Its meaning looks at no other object (it may at namespaces, nodes and the rest of the model). Saves time only. */
  readonly standsAlone?: true
  /** The mesh whose layer its policies are of; absent: the network layer. */
  readonly mesh?: KindMesh
  /**
   * Reads one object as strictly as its API server would; never throws and never changes it.
   * What is refused has problems; what is valid and cannot be said in the normal form is read, with `unclear`
   * ends and `unknown` rules in its place.
   */
  readonly parse: (object: ModelObject) => Parsed
  /** Policies that follow from the cluster without an object of their own (defaults by annotation). */
  readonly implied?: (catalogue: ModelCatalogue) => readonly Policy[]
}

/** `root`: the namespace whose policies are about all of them, where there is one. */
export type KindMesh = { readonly name: Mesh; readonly root: string | null }

export type Parsed = { readonly problems: readonly Problem[] } | { readonly meaning: Meaning }

/** The normal form, seen among the other objects of the cluster (sets, services, targets). Pure; called anew when they change. */
export type Meaning = (catalogue: ModelCatalogue) => Policy
