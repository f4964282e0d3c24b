import type { Gap } from '@/core/observation'

/** Felix looks for the socket every 10 s; one that is away for longer leaves a hole. */
const graceMs = 30_000
const toleranceMs = 10_000

export type Look = {
  readonly connected: boolean
  /** End of the newest flush that came; null before the first. */
  readonly newest: number | null
  /** Start of the oldest flow of this batch that was not counted before; Infinity for none. */
  readonly oldest: number
  /** A flush that began after Felix connected has come: its replay of the last five minutes is over. */
  readonly live: boolean
  readonly now: number
}

/** The hole that an absent Felix leaves: open while it is away; its replay tells how much of it is filled. Times in milliseconds. */
export type Absence = { look(look: Look): Gap | null }

export function createAbsence(cluster: string, flushMs: number): Absence {
  let awaySince: number | null = null
  let open: { readonly from: number } | null = null
  let reach = Number.POSITIVE_INFINITY
  const gap = (from: number, to: number | null): Gap => ({
    cluster,
    from,
    to,
    cause: 'source_down',
    lost: null,
    part: '',
  })

  return {
    look({ connected, newest, oldest, live, now }) {
      awaySince = connected ? null : (awaySince ?? now)
      if (!open) {
        if (awaySince === null || now - awaySince < graceMs) return null
        open = { from: newest ?? awaySince }
        reach = Number.POSITIVE_INFINITY
        return gap(open.from, null)
      }
      reach = Math.min(reach, oldest)
      if (!live) return null
      const { from } = open
      open = null
      return gap(from, reach - from <= flushMs + toleranceMs ? from : reach)
    },
  }
}
