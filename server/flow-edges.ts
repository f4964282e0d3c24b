import { redactWorld } from '@/core/redact'
import type { Scope } from '@/core/scope'
import { selectEdges } from '@/core/graph/selection'
import { ceilTo, floorTo } from '@/core/time'
import { type Edge, emptyWorld, storedIds } from '@/core/world'
import { readAllEdges } from '@/server/db/names/read-all-edges'
import { database } from './database'
import type { When } from './when'
import { loadTraffic } from './world'

/** Which edges a question about records is about, before its filter. */
export type EdgesQuestion = When & {
  readonly cluster: string
  /** Id of a node or edge of the map; '' for any. */
  readonly sel: string
}

/** `all`: every edge there is as the scope may see it, by id; `asked`: those of the question, null where it is all of them. */
export type FlowEdges = {
  readonly all: ReadonlyMap<number, Edge>
  readonly asked: ReadonlySet<number> | null
}

/** The stored edges that a question about records is about, redacted. Grows with edges that ever were. */
export async function loadFlowEdges(question: EdgesQuestion, scope: Scope): Promise<FlowEdges> {
  const stored = await readAllEdges(database())
  const all = visibleEdges(stored, scope)
  const asked = await askedEdges(all, question, scope)
  return { all, asked: asked ?? (all.size === stored.size ? null : new Set(all.keys())) }
}

/** Edges as the scope may see them, by the one redaction that there is. */
export function visibleEdges(edges: ReadonlyMap<number, Edge>, scope: Scope): ReadonlyMap<number, Edge> {
  if (scope.all) return edges
  const { edges: visible } = redactWorld(
    { ...emptyWorld, edges: [...edges.values()].map((edge) => ({ edge, rows: [] })) },
    scope,
  )
  return new Map(visible.map(({ edge }) => [edge.id, edge]))
}

/** Those of a cluster and under a node or edge of the map; null: any. */
async function askedEdges(
  edges: ReadonlyMap<number, Edge>,
  { cluster, sel, window, recording }: EdgesQuestion,
  scope: Scope,
): Promise<ReadonlySet<number> | null> {
  if (!cluster && !sel) return null
  const inCluster = [...edges.values()].filter(
    ({ from, to }) => !cluster || from.cluster === cluster || to.cluster === cluster,
  )
  if (!sel) return new Set(inCluster.map(({ id }) => id))
  // The World knows which stored edges are one on the map; edges whose only records count nothing are not in it.
  const world = await loadTraffic(inMinutes({ window, recording }), scope)
  const shown = selectEdges(world, sel)
  const stored = selectEdges({ ...world, edges: inCluster.map((edge) => ({ edge, rows: [] })) }, sel)
  return new Set([shown, stored].flatMap(({ incoming, outgoing }) => [...incoming, ...outgoing].flatMap(storedIds)))
}

/** A window that a tail asks again and again, so that its World is loaded once. */
export const inMinutes = ({ window: { from, to }, recording }: When): When => ({
  window: recording === null ? { from: floorTo(from, 60_000), to: ceilTo(to, 60_000) } : { from, to },
  recording,
})
