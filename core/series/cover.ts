import { ceilTo, floorTo, type Tier, tierMs, tiers, type Window } from '../time'

/** A part of a window and the tier that answers it; both ends are multiples of the tier. */
export type Segment = { readonly tier: Tier; readonly from: number; readonly to: number }

/** `window`: what the segments answer; it differs from the asked one by the snapping of its ends. */
export type Cover = { readonly window: Window; readonly segments: readonly Segment[] }

export type CoverOptions = {
  /** Up to where each coarser tier is complete, milliseconds; absent where it was never filled. */
  readonly rolledUpTo: Readonly<Partial<Record<Tier, number>>>
  /** From where on each tier still has everything, milliseconds; absent: everything there ever was. */
  readonly keptFrom: Readonly<Partial<Record<Tier, number>>>
  /** No tier coarser than this many milliseconds, and only those that divide it: the step of a chart. */
  readonly stepMs?: number
}

/** The older end may move by this share of the window. The newer one may not: what happened last is what people look for. */
const headShare = 1 / 20

/**
 * Answers a window from the coarsest complete tier inside, with finer ones towards both ends. The
 * segments are in order and adjoin; their union is the window returned. In the steady state about
 * ten buckets, and never more than 35, whatever the length up to 30 days.
 */
export function coverWindow(asked: Window, options: CoverOptions): Cover {
  const length = Math.max(0, asked.to - asked.from)
  const from = floorTo(asked.from, Math.max(keptStep(asked.from, options), coarsestWithin(length * headShare, options)))
  const back = floorTo(asked.to, tierMs['10s'])
  const kept = keptStep(asked.to, options)
  const to = Math.max(from, back > from && back % kept === 0 ? back : ceilTo(asked.to, kept))
  const usable = tiers.filter(
    (tier) => !options.stepMs || (tierMs[tier] <= options.stepMs && options.stepMs % tierMs[tier] === 0),
  )
  return { window: { from, to }, segments: tile(from, to, usable, options) }
}

const coarsestWithin = (toleranceMs: number, { stepMs = Infinity }: CoverOptions): number =>
  tiers.reduce(
    (coarsest, tier) => (tierMs[tier] <= Math.min(toleranceMs, stepMs) ? tierMs[tier] : coarsest),
    tierMs['10s'],
  )

/** Finest step, milliseconds, of which the buckets of this time are still kept. */
export const keptStep = (time: number, { keptFrom }: Pick<CoverOptions, 'keptFrom'>): number =>
  tierMs[tiers.find((tier) => time >= (keptFrom[tier] ?? Number.NEGATIVE_INFINITY)) ?? '1d']

function tile(from: number, to: number, usable: readonly Tier[], options: CoverOptions): Segment[] {
  if (from >= to) return []
  const tier = usable.at(-1)
  if (!tier) return []
  const finer = usable.slice(0, -1)
  if (finer.length === 0) return [{ tier, from, to }]
  const step = tierMs[tier]
  const a = Math.max(ceilTo(from, step), ceilTo(options.keptFrom[tier] ?? Number.NEGATIVE_INFINITY, step))
  const b = Math.min(floorTo(to, step), floorTo(options.rolledUpTo[tier] ?? Number.NEGATIVE_INFINITY, step))
  if (!(a < b)) return tile(from, to, finer, options)
  return [...tile(from, a, finer, options), { tier, from: a, to: b }, ...tile(b, to, finer, options)]
}

/** Buckets in a cover. */
export const bucketsOf = (cover: Cover): number =>
  cover.segments.reduce((sum, { tier, from, to }) => sum + (to - from) / tierMs[tier], 0)
