import type { Finding, Severity } from '../findings/finding'
import type { Window } from '../time'

/** What needs attention in a window, the worst first; `total` says how many there are where not all are told. */
export type Attention = {
  readonly window: Window
  readonly findings: readonly Finding[]
  readonly total: number
  /** Of all, by severity. */
  readonly counts: Readonly<Record<Severity, number>>
  /** Share of the window in which any source told anything, 0..1: less than all, and silence proves nothing. */
  readonly covered: number
  /** How long the past is that the window was held against, milliseconds; null where none is known. */
  readonly pastMs: number | null
}
