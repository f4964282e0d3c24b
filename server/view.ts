import type { z } from 'zod'
import type { Asker } from '@/core/access/asker'
import type { AuditAction } from '@/core/audit/actions'
import type { Scope } from '@/core/scope'

/**
 * A question that the API answers. `P`: its parameters once parsed, `Q`: the same with everything
 * that moves made fixed (a live window gets its end), `L`: what is read, `A`: the answer.
 */
export type View<P extends z.ZodType, Q, L, A> = {
  /** Names it in metrics, logs and OpenAPI. */
  readonly name: string
  /** Below /api/v1/. */
  readonly path: string
  /** One sentence for the API's readers. */
  readonly summary: string
  readonly params: P
  /** The answer's schema; tests hold real answers against it. */
  readonly answer: z.ZodType<A>
  /** Fixes what moves. The result keys the cache, so equal questions cost one load. */
  readonly settle: (params: z.output<P>) => Promise<Q>
  /** All I/O of the answer. Whatever it returns is within the scope. `asker`: to personal views only. */
  readonly load: (question: Q, scope: Scope, asker?: Asker) => Promise<L>
  /** How old an answer may be, in milliseconds; else that of the cache. */
  readonly maxAgeMs?: number
  /**
   * How old, in milliseconds, an answer may be that is given at once where a newer one takes longer than a moment; it is
   * made meanwhile, for who asks next. Absent: everybody waits. An answer names its window, so its age is told.
   */
  readonly staleMs?: number | undefined
  /** It reads little: answered at once, beside the thread of answers. */
  readonly quick?: true
  /** Whether this is answered to who is not logged in, where links are public. The query holds the variable parts of the path. */
  readonly toAnybody?: (query: URLSearchParams) => Promise<boolean>
  /** It tells what belongs to who asks: nobody else is given the answer, and no link keeps it. Such views are quick. */
  readonly personal?: true
  /** Pure. */
  readonly render: (loaded: L, question: Q) => A
  /** Hands the view with all its types to one who got it as any view. Made by `view`. */
  readonly open: <R>(use: ViewUse<R>) => R
}

/** Something that can be done with a view of whatever question and answer. */
export type ViewUse<R> = <P extends z.ZodType, Q, L, A>(view: View<P, Q, L, A>) => R

/** Any view, where only the outside of it matters (routes, OpenAPI, links). */
export type AnyView = {
  readonly name: string
  readonly path: string
  readonly summary: string
  readonly params: z.ZodType
  readonly answer: z.ZodType
  readonly personal?: true
  readonly toAnybody?: (query: URLSearchParams) => Promise<boolean>
  readonly open: <R>(use: ViewUse<R>) => R
}

/** What a view answers: `AnswerOf<typeof mapView>`. */
export type AnswerOf<V> = V extends { readonly answer: z.ZodType<infer A> } ? A : never

/** What goes into the URL's query: `ParamsOf<typeof mapView>`. */
export type ParamsOf<V extends { readonly params: z.ZodType }> = z.input<V['params']>

/** Makes a view of its parts. */
export function view<P extends z.ZodType, Q, L, A>(
  definition: Omit<View<P, Q, L, A>, 'load' | 'render' | 'open'> & {
    readonly load: (question: NoInfer<Q>, scope: Scope, asker?: Asker) => Promise<L>
    readonly render: (loaded: NoInfer<L>, question: NoInfer<Q>) => NoInfer<A>
  },
): View<P, Q, L, A> {
  const made: View<P, Q, L, A> = { ...definition, open: (use) => use(made) }
  return made
}

/** A question whose answer is written while it is read, past every cache. */
export type Stream<P extends z.ZodType> = {
  readonly name: string
  /** Below /api/v1/. */
  readonly path: string
  readonly summary: string
  readonly params: P
  /** What the audit calls it. */
  readonly audit: AuditAction
  /** It tells what belongs to who asks, and is read past the wall. */
  readonly personal?: true
  /** Media types of what comes. */
  readonly types: readonly string[]
  /** Opens the answer, which is within the scope and ends when `signal` says that its reader left. */
  readonly write: (params: z.output<P>, scope: Scope, signal: AbortSignal, asker: Asker) => Promise<Response>
}

/** Any stream, where only the outside of it matters. */
export type AnyStream = Omit<Stream<z.ZodType>, 'write'>

/** Types a stream; it does nothing else. */
export const stream = <P extends z.ZodType>(definition: Stream<P>): Stream<P> => definition
