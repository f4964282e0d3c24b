/** A place in the console under a name. `pinned`: the console opens with it; at most one is. */
export type SavedView = {
  readonly id: number
  readonly name: string
  /** Path and query within the console. */
  readonly path: string
  readonly pinned: boolean
  readonly createdAt: number
}
