import type { ObjectOwner } from '../ground'
import type { PolicyRef } from '../normal-form'

/** intended: written down before it was sent. unknown: it was sent, and the object is neither as before nor as wanted. */
export const changeStates = ['intended', 'applied', 'failed', 'unknown'] as const
export type ChangeState = (typeof changeStates)[number]

/** A row of the audit: one object of one plan. Times are milliseconds. */
export type AuditedChange = {
  readonly id: number
  readonly plan: number
  readonly at: number
  readonly completedAt: number | null
  /** Who asked for it, in Oriel. */
  readonly by: string
  /** As whom the API server was asked; null: as the account of the console's own kubeconfig. */
  readonly actedAs: ActedAs | null
  /** Network address that the request named. */
  readonly from: string
  readonly requestId: string
  readonly cluster: string
  readonly ref: PolicyRef
  readonly change: 'create' | 'update' | 'delete'
  readonly state: ChangeState
  /** Why it failed, or what is unknown; '' else. */
  readonly error: string
  readonly fields: readonly string[]
  readonly warnings: readonly string[]
  /** Managers whose fields were taken over, by choice. */
  readonly tookOver: readonly string[]
  /** The owner that was overridden by choice. */
  readonly overrode: ObjectOwner | null
  readonly draft: number | null
  readonly reason: string
  /** The change that this one undid. */
  readonly undoOf: number | null
  readonly undoneBy: UndoneBy | null
}

/** The change that took another back, by whom and when (milliseconds). */
export type UndoneBy = { readonly change: number; readonly by: string; readonly at: number }

/** A person as the API server knows them. */
export type ActedAs = { readonly user: string; readonly groups: readonly string[] }
