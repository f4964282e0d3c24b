/** What happened in a cluster at a moment, to be drawn on a time axis. */
export type Mark = {
  /** Stable under reload: what, of which object, when. */
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly kind: MarkKind
  readonly change: MarkChange
  readonly cluster: string
  /** '' for a node. */
  readonly namespace: string
  /** Kind of the object: Deployment, NetworkPolicy, Service, Node … */
  readonly object: string
  readonly name: string
  /** Versions of a deploy, pods wanted of a scaling, how many restarts and their reason; '' where not known or nothing of this kind. */
  readonly from: string
  readonly to: string
}

/** `deploy`: the pod template changed. `restart`: the same template was rolled out again. `pod-restart`: containers ended and were started again. */
export const markKinds = ['deploy', 'restart', 'pod-restart', 'scale', 'policy', 'service', 'node'] as const
export type MarkKind = (typeof markKinds)[number]

export const markChanges = ['created', 'changed', 'deleted'] as const
export type MarkChange = (typeof markChanges)[number]

/** Marks of a window in order of time; of more than can be shown the newest, `total` says how many there are. */
export type Marks = { readonly marks: readonly Mark[]; readonly total: number }

/** What a mark needs to know of one version of an object. */
export type ObjectFacts = {
  readonly images: readonly string[]
  readonly replicas: number | null
  /** Hash of the pod template; null where it was not kept. */
  readonly template: string | null
  readonly restartedAt: string
  /** Hash of what a policy or Service says; equal when nothing of it changed. */
  readonly content: string
}

/** A change of an object in the inventory's history. */
export type ObjectChange = {
  readonly cluster: string
  readonly namespace: string
  readonly kind: string
  readonly name: string
  /** When it was learnt, milliseconds. */
  readonly at: number
  readonly owner: { readonly kind: string; readonly name: string } | null
  /** null: it did not exist before. */
  readonly before: ObjectFacts | null
  /** null: it is gone. */
  readonly after: ObjectFacts | null
}
