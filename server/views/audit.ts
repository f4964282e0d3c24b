import { z } from 'zod'
import { auditPlaceText } from '@/core/audit/entry'
import { auditSight } from '@/core/audit/sight'
import { database } from '@/server/database'
import { readAuditEntries } from '@/server/db/audit/read-audit-entries'
import { readAuditPeople } from '@/server/db/audit/read-audit-people'
import { env } from '@/server/env'
import { mustBe } from '@/server/personal'
import { view } from '@/server/view'
import { auditParams, auditPlaceParam, auditQuestion } from './audit-params'
import { auditEntrySchema, auditPersonSchema } from './schemas/audit'

/** Who did what when, and what was refused? */
export const auditView = view({
  name: 'audit',
  path: 'audit',
  summary:
    'The audit, newest first: admins see all of it, editors also what was done to policies where they edit, everybody what they did.',
  quick: true,
  personal: true,
  params: auditParams({
    before: auditPlaceParam.optional().describe('`next` of an answer, for the next page.'),
    limit: z.coerce.number().int().min(1).max(200).default(100).describe('How many at most.'),
  }),
  answer: z.strictObject({
    entries: z.array(auditEntrySchema),
    next: z.string().nullable().describe('What to ask with as `before` for the next page; null: there is none.'),
    people: z
      .array(auditPersonSchema)
      .nullable()
      .describe('Who is in all of it, whatever `who`; null for further pages.'),
    keptMs: z.number().describe('How long it is kept, in milliseconds; changes of policies are kept for good.'),
    all: z.boolean().describe('Whether this is of everybody; else of who asks, and of policies where they edit.'),
  }),
  // What was just done is to be seen at once.
  maxAgeMs: 0,
  settle: async (params) => params,
  load: async ({ before, limit, ...asked }, _scope, asker) => {
    const question = auditQuestion(asked)
    const sight = auditSight(mustBe(asker))
    const [page, people] = await Promise.all([
      readAuditEntries(database(), question, sight, before ?? null, limit),
      before ? null : readAuditPeople(database(), question, sight),
    ])
    return { page, people, all: sight.all, keptMs: env().retention.audit }
  },
  render: ({ page, people, all, keptMs }) => ({
    entries: page.entries.map(({ entry }) => entry),
    next: page.next && auditPlaceText(page.next),
    people: people && [...people],
    all,
    keptMs,
  }),
})
