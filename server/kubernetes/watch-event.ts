import type { Backoff } from './backoff'

/** `failed`: not allowed, tried again slowly. `absent`: the API server does not have the kind, or one that need not be read is not allowed. */
export type WatchState = 'running' | 'retrying' | 'failed' | 'absent'

export type WatchEvent<T> =
  /** Everything that exists; what is not in it is gone. `overflow`: objects that were too many to keep. */
  | { readonly type: 'reset'; readonly objects: readonly T[]; readonly overflow: number }
  | { readonly type: 'added' | 'modified' | 'deleted'; readonly object: T }
  | { readonly type: 'bookmark' }
  | { readonly type: 'malformed'; readonly count: number }
  | { readonly type: 'state'; readonly state: WatchState; readonly message: string }

export type WatchTiming = {
  readonly backoff: Backoff
  /** Silence after which a connection counts as dead. A watch is then resumed, which costs nothing where it was only quiet. */
  readonly idleMs: number
  readonly deniedMs: number
  readonly absentMs: number
  /** Length of one watch request that is asked of the server, seconds. */
  readonly watchSeconds: number
}

export const watchTiming: WatchTiming = {
  backoff: { firstMs: 500, maxMs: 30_000 },
  idleMs: 90_000,
  deniedMs: 60_000,
  absentMs: 300_000,
  watchSeconds: 290,
}
