/** A place in the console under a name. */
export type SavedView = {
  readonly id: number
  readonly name: string
  /** Path and query within the console. */
  readonly path: string
  /** The console opens with it: for who made it, or for everybody where it is shared with everybody. */
  readonly pinned: boolean
  readonly createdAt: number
  /** Who made it; '' for one that is older than accounts. */
  readonly by: string
  /** Whether who asks may change it. */
  readonly mine: boolean
  /** Name of a team, `withEverybody`, or '' for nobody. */
  readonly sharedWith: string
}

/** In the place of a team's name, which cannot be this. */
export const withEverybody = '*'

/** The views that somebody finds, in the order of their names, and with whom they may share theirs. */
export type SavedViews = { readonly views: readonly SavedView[]; readonly shareWith: readonly string[] }
