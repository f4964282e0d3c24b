import type { FlowPage, FlowRow } from '@/core/flows/flow-row'

/** The newest flows that came after the first page. `waiting` are those that come while the viewer reads. */
export type Tail = {
  readonly shown: readonly FlowRow[]
  readonly waiting: readonly FlowRow[]
  /** Where the next read of newer flows goes on; null before the first answer. */
  readonly after: string | null
}

/** Rows that the tail holds in the browser; past this the list begins anew with its newest page. */
export const maxShown = 20_000
/** Rows that may wait; past this no more are read until the viewer goes on. */
export const maxWaiting = 5_000

export const emptyTail: Tail = { shown: [], waiting: [], after: null }

export const isFull = (tail: Tail): boolean => tail.waiting.length >= maxWaiting

/** Takes newer flows in: into sight, or to those that wait while the viewer reads. No flow appears twice. */
export function received(tail: Tail, page: Pick<FlowPage, 'rows' | 'after'>, reading: boolean): Tail {
  const known = new Set([...tail.shown, ...tail.waiting].map((row) => row.id))
  const fresh = page.rows.filter((row) => !known.has(row.id))
  const next = { ...tail, waiting: [...fresh, ...tail.waiting], after: page.after ?? tail.after }
  return reading ? next : released(next)
}

/** Shows what waits. */
export const released = (tail: Tail): Tail =>
  tail.waiting.length === 0 ? tail : { ...tail, shown: [...tail.waiting, ...tail.shown], waiting: [] }

/** Tail and pages as one list, newest first, no flow twice. */
export function joined(tail: Tail, pages: readonly Pick<FlowPage, 'rows'>[]): FlowRow[] {
  const seen = new Set<string>()
  const rows: FlowRow[] = []
  for (const list of [tail.shown, ...pages.map((page) => page.rows)]) {
    for (const row of list) {
      if (seen.has(row.id)) continue
      seen.add(row.id)
      rows.push(row)
    }
  }
  return rows
}
