import type { Counters, Facet } from '../world'

/** Counters of one edge and facet in one step of a window. `t`: start of the step, milliseconds. */
export type StepRow = Counters & { readonly edgeId: number; readonly facet: Facet; readonly t: number }

/** The grid that step rows lie on: steps of `stepMs` from `window.from`, the last one maybe cut short by `window.to`. */
export type StepGrid = { readonly t: readonly number[]; readonly stepMs: number; readonly at: (t: number) => number }

/** `at`: index of the step that holds a time, -1 outside. Steps start at multiples of `stepMs`. */
export function stepGrid(window: { readonly from: number; readonly to: number }, stepMs: number): StepGrid {
  const first = Math.floor(window.from / stepMs) * stepMs
  const count = Math.max(0, Math.ceil((window.to - first) / stepMs))
  return {
    stepMs,
    t: Array.from({ length: count }, (_, at) => first + at * stepMs),
    at: (t) => {
      const at = Math.floor((t - first) / stepMs)
      return at >= 0 && at < count ? at : -1
    },
  }
}
