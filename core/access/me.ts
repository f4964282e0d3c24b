import type { Role, UnknownCluster } from './rights'

/** How far somebody sees, or may change policies. */
export type Reach = 'everything' | 'teams' | 'nothing'

/** Who asks, as the console shows it to themselves. */
export type Me = {
  readonly name: string
  /** Known by this machine alone, not by a login provider. */
  readonly local: boolean
  readonly groups: readonly string[]
  readonly admin: boolean
  readonly sees: Reach
  readonly edits: Reach
  /** Their teams; null: all. */
  readonly teams: readonly string[] | null
  /** The team as whose member they look on; null: as themselves. */
  readonly viewAs: string | null
  readonly by: 'session' | 'token'
  /** What says who may what here. */
  readonly rightsFrom: 'teams' | 'kubernetes'
  /** Clusters whose word on their rights is not known: nothing of these is seen. */
  readonly unknown: readonly UnknownCluster[]
}

/** A role in words of people. */
export const roleNames: Readonly<Record<Role, string>> = { viewer: 'Viewer', editor: 'Editor', admin: 'Administrator' }
