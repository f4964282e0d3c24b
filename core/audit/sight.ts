import type { Asker } from '../access/asker'
import type { Scope } from '../scope'
import { selfOf } from '../access/owner'

/**
 * Which part of the audit somebody sees: admins all of it; everybody what they did themselves; editors also what was
 * done to policies where they edit.
 */
export type AuditSight = {
  readonly all: boolean
  /** Whose own events; null: nobody's, for who looks on as a team. */
  readonly own: number | null
  /** Own events that lie elsewhere by now are told no more. */
  readonly sees: Scope
  readonly edits: Scope
}

export const auditSight = ({ rights, viewAs, ...asker }: Asker): AuditSight => ({
  all: rights.admin,
  own: viewAs === null ? selfOf(asker) : null,
  sees: rights.sees,
  edits: rights.edits,
})
