import { databaseError, type Queryable } from '../pool'

// A chain is as long as somebody pressed undo; the bound is against a circle that nothing makes.
const select = `with recursive chain as (
  select undo_of, 0 as depth from policy_plan where id = $1
  union all
  select p.undo_of, chain.depth + 1 from chain join policy_change x on x.id = chain.undo_of join policy_plan p on p.id = x.plan_id
  where chain.depth < 1000
) select max(depth) as depth from chain`

/** How many undos lie on each other with this plan on top: 0 is no undo, 2 takes an undo back. */
export async function readUndoDepth(database: Queryable, plan: number): Promise<number> {
  const { rows } = await database
    .query<{ depth: number | null }>(select, [plan])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0]?.depth ?? 0
}
