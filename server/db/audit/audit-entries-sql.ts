import type { AuditEntry, AuditEntryDetail, AuditPlace, AuditWho, EntryResult } from '@/core/audit/entry'
import { auditDetail } from '@/core/audit/redact'
import type { AuditSight } from '@/core/audit/sight'
import type { ActedAs, ChangeState } from '@/core/policy/apply/audited-change'
import { writtenPart } from '@/core/policy/apply/manifest'
import { isFields } from '@/core/policy/read'
import { policyName } from '@/core/policy/policy-name'
import type { PolicyRef } from '@/core/policy/normal-form'
import type { Scope } from '@/core/scope'

/** Which entries of the audit. Moments are milliseconds; null leaves the time open. */
export type AuditQuestion = {
  readonly from: number | null
  readonly to: number | null
  readonly who: AuditWho | null
  /** None: all. */
  readonly actions: readonly string[]
  readonly results: readonly EntryResult[]
  /** '' for all. */
  readonly cluster: string
  /** Somewhere in the entry. */
  readonly text: string
}

/** Values of the place holders of both kinds of rows, in their order. */
export function auditValues({ from, to, who, actions, results, cluster, text }: AuditQuestion, sight: AuditSight) {
  return [
    sight.all,
    sight.own,
    pairs(sight.sees),
    pairs(sight.edits),
    from,
    to,
    who && 'account' in who ? who.account : null,
    who && 'name' in who ? who.name : null,
    actions,
    results,
    cluster,
    text === '' ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`,
  ]
}

/** How many place holders `auditValues` fills. */
export const auditValueCount = 12

const pairs = (scope: Scope): readonly string[] | null => (scope.all ? null : [...scope.pairs])

const moment = (n: number) => `to_timestamp($${n}::float8 / 1000)`

/** In one of these places; what is in no namespace is of those only who have them all. */
const within = (n: number, place: string) => `($${n}::text[] is null or (namespace <> '' and ${place} = any($${n})))`

const conditions = `($5::float8 is null or at >= ${moment(5)}) and ($6::float8 is null or at < ${moment(6)})
  and ($7::int is null or account = $7) and ($8::text is null or (account is null and name = $8))
  and (cardinality($9::text[]) = 0 or action = any($9)) and (cardinality($10::text[]) = 0 or result = any($10))
  and ($11 = '' or cluster = $11)`

/** What Oriel itself wrote down; what is told by the changes of policies below is left out. */
const events = `select * from (select 'e' as kind, e.id, e.at, e.account_id as account, e.account_name as name, e.means as by, e.action,
  e.target, e.cluster, e.namespace, null::jsonb as ref, e.result, e.reason, e.request_id as "requestId", e.address as "from", e.count
from audit_event e) e
where ($1 or (account = $2 and (namespace = '' or ${within(3, "cluster || '/' || namespace")}))
    or (action ~ '^(policy|draft)[.]' and ${within(4, "cluster || '/' || namespace")}))
  and ${conditions}
  and ($12::text is null or concat_ws(' ', name, action, target, cluster, namespace, reason, "requestId", "from") ilike $12)
  and not (action in ('policy.applied', 'policy.undone') and "requestId" is not null
    and exists (select from policy_plan p where p.request_id = "requestId"))`

/** Of a plan that touches what somebody does not see: what is said of all of it could name that. */
const othersToo = `(not $1 and $3::text[] is not null and exists (select from policy_change o where o.plan_id = p.id
  and (o.namespace = '' or p.cluster || '/' || o.namespace <> all($3))))`

/** One row for each object of a plan. By whose account, the event of the same request tells. */
const changes = `select * from (select 'p' as kind, c.id::bigint, c.intended_at as at, e.account_id as account, p.made_by as name, e.means as by,
  case when p.undo_of is null then 'policy.applied' else 'policy.undone' end as action, '' as target, p.cluster, c.namespace,
  jsonb_build_object('group', c.api_group, 'kind', c.kind, 'namespace', nullif(c.namespace, ''), 'name', c.name) as ref,
  case c.state when 'applied' then 'done' when 'failed' then 'failed' else 'unknown' end as result,
  case when c.error <> '' then c.error when ${othersToo} then '' else p.reason end as reason, p.request_id as "requestId", p.asked_from as "from", 1 as count
from policy_change c join policy_plan p on p.id = c.plan_id
left join lateral (select account_id, means from audit_event where request_id = p.request_id order by id limit 1) e on true) c
where ($1 or ${within(4, "cluster || '/' || namespace")} or (account = $2 and ${within(3, "cluster || '/' || namespace")}))
  and ${conditions}
  and ($12::text is null or concat_ws(' ', name, action, ref ->> 'kind', namespace || '/' || (ref ->> 'name'), cluster, reason, "requestId", "from") ilike $12)`

/** Both kinds of rows, each with `more` after its conditions. */
export const entriesSql = (more = ''): string => `((${events} ${more}) union all (${changes} ${more})) entry`

/** The same with all that is kept of each. */
export const detailsSql = (more: string): string =>
  `select entry.*, (extract(epoch from entry.at) * 1000000)::bigint::text as micros, e.means_id as "byId", e.agent,
  coalesce(e.before, c.before) as before, coalesce(e.after, c.after) as after, e.cut, c.plan_id as plan, c.state,
  p.acted_as as "actedAs", p.draft_id as draft
from ${entriesSql(more)}
left join audit_event e on entry.kind = 'e' and e.id = entry.id
left join policy_change c on entry.kind = 'p' and c.id = entry.id
left join policy_plan p on p.id = c.plan_id`

/** A row of `detailsSql`. */
export type DetailRow = Omit<AuditEntry, 'id'> & {
  readonly kind: AuditPlace['kind']
  readonly id: number
  readonly micros: string
  readonly ref: PolicyRef | null
  readonly byId: number | null
  readonly agent: string | null
  readonly before: unknown
  readonly after: unknown
  readonly cut: readonly string[] | null
  readonly plan: number | null
  readonly state: ChangeState | null
  readonly actedAs: ActedAs | null
  readonly draft: number | null
}

/** Events are redacted when they are written; manifests are kept whole for undoing, and are redacted here. */
export function detailOf(row: DetailRow): AuditEntryDetail {
  const { ref, plan, state, actedAs, draft } = row
  const [before, after] = ref ? [manifestDetail(row.before), manifestDetail(row.after)] : [null, null]
  return {
    entry: entryOf(row),
    byId: row.byId,
    agent: row.agent ?? '',
    before: before ? before.value : row.before,
    after: after ? after.value : row.after,
    cut: row.cut ?? [...(before?.cut ?? []), ...(after?.cut ?? [])],
    policy: ref && plan !== null && state !== null ? { change: row.id, plan, ref, state, actedAs, draft } : null,
  }
}

/** What people write of a manifest: the rest changes with every write. */
const manifestDetail = (object: unknown) => auditDetail(isFields(object) ? writtenPart(object) : null)

const entryOf = (row: DetailRow): AuditEntry => ({
  id: `${row.kind}${row.id}`,
  at: row.at,
  account: row.account,
  name: row.name,
  by: row.by,
  action: row.action,
  target: row.ref ? policyName(row.ref) : row.target,
  cluster: row.cluster,
  namespace: row.namespace,
  result: row.result,
  reason: row.reason,
  requestId: row.requestId,
  from: row.from,
  count: row.count,
})
