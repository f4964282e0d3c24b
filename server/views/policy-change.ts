import { z } from 'zod'
import { database } from '@/server/database'
import { readPolicyChange } from '@/server/db/policy/read-policy-changes'
import { AppError } from '@/server/errors'
import { view } from '@/server/view'
import { listed } from './policy-changes'
import { auditedChangeSchema, manifestSchema } from './schemas/policy-write'

/** What exactly was changed, before and after? */
export const policyChangeView = view({
  name: 'policyChange',
  path: 'policies/changes/{id}',
  summary: 'One change of the audit with the object before and after.',
  quick: true,
  params: z.strictObject({
    id: z.coerce
      .number('give the number of a change')
      .int()
      .min(1)
      .max(2_147_483_647)
      .describe('Number of the change.'),
  }),
  answer: z.strictObject({
    change: auditedChangeSchema,
    before: manifestSchema.nullable().describe('null: it was not there.'),
    after: manifestSchema.nullable().describe('As it was to be; once applied, as the API server keeps it.'),
  }),
  maxAgeMs: 0,
  settle: async (params) => params,
  load: async ({ id }, scope) => {
    const row = await readPolicyChange(database(), id, scope)
    if (!row) throw new AppError('not_found', 'There is no such change.')
    return row
  },
  render: (row) => ({
    change: listed(row),
    before: row.before && { ...row.before },
    after: row.after && { ...row.after },
  }),
})
