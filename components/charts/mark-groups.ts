import type { Mark, MarkKind } from '@/core/marks/mark'
import { markWords } from '@/core/marks/mark-words'
import type { Window } from '@/core/time'
import { plural } from '../format'

/** Marks so near to each other that they are drawn as one. `at`: the first. */
export type MarkGroup = { readonly at: number; readonly marks: readonly Mark[]; /** Pixels. */ readonly x: number }

const weights: Readonly<Record<MarkKind, number>> = {
  deploy: 5,
  policy: 4,
  'pod-restart': 3,
  service: 3,
  node: 2,
  restart: 2,
  scale: 1,
}

/** Marks of the window from left to right, those less than `apart` pixels from a group's first joined to it. */
export function groupMarks(marks: readonly Mark[], window: Window, width: number, apart = 16): readonly MarkGroup[] {
  const groups: { at: number; x: number; marks: Mark[] }[] = []
  for (const mark of marks.toSorted((a, b) => a.at - b.at)) {
    if (mark.at < window.from || mark.at > window.to) continue
    const x = ((mark.at - window.from) / Math.max(1, window.to - window.from)) * width
    const last = groups.at(-1)
    if (last && x - last.x < apart) last.marks.push(mark)
    else groups.push({ at: mark.at, x, marks: [mark] })
  }
  return groups
}

const nouns: Readonly<Record<MarkKind, readonly [string, string]>> = {
  deploy: ['deploy', 'deploys'],
  restart: ['restart', 'restarts'],
  'pod-restart': ['pod restart', 'pod restarts'],
  scale: ['scaling', 'scalings'],
  policy: ['policy change', 'policy changes'],
  service: ['Service change', 'Service changes'],
  node: ['node change', 'node changes'],
}

/** `deploy bff`, `3 deploys`, `5 changes`. */
export function groupWords({ marks }: Pick<MarkGroup, 'marks'>): string {
  const [first] = marks
  if (!first) return ''
  if (marks.length === 1) return markWords(first)
  const one = marks.every(({ kind }) => kind === first.kind)
  return one ? plural(marks.length, ...nouns[first.kind]) : plural(marks.length, 'change')
}

/** How much a group deserves the room for its words. */
export const groupWeight = ({ marks }: MarkGroup): number => Math.max(...marks.map(({ kind }) => weights[kind]))

/** Words with a place on a line: `x` is their middle. */
export type Label = { readonly words: string; readonly x: number; readonly weight: number }

const charWidth = 5.9
const between = 10

/**
 * The labels that have room on a line of this width, each within `margin` pixels of the ends: the weightier ones
 * first, none touching another. Index of the label → its middle.
 */
export function placeLabels(
  labels: readonly Label[],
  width: number,
  margin: readonly [left: number, right: number],
): ReadonlyMap<number, number> {
  const placed: { x: number; half: number }[] = []
  const found = new Map<number, number>()
  const order = labels
    .map((label, i) => ({ label, i }))
    .toSorted((a, b) => b.label.weight - a.label.weight || a.i - b.i)
  for (const { label, i } of order) {
    const half = (label.words.length * charWidth) / 2
    const x = Math.max(margin[0] + half, Math.min(width - margin[1] - half, label.x))
    if (label.words === '' || 2 * half > width - margin[0] - margin[1]) continue
    if (placed.some((other) => Math.abs(other.x - x) < other.half + half + between)) continue
    placed.push({ x, half })
    found.set(i, Math.round(x))
  }
  return found
}
