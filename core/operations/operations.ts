import type { Blame } from '../flows/answer-codes'
import type { Health } from '../figures/figures'
import type { Window } from '../time'
import type { L7Protocol } from '../verdict'

/** How one answer was given. `code`: in the protocol's own word, '' where it is not told. `share`: of all responses, 0..1. */
export type CodeFigures = {
  readonly l7: L7Protocol
  readonly code: string
  readonly responses: number
  readonly share: number
  readonly blame: Blame
}

/** A response flag of a proxy. `share`: of all requests, 0..1; null where these are not known. */
export type FlagFigures = {
  readonly flag: string
  readonly meaning: string
  readonly requests: number
  readonly share: number | null
}

type Answered = {
  readonly requests: number | null
  /** Per second of the time that its witness told of. */
  readonly requestRate: number | null
  readonly responses: number | null
  readonly clientErrors: number | null
  readonly serverErrors: number | null
  /** Server errors ÷ responses, 0..1. */
  readonly errorRatio: number | null
  /** Milliseconds. */
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly codes: readonly CodeFigures[]
}

/** One operation. `name` '': requests of which nobody told what they asked for. */
export type OperationFigures = Answered & {
  readonly name: string
  readonly l7: L7Protocol
  readonly health: Health
  readonly why: string
}

/** A name that DNS was asked for. `search`: it is another name with a search domain behind it, which resolvers try first. */
export type DnsName = Answered & { readonly name: string; readonly types: readonly string[]; readonly search: boolean }

/** What is asked of a service (or by it) and how it answers. */
export type Operations = {
  readonly window: Window
  /** Most requested first; `(other)` and what is not told come last. Requests add up to those of the edges. */
  readonly operations: readonly OperationFigures[]
  /** Most frequent first. */
  readonly codes: readonly CodeFigures[]
  readonly flags: readonly FlagFigures[]
  readonly dns: readonly DnsName[]
  /** `source/reporter` of those who told. */
  readonly told: { readonly operations: readonly string[]; readonly codes: readonly string[] }
}
