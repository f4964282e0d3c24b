import { z } from 'zod'
import { type AuditedChange, changeStates } from '@/core/policy/apply/audited-change'
import { parseRefKey } from '@/core/policy/apply/ref-key'
import { database } from '@/server/database'
import { readPolicyChanges, type StoredPolicyChange } from '@/server/db/policy/read-policy-changes'
import { clusterParam, listParam } from '@/server/params'
import { view } from '@/server/view'
import { auditedChangeSchema } from './schemas/policy-write'

const number = (what: string) => z.coerce.number(`give the number of ${what}`).int().min(1).max(2_147_483_647)

const refParam = z
  .string()
  .max(1_000)
  .transform((text, context) => {
    const ref = parseRefKey(text)
    if (ref) return ref
    context.addIssue({ code: 'custom', message: 'write group/kind/namespace/name' })
    return z.NEVER
  })
  .describe(
    'Only of this object: `group/kind/namespace/name`, with nothing in the place of a namespace where there is none.',
  )

/** Who changed which policy when, through this console? */
export const policyChangesView = view({
  name: 'policyChanges',
  path: 'policies/changes',
  summary: 'The audit of policy changes that were made through the console, newest first.',
  quick: true,
  params: z.strictObject({
    cluster: clusterParam,
    ref: refParam.optional(),
    plan: number('a plan').optional().describe('Only what was applied together under this number.'),
    draft: number('a draft').optional().describe('Only what was applied from this draft.'),
    state: listParam(4)
      .pipe(z.array(z.enum(changeStates)))
      .describe('Only these states, separated by commas: intended, applied, failed, unknown.'),
    before: number('a change').optional().describe('Only changes before this one, for the next page.'),
    limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many at most.'),
  }),
  answer: z.strictObject({
    changes: z.array(auditedChangeSchema),
    next: z.number().nullable().describe('What to ask with as `before` for the next page; null: there is none.'),
  }),
  // A change that was just made is to be seen at once.
  maxAgeMs: 0,
  settle: async (params) => params,
  load: ({ cluster, ref, plan, draft, state, before, limit }, scope) =>
    readPolicyChanges(
      database(),
      {
        cluster,
        ref: ref ?? null,
        plan: plan ?? null,
        draft: draft ?? null,
        states: state,
        id: null,
        before: before ?? null,
        limit: limit + 1,
      },
      scope,
    ),
  render: (rows, { limit }) => {
    const changes = rows.slice(0, limit).map(listed)
    return { changes, next: rows.length > limit ? (changes.at(-1)?.id ?? null) : null }
  },
})

/** A row without what is too long for lists. */
export function listed(row: StoredPolicyChange): AuditedChange {
  const {
    apiVersion: _version,
    before: _before,
    after: _after,
    uid: _uid,
    resourceVersion: _at,
    expected: _expected,
    ...shown
  } = row
  return shown
}
