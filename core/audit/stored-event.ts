import { clean } from '../text/text'
import type { AuditEvent } from './event'
import { auditDetail, auditText, differing } from './redact'

/** An event as it is kept: cleaned, capped and without secrets. */
export type StoredEvent = Required<Omit<AuditEvent, 'before' | 'after' | 'cluster' | 'namespace'>> & {
  /** '' where it is nowhere in particular. */
  readonly cluster: string
  readonly namespace: string
  /** null where there is none. */
  readonly before: unknown
  readonly after: unknown
  /** What was left out of the details, each with its place. */
  readonly cut: readonly string[]
}

/** What is written of an event. Of two details only what differs. */
export function storedEvent(event: AuditEvent): StoredEvent {
  const [was, is] = differing(event.before ?? null, event.after ?? null)
  const [before, after] = [auditDetail(was), auditDetail(is)]
  return {
    action: event.action,
    actor: { account: event.actor.account, name: auditText(event.actor.name, 200) },
    by: event.by,
    byId: event.byId ?? null,
    target: auditText(event.target, 500),
    cluster: clean(event.cluster ?? '', 200),
    namespace: clean(event.namespace ?? '', 200),
    before: before.value,
    after: after.value,
    cut: [...before.cut.map((one) => `before ${one}`), ...after.cut.map((one) => `after ${one}`)],
    result: event.result,
    reason: auditText(event.reason ?? '', 1_000),
    requestId: event.requestId,
    from: clean(event.from, 200),
    agent: auditText(event.agent ?? '', 300),
    count: event.count ?? 1,
  }
}
