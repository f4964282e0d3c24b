import type { Edge } from '@/core/world'
import { databaseError, type Pool } from '../pool'
import { readEdges } from './read-edges'

const select = `select id from edge where id > $1 order by id`

type Known = { edges: ReadonlyMap<number, Edge>; last: number; wholeAt: number }

/** Edges get their numbers before they are seen by others, so those of a while ago are asked for again. */
const wholeEveryMs = 10_000
const all = new WeakMap<Pool, Known>()

/**
 * All edges that ever were, for filters over the flow table. Grows with edges, not with traffic; edges never change,
 * so only new ones are read, and all of them again after a while.
 */
export async function readAllEdges(pool: Pool, now: number = Date.now()): Promise<ReadonlyMap<number, Edge>> {
  const known = all.get(pool)
  const fresh = known && now - known.wholeAt < wholeEveryMs
  const { rows } = await pool
    .query<{ id: number }>(select, [fresh ? known.last : 0])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  if (known && rows.every(({ id }) => known.edges.has(id))) {
    if (!fresh) known.wholeAt = now
    return known.edges
  }
  const missing = rows.map(({ id }) => id).filter((id) => !known?.edges.has(id))
  const edges = new Map([...(known?.edges ?? []), ...(await readEdges(pool, missing))])
  const last = rows.at(-1)?.id ?? known?.last ?? 0
  all.set(pool, { edges, last, wholeAt: fresh ? known.wholeAt : now })
  return edges
}
