import { z } from 'zod'
import { auditFormats } from '@/core/audit/audit-text'
import { auditSight } from '@/core/audit/sight'
import { exportAudit } from '@/server/audit-export'
import { mustBe } from '@/server/personal'
import { stream } from '@/server/view'
import { auditParams, auditQuestion } from './audit-params'

/** Give me the audit as a file. */
export const auditExportStream = stream({
  name: 'auditExport',
  path: 'audit/export',
  summary: 'The audit as a file that is written while it is read, newest first; whose entries are as in the list.',
  audit: 'audit.exported',
  personal: true,
  params: auditParams({
    format: z.enum(auditFormats).default('csv').describe('CSV, or one JSON object a line.'),
  }),
  types: ['text/csv', 'application/jsonl'],
  write: async ({ format, ...asked }, _scope, signal, asker) =>
    exportAudit(auditQuestion(asked), auditSight(mustBe(asker)), format, mustBe(asker).account.id, signal),
})
