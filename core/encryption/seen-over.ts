import type { Window } from '../time'
import { firstEvidence, type UnitEvidence } from './classify-edge'
import type { ClassifiedEdge, ClassifiedWorld } from './classify-world'

/** A part of the time that is looked at, with its edges; all parts are classified by the same ground. */
export type SeenPart = {
  readonly window: Window
  readonly classified: ClassifiedWorld
  /** Seconds of it that sources of the cluster told of. */
  readonly toldSeconds: (cluster: string) => number
}

/** An edge in a time that is looked at in parts. Moments are in milliseconds. */
export type SeenEdge = {
  /** As it was when it was seen last, and in which part. */
  readonly each: ClassifiedEdge
  readonly evidence: UnitEvidence
  readonly part: Window
  readonly isNewest: boolean
  /** End of the newest part in which a proxy saw plaintext; null: in none. */
  readonly plainUntil: number | null
  /** End of the newest part in which not all of it is known to be mTLS; null: in none. */
  readonly otherUntil: number | null
}

type Draft = { -readonly [Key in keyof SeenEdge]: SeenEdge[Key] }

/** Plaintext that a proxy saw, in the unit. */
export const seenPlain = ({ identity, total }: UnitEvidence): number =>
  identity.basis === 'measured' ? (identity.shares.plaintext ?? 0) * total : 0

const dust = 1e-9

/** The edges that `isAsked`, over all parts, by id. Parts are newest first. O(edges of all parts). */
export function seenOver(
  parts: readonly SeenPart[],
  isAsked: (each: ClassifiedEdge) => boolean,
): ReadonlyMap<string, SeenEdge> {
  const found = new Map<string, Draft>()
  for (const { window, classified } of parts) {
    for (const each of classified.edges) {
      const evidence = firstEvidence(each)
      if (!evidence || !isAsked(each)) continue
      let seen = found.get(each.id)
      if (!seen) {
        const isNewest = window === parts[0]?.window
        found.set(each.id, (seen = { each, evidence, part: window, isNewest, plainUntil: null, otherUntil: null }))
      }
      if (seenPlain(evidence) > 0) seen.plainUntil ??= window.to
      if ((evidence.identity.shares.mtls ?? 0) < 1 - dust) seen.otherUntil ??= window.to
    }
  }
  return found
}
