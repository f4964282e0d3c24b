import type { z } from 'zod'
import type { Asker } from '@/core/access/asker'
import type { AuditAction } from '@/core/audit/actions'
import type { AuditEvent, AuditResult } from '@/core/audit/event'
import type { Scope } from '@/core/scope'
import type { Connection } from '@/server/db/pool'
import type { ClusterIdentity } from './identity'

/** Who asks for a change, and what this person may see. */
export type Actor = {
  readonly name: string
  readonly asker: Asker
  /** What they see; what they may change is in their rights. */
  readonly scope: Scope
  /** As whom clusters are asked. */
  readonly kubernetes: ClusterIdentity
  readonly request: ChangeRequest
  /** Tells the audit what was done to what. Said more than once, later words win. Never a secret. */
  readonly note: (details: AuditDetails) => void
  /** Does work in one transaction with the audit's entry of it: both stand, or neither. Once; what is noted until its end is in the entry. */
  readonly together: Together
}

export type Together = <T>(work: (connection: Connection) => Promise<T>) => Promise<T>

/** What a change was done to, for people to read, where that is, and what it was before and after. */
export type AuditDetails = Partial<
  Pick<AuditEvent, 'target' | 'cluster' | 'namespace' | 'before' | 'after'> & {
    /** Where it was another thing than the change is for: a try. */
    readonly action: AuditAction
    /** Where it did not succeed although it answers. */
    readonly result: AuditResult
    readonly reason: string
  }
>

/** Where a change came from, for the audit. `from`: the network address of its sender, past trusted proxies. `agent`: the program, as it says. */
export type ChangeRequest = { readonly id: string; readonly from: string; readonly agent?: string }

/** Something that a caller changes through the API. `I`: the body and the variable parts of the path, as one object. */
export type Change<I extends z.ZodType, A> = {
  /** Names it in metrics, logs and OpenAPI. */
  readonly name: string
  readonly method: 'POST' | 'PUT' | 'DELETE'
  /** Below /api/v1/. */
  readonly path: string
  /** One sentence for the API's readers. */
  readonly summary: string
  readonly input: I
  readonly answer: z.ZodType<A>
  /** What the audit calls it. */
  readonly audit: AuditAction
  /** It is about who asks alone, so it is also for those who have no role. */
  readonly withoutRole?: true
  /** Does it, as this person. Throws AppError. */
  readonly run: (input: z.output<I>, actor: Actor) => Promise<A>
}

/** Any change, where only the outside of it matters (OpenAPI). */
export type AnyChange = Pick<
  Change<z.ZodType, unknown>,
  'name' | 'method' | 'path' | 'summary' | 'input' | 'answer' | 'audit'
>

/** Types a change; it does nothing else. */
export const change = <I extends z.ZodType, A>(
  definition: Omit<Change<I, A>, 'run'> & {
    readonly run: (input: z.output<I>, actor: Actor) => Promise<NoInfer<A>>
  },
): Change<I, A> => definition
