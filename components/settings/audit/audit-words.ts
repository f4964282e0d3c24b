import { auditActions, auditNouns, type AuditNoun, isAuditAction } from '@/core/audit/actions'
import type { AuditEntry, EntryResult } from '@/core/audit/entry'
import type { Status } from '../../status-mark'

/** What was done, or was so already, is quiet; the others are marked. */
export const resultStatus: Readonly<Record<EntryResult, Status>> = {
  done: 'ok',
  unchanged: 'ok',
  refused: 'bad',
  failed: 'warn',
  unknown: 'unknown',
}

export const resultWords: Readonly<Record<EntryResult, string>> = {
  done: 'done',
  unchanged: 'unchanged',
  refused: 'refused',
  failed: 'failed',
  unknown: 'not known',
}

const isNoun = (text: string): text is AuditNoun => Object.hasOwn(auditNouns, text)

/** What a filter for actions is called. */
export const aboutWords = (about: string): string =>
  isAuditAction(about) ? auditActions[about] : isNoun(about) ? auditNouns[about] : about

/** Who did it; of a login that failed nobody is known. */
export const nameWords = (name: string): string => name || 'nobody known'

/** By what somebody was known. */
export function meansWords(by: AuditEntry['by'], id: number | null): string {
  if (by === null) return 'not told'
  if (by === 'system') return 'Oriel itself'
  if (by === 'local') return 'this machine'
  const what = by === 'token' ? 'token' : 'session'
  return id === null ? `a ${what}` : `${what} ${id}`
}

/** Where its target is, as `cluster/namespace`. */
export const placeWords = ({ cluster, namespace }: Pick<AuditEntry, 'cluster' | 'namespace'>): string =>
  [cluster, namespace].filter((part) => part !== '').join('/')
