/**
 * Felix keeps what it sent in the last five minutes and tells all of it again, in any order, whenever it connects.
 * Everything before the checkpoint is counted; what it tells from there on is known by key or new.
 */
export type Replays = {
  /** Whether flows of a flush that starts at `start` (milliseconds) were counted before this connection. */
  isOld(start: number): boolean
  /** The checkpoint after a flow of that flush: null while it may still be a replay. */
  checkpoint(start: number): number | null
}

/**
 * `from`: the checkpoint when Felix connected; `connectedAt` by the same node's clock. A flush that began after that
 * is live, and the ones before it are all told.
 */
export const createReplays = (from: number | null, connectedAt: number): Replays => ({
  isOld: (start) => from !== null && start < from,
  checkpoint: (start) => (start >= connectedAt ? start : null),
})
