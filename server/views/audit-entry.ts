import { z } from 'zod'
import { parseEntryId } from '@/core/audit/entry'
import { auditSight } from '@/core/audit/sight'
import { database } from '@/server/database'
import { readAuditEntry } from '@/server/db/audit/read-audit-entry'
import { AppError } from '@/server/errors'
import { mustBe } from '@/server/personal'
import { view } from '@/server/view'
import { auditEntryDetailSchema } from './schemas/audit'

/** What exactly was it, before and after? */
export const auditEntryView = view({
  name: 'auditEntry',
  path: 'audit/{id}',
  summary: 'One entry of the audit with what differed before and after, without secrets.',
  quick: true,
  personal: true,
  params: z.strictObject({
    id: z
      .string()
      .max(20)
      .transform((text, context) => {
        const id = parseEntryId(text)
        if (id) return id
        context.addIssue({ code: 'custom', message: 'give the id of an entry, such as e12 or p12' })
        return z.NEVER
      })
      .describe('Id of the entry.'),
  }),
  answer: auditEntryDetailSchema,
  maxAgeMs: 0,
  settle: async (params) => params,
  load: async ({ id }, _scope, asker) => {
    const detail = await readAuditEntry(database(), id, auditSight(mustBe(asker)))
    if (!detail) throw new AppError('not_found', 'There is no such entry, or it is not yours to see.')
    return detail
  },
  render: ({ cut, ...detail }) => ({ ...detail, cut: [...cut] }),
})
