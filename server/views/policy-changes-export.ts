import { z } from 'zod'
import { auditCsvHead, auditCsvLine } from '@/core/policy/apply/audit-csv'
import type { Scope } from '@/core/scope'
import { database } from '@/server/database'
import type { Pool } from '@/server/db/pool'
import { readPolicyChanges } from '@/server/db/policy/read-policy-changes'
import { clusterParam } from '@/server/params'
import { stream } from '@/server/view'
import { listed } from './policy-changes'

const pageSize = 200

/** Give me the audit of policy changes as a file. */
export const policyChangesExportStream = stream({
  name: 'policyChangesExport',
  path: 'policies/changes/export',
  summary: 'The audit of policy changes as CSV, newest first, written while it is read.',
  audit: 'policy-changes.exported',
  params: z.strictObject({ cluster: clusterParam }),
  types: ['text/csv'],
  write: async ({ cluster }, scope, signal) => {
    const lines = linesOf(database(), cluster, scope, signal)
    const encoder = new TextEncoder()
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { value, done } = await lines.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
    })
    return new Response(body, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="policy-changes.csv"',
        // no-transform keeps proxies and Next from holding it back to compress it.
        'cache-control': 'no-store, no-transform',
      },
    })
  },
})

async function* linesOf(
  pool: Pool,
  cluster: string,
  scope: Scope,
  signal: AbortSignal,
): AsyncGenerator<string, void, void> {
  yield auditCsvHead
  let before: number | null = null
  while (!signal.aborted) {
    const page = { cluster, ref: null, plan: null, draft: null, states: [], id: null, before, limit: pageSize }
    const rows = await readPolicyChanges(pool, page, scope)
    yield rows.map((row) => auditCsvLine(listed(row))).join('')
    if (rows.length < pageSize) return
    before = rows.at(-1)?.id ?? null
  }
}
