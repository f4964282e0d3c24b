import type { Window } from '@/core/time'

/** What the pointer has hold of: nothing yet (it brushes), the frame, or one of its edges. */
export type Grip = 'brush' | 'frame' | 'start' | 'end'

/** Shorter than a bucket shows nothing. */
export const shortestMs = 10_000

const snap = (time: number) => Math.round(time / shortestMs) * shortestMs

/** The window within bounds (milliseconds) and on whole 10 s; its length stays where it fits. */
export function within(window: Window, bounds: Window): Window {
  const length = Math.max(shortestMs, Math.min(snap(window.to - window.from), bounds.to - bounds.from))
  const from = snap(Math.max(bounds.from, Math.min(window.from, bounds.to - length)))
  return { from, to: from + length }
}

/** What a window becomes when the pointer went from one moment to another. */
export function draggedWindow(grip: Grip, before: Window, from: number, to: number, bounds: Window): Window {
  if (grip === 'frame') return within({ from: before.from + to - from, to: before.to + to - from }, bounds)
  const [fixed, moved] =
    grip === 'brush'
      ? [from, to]
      : grip === 'start'
        ? [before.to, before.from + to - from]
        : [before.from, before.to + to - from]
  const inside = Math.max(bounds.from, Math.min(bounds.to, moved))
  return within({ from: Math.min(fixed, inside), to: Math.max(fixed, inside) }, bounds)
}

/** Longer (factor over 1) or shorter around a moment, which keeps its place. */
export function zoomedWindow(window: Window, factor: number, around: number, bounds: Window): Window {
  const centre = Math.max(window.from, Math.min(window.to, around))
  return within({ from: centre - (centre - window.from) * factor, to: centre + (window.to - centre) * factor }, bounds)
}

/** What a key does to a window on the strip; null for a key that means nothing there. */
export function keyedWindow(grip: Grip, key: string, window: Window, bounds: Window): Window | null {
  const length = window.to - window.from
  const step = grip === 'frame' ? Math.max(shortestMs, length / 4) : Math.max(shortestMs, length / 10)
  const by = { ArrowLeft: -step, ArrowDown: -step, ArrowRight: step, ArrowUp: step, PageDown: -length, PageUp: length }[
    key
  ]
  if (by !== undefined) return draggedWindow(grip, window, 0, by, bounds)
  const middle = (window.from + window.to) / 2
  if (grip === 'frame' && key === '+') return zoomedWindow(window, 0.5, middle, bounds)
  if (grip === 'frame' && key === '-') return zoomedWindow(window, 2, middle, bounds)
  const far = bounds.to - bounds.from
  if (key === 'Home') return draggedWindow(grip, window, 0, -far, bounds)
  if (key === 'End') return draggedWindow(grip, window, 0, far, bounds)
  return null
}
