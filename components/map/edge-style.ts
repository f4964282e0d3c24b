import type { Figures } from '@/core/figures'
import type { GraphEdge } from '@/core/graph'
import { healthStatus, type Status } from '../status-mark'
import type { Lens } from '../url-state'

export type Tone = 'quiet' | Exclude<Status, 'ok'> | 'ok'

/** How an edge is drawn: the status grammar. `dash` is an SVG dash array; '' is solid. */
export type EdgeStyle = { readonly tone: Tone; readonly dash: string; readonly head: 'arrow' | 'bar' }

const quiet: EdgeStyle = { tone: 'quiet', dash: '', head: 'arrow' }
const degraded: EdgeStyle = { ...quiet, tone: 'warn' }
const failing: EdgeStyle = { ...quiet, tone: 'bad' }
const denied: EdgeStyle = { tone: 'bad', dash: '2 4', head: 'bar' }
const audited: EdgeStyle = { tone: 'audit', dash: '9 5', head: 'arrow' }
const unknown: EdgeStyle = { tone: 'unknown', dash: '1 4', head: 'arrow' }

/** p95 above which the latency lens speaks, in ms. */
export const slowMs = 300
export const verySlowMs = 1000
/** Share of 5xx above which the errors lens speaks. */
export const someErrors = 0.01
export const manyErrors = 0.05

export function edgeStyle(edge: GraphEdge, lens: Lens): EdgeStyle {
  const { figures } = edge
  if (lens === 'verdict') return verdictStyle(figures)
  if (lens === 'latency') {
    if (figures.p95 === null) return unknown
    return figures.p95 >= verySlowMs ? failing : figures.p95 >= slowMs ? degraded : quiet
  }
  if (isDenied(figures)) return denied
  if (lens === 'errors') {
    if (figures.errorRatio === null) return unknown
    return figures.errorRatio >= manyErrors ? failing : figures.errorRatio >= someErrors ? degraded : quiet
  }
  const status = healthStatus[edge.health]
  return status === 'bad' ? failing : status === 'warn' ? degraded : quiet
}

function verdictStyle(figures: Figures): EdgeStyle {
  const { verdicts } = figures
  if (isDenied(figures)) return denied
  if (verdicts.denied) return { ...denied, dash: '', tone: 'warn' }
  if (verdicts.audited) return audited
  if (verdicts.error) return failing
  return verdicts.allowed ? quiet : unknown
}

/** Whether at least half of what was seen was denied. */
export function isDenied(figures: Figures): boolean {
  const deniedCount = figures.verdicts.denied ?? 0
  if (deniedCount === 0) return false
  const all = Object.values(figures.verdicts).reduce((sum, count) => sum + (count ?? 0), 0)
  return deniedCount * 2 >= all
}

/** Requests a second where known, else flow events a second, else 0: for widths and order only, never shown. */
export const strength = (figures: Figures | null): number => figures?.requestRate ?? figures?.flowRate ?? 0
