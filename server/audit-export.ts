import { type AuditFormat, auditTexts } from '@/core/audit/audit-text'
import type { AuditPlace } from '@/core/audit/entry'
import type { AuditSight } from '@/core/audit/sight'
import type { AuditQuestion } from '@/server/db/audit/audit-entries-sql'
import { readAuditEntries } from '@/server/db/audit/read-audit-entries'
import { database } from './database'
import { takeExportSlot } from './export-slots'

/** Entries in one file at most. */
export const maxAuditExport = 500_000
const pageSize = 200

/**
 * The entries of a question as a file, newest first, page by page as fast as it is taken. A file that ends early says so
 * in its last line; one that fails breaks off. Throws AppError while too many are being written (export-slots.ts).
 */
export async function exportAudit(
  question: AuditQuestion,
  sight: AuditSight,
  format: AuditFormat,
  account: number,
  signal: AbortSignal,
): Promise<Response> {
  const chunks = counted(linesOf(question, sight, format, signal), takeExportSlot('audit', account))
  // A reader that left pulls no more: the generator ends, and with it the count.
  signal.addEventListener('abort', () => void chunks.return())
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
      async cancel() {
        await chunks.return()
      },
    },
    new CountQueuingStrategy({ highWaterMark: 1 }),
  )
  return new Response(body, {
    headers: {
      'content-type': auditTexts[format].type,
      'content-disposition': `attachment; filename="oriel-audit.${format}"`,
      // no-transform keeps proxies and Next from holding it back to compress it.
      'cache-control': 'no-store, no-transform',
    },
  })
}

type Lines = AsyncGenerator<string, void, void>

/** The same lines; `ended` is called once, however it ends, also where nobody ever began. */
function counted(lines: Lines, ended: () => void): Pick<Lines, 'next' | 'return'> {
  let open = true
  const end = () => {
    if (open) ended()
    open = false
  }
  return {
    async next() {
      try {
        const result = await lines.next()
        if (result.done) end()
        return result
      } catch (thrown) {
        end()
        throw thrown
      }
    },
    return() {
      end()
      return lines.return()
    },
  }
}

async function* linesOf(question: AuditQuestion, sight: AuditSight, format: AuditFormat, signal: AbortSignal): Lines {
  const { head, line, cut } = auditTexts[format]
  let place: AuditPlace | null = null
  let written = 0
  if (head) yield head
  while (!signal.aborted) {
    const page = await readAuditEntries(database(), question, sight, place, pageSize)
    yield page.entries.map(line).join('')
    written += page.entries.length
    if (!page.next) return
    if (written >= maxAuditExport) {
      yield cut(`Cut at ${maxAuditExport} entries, older ones are left out. Ask for an earlier time.`)
      return
    }
    place = page.next
  }
}
