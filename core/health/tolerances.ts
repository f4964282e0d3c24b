import type { Endpoint } from '../endpoint'
import { compileGlob } from '../filter/filter-value'
import type { L7Protocol } from '../verdict'

/** From which share (0..1) on something is degraded, and failing. */
export type Band = { readonly degraded: number; readonly failing: number }

/** When the traffic of one service or edge counts as unwell. */
export type Tolerance = {
  /** Server errors among responses. */
  readonly errors: Band
  /** Client errors among responses; null: they make nobody unwell. */
  readonly clientErrors: Band | null
  /** p95 in milliseconds from which it is degraded; null: none was set, see `unknownPastP95`. */
  readonly p95: number | null
  /** How many times its usual p95 or error share makes it degraded; null: its past is not looked at. */
  readonly baseline: number | null
  /** Denied or failed flows of an edge. */
  readonly denied: Band
  /** Fewer responses than this can degrade, never fail, and say nothing about latency. */
  readonly minResponses: number
  /** Who set this: `rule 2`, `its annotation`; '' for the built-in values. */
  readonly by: string
}

export const defaultTolerance: Tolerance = {
  errors: { degraded: 0.01, failing: 0.05 },
  clientErrors: null,
  p95: null,
  baseline: 2,
  denied: { degraded: 0.01, failing: 0.5 },
  minResponses: 20,
  by: '',
}

/** p95 in milliseconds that is slow where neither a limit nor the past says what is. */
export const unknownPastP95 = 1000
/** With too few responses it takes this many errors to be degraded. */
export const fewErrors = 3
/** Beyond its usual values something is unwell only by at least so much: milliseconds, and a share of responses. */
export const leastSlower = 20
export const leastMoreErrors = 0.005
/** Responses of the past that tell what is usual. */
export const minPastResponses = 100
/** Share of what a caller sends that is denied from which on it is degraded. */
export const callerDenied = 0.5

/** A rule of the configuration: globs that a callee must match, and what then differs from the built-in values. */
export type ToleranceRule = {
  readonly cluster?: string
  readonly namespace?: string
  readonly name?: string
  readonly kind?: string
  /** Application protocol of an edge; such a rule judges edges and no services. */
  readonly protocol?: string
} & Partial<Omit<Tolerance, 'by'>>

/** What one call of `compileTolerances` answers for. `l7`: of an edge; null for a service. */
export type ToleranceOf = (callee: Endpoint, l7: L7Protocol | null) => Tolerance

/** The first rule that matches the callee, over the built-in values. O(rules) a call. */
export function compileTolerances(rules: readonly ToleranceRule[]): ToleranceOf {
  const compiled = rules.map(({ cluster, namespace, name, kind, protocol, ...set }, at) => {
    const globs = { cluster, namespace, name, kind }
    const parts = (['cluster', 'namespace', 'name', 'kind'] as const).flatMap((part) => {
      const glob = globs[part]
      const is = glob === undefined ? null : compileGlob(glob)
      return is ? [(callee: Endpoint) => is(callee[part])] : []
    })
    const speaks = protocol === undefined ? null : compileGlob(protocol)
    const tolerance: Tolerance = { ...defaultTolerance, ...set, by: `rule ${at + 1}` }
    const matches = (callee: Endpoint, l7: L7Protocol | null) =>
      parts.every((part) => part(callee)) && (!speaks || (l7 !== null && speaks(l7)))
    return { matches, tolerance }
  })
  return (callee, l7) => compiled.find(({ matches }) => matches(callee, l7))?.tolerance ?? defaultTolerance
}
