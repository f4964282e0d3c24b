import { coverOf, secondsOf } from '../series/covered'
import { countsAt, detoursOf } from '../witness/detours'
import { classifierOf, firstOf } from '../encryption/classify-edge'
import { exposureOf } from '../encryption/exposure'
import { seatsOf } from '../encryption/seats'
import { endpointKey } from '../endpoint'
import { fuseBy } from '../witness/fuse'
import { addTally, emptyTally, type Tally } from '../figures/tally'
import type { Window } from '../time'
import { type PastPart, pastPart, usualOf } from './usual'
import { witnessesOf } from '../witness/witness'
import { type Baseline, type Edge, storedIds, type UsualEdge, type World } from '../world'

type EdgeDraft = { edge: Edge; readonly parts: PastPart[]; plain: number; evident: number }

/** A past that is read part by part: what it keeps of a World is small, so that no two need be held at a time. */
export type BaselineDraft = {
  /** Adds the next part; they follow each other. O(edges). */
  add(world: World): void
  /** The usual of everything that was seen; null without a part. O(edges of all). */
  finish(): Baseline | null
}

/** The usual of everything that was seen in these Worlds, which follow each other. O(edges of all). */
export function buildBaseline(worlds: readonly World[]): Baseline | null {
  const draft = draftBaseline()
  for (const world of worlds) draft.add(world)
  return draft.finish()
}

/** Begins a past without any part. */
export function draftBaseline(): BaselineDraft {
  const edges = new Map<number, EdgeDraft>()
  const nodes = new Map<string, PastPart[]>()
  const windows: Window[] = []
  let seconds = 0
  return {
    add(world) {
      windows.push(world.window)
      seconds += world.coveredSeconds
      for (const [key, part] of addEdges(world, edges)) {
        const parts = nodes.get(key)
        if (parts) parts.push(part)
        else nodes.set(key, [part])
      }
    },
    finish() {
      const [first] = windows
      const last = windows.at(-1)
      if (!first || !last) return null
      return {
        window: { from: first.from, to: last.to },
        parts: windows.length,
        seconds,
        nodes: new Map([...nodes].map(([key, parts]) => [key, usualOf(parts)])),
        edges: usualEdges(edges),
      }
    },
  }
}

/** Adds the edges of a World to those known, by each stored id, and returns what came into each node. */
function addEdges(world: World, edges: Map<number, EdgeDraft>): ReadonlyMap<string, PastPart> {
  const received = new Map<string, { readonly tally: Tally; readonly seconds: number }>()
  const detours = detoursOf(world)
  const seats = seatsOf(world)
  for (const worldEdge of world.edges) {
    const { edge, rows } = worldEdge
    const cover = coverOf(world, edge)
    const witnesses = witnessesOf(rows, cover)
    const { tally } = fuseBy(witnesses, rows, cover)
    const seconds = secondsOf(world, edge.to.cluster, edge.from.cluster)
    const exposure = exposureOf(firstOf(classifierOf(worldEdge, seats, cover, witnesses)))
    const ids = storedIds(worldEdge)
    let known: EdgeDraft | undefined
    for (const id of ids) known ??= edges.get(id)
    const draft: EdgeDraft = known ?? { edge, parts: [], plain: 0, evident: 0 }
    draft.edge = edge
    draft.parts.push(pastPart(tally, seconds))
    draft.plain += exposure?.exposed ?? 0
    draft.evident += exposure ? exposure.exposed + exposure.encrypted : 0
    for (const id of ids) edges.set(id, draft)
    if (!countsAt(detours, edge, 'to')) continue
    const key = endpointKey(edge.to)
    const node = received.get(key) ?? { tally: emptyTally(), seconds }
    addTally(node.tally, tally)
    received.set(key, node)
  }
  return new Map([...received].map(([key, { tally, seconds }]) => [key, pastPart(tally, seconds)]))
}

/** An edge that was stored under several ids is one under each. */
function usualEdges(drafts: ReadonlyMap<number, EdgeDraft>): ReadonlyMap<number, UsualEdge> {
  const finished = new Map<EdgeDraft, UsualEdge>()
  for (const draft of new Set(drafts.values())) {
    const { edge, parts, plain, evident } = draft
    const denied = parts.reduce((sum, part) => sum + part.denied, 0)
    finished.set(draft, { ...usualOf(parts), edge, plaintext: evident > 0 ? plain / evident : null, denied })
  }
  const usual = new Map<number, UsualEdge>()
  for (const [id, draft] of drafts) {
    const found = finished.get(draft)
    if (found) usual.set(id, found)
  }
  return usual
}
