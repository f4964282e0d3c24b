import { channelOf, channels, type EdgeDraft, strength } from './graph-edges'
import type { Place } from './graph-place'

/** The unwell first, then the strongest; equals by ends and port, so that the same ones are kept each time. O(drafts). */
export function strongest(drafts: readonly EdgeDraft[], max: number): readonly EdgeDraft[] {
  if (drafts.length <= max) return drafts
  const weights = Float64Array.from(drafts, weight)
  const least = weights.toSorted()[drafts.length - max] ?? 0
  const above = drafts.filter((_, at) => (weights[at] ?? 0) > least)
  const equal = drafts.filter((_, at) => weights[at] === least).sort(byEnds)
  return [...above, ...equal.slice(0, max - above.length)]
}

/** Any severity outweighs any strength below 2⁵⁰, and the sum is still exact. */
const weight = ({ severity, tally }: EdgeDraft): number => Math.max(1, severity) * 2 ** 50 + strength(tally)

function byEnds(a: EdgeDraft, b: EdgeDraft): number {
  if (a.from !== b.from) return a.from.id < b.from.id ? -1 : 1
  if (a.to !== b.to) return a.to.id < b.to.id ? -1 : 1
  return channelOf(a.members[0].edge) - channelOf(b.members[0].edge)
}

/** Edges by their ends, port and protocol; comparing numbers, because ids share long beginnings. `places`: all ends, in order. */
export function inOrder(drafts: readonly EdgeDraft[], places: readonly Place[]): readonly EdgeDraft[] {
  const rank = new Map(places.map((place, at) => [place, at]))
  const ranked = drafts.map((draft) => ({
    draft,
    at:
      ((rank.get(draft.from) ?? 0) * places.length + (rank.get(draft.to) ?? 0)) * channels +
      (draft.from.folded || draft.to.folded ? 0 : channelOf(draft.members[0].edge)),
  }))
  return ranked.sort((a, b) => a.at - b.at).map(({ draft }) => draft)
}

/** Places with traffic, less those that lost every edge to the cap. */
export function withoutCut(
  busy: ReadonlySet<Place>,
  drafts: readonly EdgeDraft[],
  drawn: readonly EdgeDraft[],
): ReadonlySet<Place> {
  if (drawn.length === drafts.length) return busy
  const left = new Set(busy)
  for (const { from, to } of drafts) {
    left.delete(from)
    left.delete(to)
  }
  for (const { from, to } of drawn) left.add(from).add(to)
  return left
}
