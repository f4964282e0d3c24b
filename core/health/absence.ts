import { eventsOf, noise } from '../compare/compare'
import type { Figures } from '../figures/figures'
import type { Told } from '../witness/told-share'

/** What was seen in one window. `witnesses`: who saw it; `clusters`: where. */
type Present = {
  readonly figures: Figures
  readonly witnesses: readonly string[]
  readonly clusters: readonly string[]
}

/** Covered seconds of the window in which it was seen, and of the one in which it was not, of which `told` tells. */
type Other = { readonly seconds: number; readonly otherSeconds: number; readonly told: Told }

/** What it means that nothing of an edge or service is in the other window; null where it is too rare to say. */
export function absenceOf(
  { figures, witnesses, clusters }: Present,
  { seconds, otherSeconds, told }: Other,
): 'gone' | 'unknown' | null {
  if (!told.by(witnesses, clusters)) return 'unknown'
  const expected = seconds > 0 ? (eventsOf(figures, seconds) / seconds) * otherSeconds : 0
  return expected >= noise.events ? 'gone' : null
}
