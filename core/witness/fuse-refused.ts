import type { Tally } from '../figures/tally'
import { isBy, type Witness } from './witness'
import type { EdgeRow } from '../world'

/**
 * An attempt that a network policy refused is a failed connection for the caller's proxy, which
 * answers it with an error of its own. It is told once, as denied: it never reached the callee, whose
 * errors and latency it must not be. `responses`: who told them. O(rows).
 */
export function takeRefused(
  tally: Tally,
  rows: readonly EdgeRow[],
  flows: Witness | null,
  responses: Witness | null,
): void {
  const denied = tally.verdicts.denied ?? 0
  if (denied === 0 || flows?.view !== 'flows' || responses?.view !== 'proxies') return
  const failed = rows.filter(({ facet }) => facet.verdict === 'error' && isBy(responses, facet))
  const answered = failed.reduce((sum, row) => sum + (row.responses ?? 0), 0)
  const refused = Math.min(answered, denied)
  if (refused === 0) return
  tally.requests = less(tally.requests, refused)
  tally.responses = less(tally.responses, refused)
  tally.serverErrors = less(tally.serverErrors, refused)
  const errors = (tally.verdicts.error ?? 0) - refused
  if (errors > 0) tally.verdicts.error = errors
  else delete tally.verdicts.error
  if (refused < answered) return
  const others = rows.filter((row) => isBy(responses, row.facet) && row.facet.verdict !== 'error')
  const latency = others.flatMap((row) => (row.latency && row.latency.length > 0 ? [row.latency] : []))
  tally.latency = latency.length > 0 ? latency : null
}

const less = (n: number | null, taken: number) => (n === null ? null : Math.max(0, n - taken))
