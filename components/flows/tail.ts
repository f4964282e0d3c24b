import type { FlowPage, FlowRow } from '@/core/flow-row'

/** The newest flows that came after the first page. `waiting` are those that come while the viewer reads. */
export type Tail = {
  readonly shown: readonly FlowRow[]
  readonly waiting: readonly FlowRow[]
  /** Where the next read of newer flows goes on; null before the first answer. */
  readonly after: string | null
  /** More came at once than one answer holds, so some newer flows are not in the list. */
  readonly skipped: boolean
}

/** Rows kept in the browser; older ones are read again when scrolled to. */
export const maxShown = 20_000
/** Rows that may wait; past this the count says "or more". */
export const maxWaiting = 5_000

export const emptyTail: Tail = { shown: [], waiting: [], after: null, skipped: false }

/** Takes newer flows in: into sight, or to those that wait while the viewer reads. No flow appears twice. */
export function received(tail: Tail, page: FlowPage, reading: boolean, limit: number): Tail {
  const known = new Set([...tail.shown, ...tail.waiting].map((row) => row.id))
  const fresh = page.rows.filter((row) => !known.has(row.id))
  const waiting = [...fresh, ...tail.waiting]
  const next = {
    ...tail,
    waiting: waiting.slice(0, maxWaiting),
    after: page.after ?? tail.after,
    skipped: tail.skipped || page.rows.length >= limit || waiting.length > maxWaiting,
  }
  return reading ? next : released(next)
}

/** Shows what waits. */
export const released = (tail: Tail): Tail =>
  tail.waiting.length === 0
    ? tail
    : { ...tail, shown: [...tail.waiting, ...tail.shown].slice(0, maxShown), waiting: [] }

/** Tail and pages as one list, newest first, no flow twice. */
export function joined(tail: Tail, pages: readonly FlowPage[]): FlowRow[] {
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
