import { csvLine } from '../text/csv'
import type { FlowRow } from './flow-row'

/** How records are written for other tools. */
export const flowFormats = ['csv', 'jsonl'] as const
export type FlowFormat = (typeof flowFormats)[number]

/** A writer of records: what stands first, each record, and what stands last where records were left out. */
export type FlowText = {
  readonly type: string
  readonly head: string
  readonly line: (row: FlowRow) => string
  readonly cut: (words: string) => string
}

const columns: readonly (readonly [name: string, value: (row: FlowRow) => string | number | null])[] = [
  ['time', (row) => isoMicros(row.time)],
  ['verdict', (row) => row.verdict],
  ['reason', (row) => row.reason],
  ['from_cluster', (row) => row.from.cluster],
  ['from_namespace', (row) => row.from.namespace],
  ['from_kind', (row) => row.from.kind],
  ['from_name', (row) => row.from.name],
  ['from_port', (row) => row.sourcePort || null],
  ['to_cluster', (row) => row.to.cluster],
  ['to_namespace', (row) => row.to.namespace],
  ['to_kind', (row) => row.to.kind],
  ['to_name', (row) => row.to.name],
  ['to_port', (row) => row.port || null],
  ['transport', (row) => row.protocol],
  ['application', (row) => row.l7],
  ['summary', (row) => row.summary],
  ['status', (row) => row.status],
  ['latency_ms', (row) => row.latencyMs],
  ['encryption', (row) => row.encryption],
  ['source', (row) => row.source],
  ['reporter', (row) => row.reporter],
  ['id', (row) => row.id],
]

export const flowTexts: Readonly<Record<FlowFormat, FlowText>> = {
  csv: {
    type: 'text/csv; charset=utf-8',
    head: csvLine(columns.map(([name]) => name)),
    line: (row) => csvLine(columns.map(([, value]) => value(row))),
    cut: (words) => csvLine([`# ${words}`]),
  },
  jsonl: {
    type: 'application/jsonl; charset=utf-8',
    head: '',
    line: (row) => `${JSON.stringify({ ...row, time: isoMicros(row.time) })}\n`,
    cut: (words) => `${JSON.stringify({ notice: words })}\n`,
  },
}

/** ISO 8601 in UTC, to the microsecond that the store keeps. */
export function isoMicros(time: number): string {
  const micros = Math.round(time * 1000)
  const whole = Math.floor(micros / 1000)
  return `${new Date(whole).toISOString().slice(0, -1)}${String(micros - whole * 1000).padStart(3, '0')}Z`
}

/** `oriel-flows-20260301T093000Z-20260301T094500Z.csv`. */
export function flowFileName(window: { readonly from: number; readonly to: number }, format: FlowFormat): string {
  const stamp = (time: number) => new Date(time).toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '')
  return `oriel-flows-${stamp(window.from)}-${stamp(window.to)}.${format}`
}
