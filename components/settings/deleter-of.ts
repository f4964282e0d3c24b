import type { AuditEntry } from '@/core/audit/entry'

/** Who deleted the team of this name last, by entries of the audit, newest first; null where none tells. */
export const deleterOf = (entries: readonly AuditEntry[], team: string): string | null =>
  entries.find(({ action, result, target }) => action === 'team.deleted' && result === 'done' && target === team)
    ?.name || null
