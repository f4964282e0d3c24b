import { parseEndpointKey } from '@/core/endpoint'
import type { ActedAs, AuditedChange, ChangeState } from '@/core/policy/apply/audited-change'
import type { Expectation } from '@/core/policy/apply/expectation'
import type { ObjectOwner } from '@/core/policy/ground'
import type { ModelObject } from '@/core/policy/model'
import type { PolicyRef } from '@/core/policy/normal-form'
import { inScope, type Scope } from '@/core/scope'
import { databaseError, type Queryable } from '../pool'

export type PolicyChangesQuestion = {
  /** '' for all. */
  readonly cluster: string
  readonly ref: PolicyRef | null
  readonly plan: number | null
  readonly draft: number | null
  readonly states: readonly ChangeState[]
  readonly id: number | null
  /** Only rows before this one, newest first. */
  readonly before: number | null
  readonly limit: number
}

/** A row with what is too long for lists. */
export type StoredPolicyChange = AuditedChange & {
  readonly apiVersion: string
  readonly before: ModelObject | null
  readonly after: ModelObject | null
  readonly uid: string | null
  readonly resourceVersion: string | null
  readonly expected: readonly Expectation[]
}

/** A plan that touches what the asker may not see: what is said of all of it could name that. */
const othersToo = `($11::text[] is not null and exists (select from policy_change o where o.plan_id = p.id
  and (o.namespace = '' or p.cluster || '/' || o.namespace <> all($11))))`

const sameObject = (other: string) =>
  `(${other}.api_group, ${other}.kind, ${other}.namespace, ${other}.name) = (c.api_group, c.kind, c.namespace, c.name)`

// A plan that undoes names one change of the plan that it takes back; which change undoes which is told by the object.
const undoOf = `select o.id from policy_change x join policy_change o on o.plan_id = x.plan_id and ${sameObject('o')} where x.id = p.undo_of`
const undoneBy = `select json_build_object('change', u.id, 'by', up.made_by, 'at', floor(extract(epoch from u.completed_at) * 1000))
  from policy_change x join policy_plan up on up.undo_of = x.id
  join policy_change u on u.plan_id = up.id and u.state = 'applied' and ${sameObject('u')}
  where x.plan_id = c.plan_id order by u.id desc limit 1`

const select = `select c.id, c.plan_id as plan, c.intended_at as at,
  c.completed_at as "completedAt", p.made_by as by, p.acted_as as "actedAs", p.asked_from as "from",
  p.request_id as "requestId", p.cluster, c.api_version as "apiVersion", c.api_group as "group", c.kind, c.namespace, c.name, c.change,
  c.state, c.error, c.fields, c.warnings, c.took_over as "tookOver", c.overrode, p.draft_id as draft,
  case when ${othersToo} then '' else p.reason end as reason, (${undoOf}) as "undoOf", (${undoneBy}) as "undoneBy",
  c.before, c.after, c.uid, c.resource_version as "resourceVersion", p.expected
from policy_change c join policy_plan p on p.id = c.plan_id
where ($1 = '' or p.cluster = $1)
  and ($2::text is null or (c.api_group = $2 and c.kind = $3 and c.namespace = $4 and c.name = $5))
  and ($6::int is null or c.plan_id = $6) and ($7::int is null or p.draft_id = $7)
  and (cardinality($8::text[]) = 0 or c.state = any($8)) and ($9::int is null or c.id = $9) and ($10::int is null or c.id < $10)
  and ($11::text[] is null or (c.namespace <> '' and p.cluster || '/' || c.namespace = any($11)))
order by c.id desc limit $12`

type Row = Omit<StoredPolicyChange, 'ref' | 'actedAs' | 'overrode'> & {
  readonly group: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly actedAs: ActedAs | null
  readonly overrode: ObjectOwner | null
}

/** Rows of the audit, newest first. Objects without a namespace are seen by those only who see everything. */
export async function readPolicyChanges(
  database: Queryable,
  question: PolicyChangesQuestion,
  scope: Scope,
): Promise<StoredPolicyChange[]> {
  const { cluster, ref, plan, draft, states, id, before, limit } = question
  const key = ref ? [ref.group, ref.kind, ref.namespace ?? '', ref.name] : [null, null, null, null]
  const values = [cluster, ...key, plan, draft, states, id, before, scope.all ? null : [...scope.pairs], limit]
  const { rows } = await database
    .query<Row>(select, values)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows.map(({ group, kind, namespace, name, ...row }) => ({
    ...row,
    expected: row.expected.filter(({ edge }) => seesEdge(scope, edge)),
    ref: { group, kind, namespace: namespace === '' ? null : namespace, name },
  }))
}

/** Both ends are within the scope, or of no namespace. */
const seesEdge = (scope: Scope, edge: string): boolean =>
  scope.all ||
  edge
    .split('|')
    .slice(0, 2)
    .map(parseEndpointKey)
    .every((end) => end !== null && (end.namespace === '' || inScope(scope, end)))

/** Everything of one row, or null where there is none within the scope. */
export async function readPolicyChange(
  database: Queryable,
  id: number,
  scope: Scope,
): Promise<StoredPolicyChange | null> {
  const one = { cluster: '', ref: null, plan: null, draft: null, states: [], id, before: null, limit: 1 }
  return (await readPolicyChanges(database, one, scope))[0] ?? null
}
