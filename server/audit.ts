import type { AuditEvent } from '@/core/audit/event'
import { createFlood } from '@/core/audit/flood'
import { storedEvent } from '@/core/audit/stored-event'
import { writeAuditEvent } from '@/server/db/audit/write-audit-event'
import { ownDatabase } from './database'
import { toError } from './errors'
import { log } from './log'
import { webMetrics } from './metrics'
import { processWide } from './process-wide'

/** Nobody waits for the audit longer than this; it is written all the same. */
const patienceMs = 1_000
const retryMs = 5_000
/** Events that wait for the database to come back; more are in the log alone. */
const mostWaiting = 2_000
const drainMs = 60_000

type Waiting = { readonly event: AuditEvent; readonly at: number }

const state = () =>
  processWide('audit', () => ({ flood: createFlood(), waiting: [] as Waiting[], retry: false, drain: false }))

/**
 * Writes an event to the audit, and a line of it to the log. Never throws and never takes long: what the database does not
 * take now is kept and tried again, is in the log as an error, and counts in `oriel_audit_failures_total`.
 */
export async function writeAudit(event: AuditEvent): Promise<void> {
  if (state().flood.admit(event, Date.now())) return keep(event)
  drainSoon()
}

/** Writes what is still counted or waits, before the process ends. */
export async function flushAudit(): Promise<void> {
  for (const event of state().flood.drain(Number.POSITIVE_INFINITY)) await keep(event)
  await writeWaiting()
}

/** The line of the log that stands for an event. */
export function logAudit(event: AuditEvent): void {
  const { action, actor, target, result, requestId, from, count } = storedEvent(event)
  log.info({ action, account: actor.account, name: actor.name, target, result, requestId, from, count }, 'audit')
}

async function keep(event: AuditEvent): Promise<void> {
  logAudit(event)
  const at = Date.now()
  const written = write({ event, at }).catch((thrown: unknown) => hold({ event, at }, thrown))
  await Promise.race([written, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())])
}

/** Rejects for whatever is in the way, also where no database is named. */
const write = async ({ event, at }: Waiting) => writeAuditEvent(ownDatabase(), event, at)

function hold(waiting: Waiting, thrown: unknown): void {
  webMetrics().auditFailures.inc()
  const kept = state().waiting.length < mostWaiting
  log.error(
    { error: toError(thrown).message, kept, event: storedEvent(waiting.event) },
    'an event could not be written to the audit',
  )
  if (!kept) return
  state().waiting.push(waiting)
  retrySoon()
}

function retrySoon(): void {
  if (state().retry) return
  state().retry = true
  setTimeout(() => {
    state().retry = false
    void writeWaiting().then(() => state().waiting.length > 0 && retrySoon())
  }, retryMs).unref()
}

/** Oldest first; stops at the first that is still not taken. */
async function writeWaiting(): Promise<void> {
  const { waiting } = state()
  // Taken out first, so that two who write at once never write the same.
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    try {
      await write(next)
    } catch {
      waiting.unshift(next)
      return
    }
  }
}

/** Tells what was counted once its time is over. */
function drainSoon(): void {
  if (state().drain) return
  state().drain = true
  setTimeout(() => {
    state().drain = false
    for (const event of state().flood.drain(Date.now())) void keep(event)
    drainSoon()
  }, drainMs).unref()
}
