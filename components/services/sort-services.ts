import { differences } from '@/core/compare/compare'
import type { Health } from '@/core/figures/figures'
import type { ServiceRow } from '@/core/services/service-row'
import type { Sort } from '../ui/table-head'

const severity: Readonly<Record<Health, number>> = { failing: 3, degraded: 2, healthy: 1, unknown: 0 }

type Key = string | number | null

/** What each sortable column compares; null is unknown and comes last either way. */
export const sortKeys: Readonly<Record<string, (row: ServiceRow) => Key>> = {
  service: (row) => `${row.namespace}/${row.name}`,
  health: (row) => severity[row.health],
  rate: (row) => row.figures?.requestRate ?? null,
  change: (row) => ratio(row.figures?.requestRate, row.previous?.requestRate),
  errors: (row) => row.figures?.errorRatio ?? null,
  p50: (row) => row.figures?.p50 ?? null,
  p95: (row) => row.figures?.p95 ?? null,
  p99: (row) => row.figures?.p99 ?? null,
  flows: (row) => row.figures?.flowRate ?? null,
  callers: (row) => row.callers,
  callees: (row) => row.callees,
  pods: (row) => row.pods,
  policies: (row) => row.policies?.length ?? null,
  kind: (row) => row.kind,
  team: (row) => row.team,
  encrypted: (row) => row.encrypted?.least ?? null,
  differs: ({ differences: [worst] }) => (worst ? differences.length - differences.indexOf(worst) : null),
}

/** It was there in the window that is compared with. */
export const isGone = ({ figures, differences: [worst] }: ServiceRow): boolean => figures === null && worst === 'gone'

/** Nothing comes in and nothing goes out: it is shown, after all others. */
export const isIdle = (row: ServiceRow): boolean => row.figures === null && row.callees === 0 && !isGone(row)

const ratio = (now: number | null | undefined, before: number | null | undefined): number | null =>
  now === null || now === undefined || !before ? null : now / before

function compare(a: Key, b: Key, sign: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  if (typeof a === 'string' || typeof b === 'string')
    return sign * (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0)
  return sign * (a - b)
}

/** Sorted copy, those without traffic last; ties go by the worst health, then the busiest, then the name, so that the order never flickers. */
export function sortServices(rows: readonly ServiceRow[], sort: Sort): ServiceRow[] {
  const key = sortKeys[sort.id] ?? (() => null)
  const sign = sort.direction === 'ascending' ? 1 : -1
  return [...rows].sort(
    (a, b) =>
      Number(isIdle(a)) - Number(isIdle(b)) ||
      compare(key(a), key(b), sign) ||
      severity[b.health] - severity[a.health] ||
      compare(a.figures?.requestRate ?? null, b.figures?.requestRate ?? null, -1) ||
      compare(a.id, b.id, 1),
  )
}

/** A row of the table: a service, or the head of its namespace or team. */
export type Line = { readonly type: 'service'; readonly row: ServiceRow } | Head
type Head = {
  readonly type: 'head'
  readonly key: string
  readonly label: string
  readonly count: number
  readonly worst: Health
}

/** Sorted rows under a head for each namespace or team. Heads come in the order of their first row. */
export function groupRows(rows: readonly ServiceRow[], by: 'namespace' | 'team'): Line[] {
  const groups = new Map<string, ServiceRow[]>()
  for (const row of rows) {
    const key = by === 'team' ? JSON.stringify(row.team) : `${row.cluster}/${row.namespace}`
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  const clusters = new Set(rows.map((row) => row.cluster))
  return [...groups].flatMap(([key, group]): Line[] => {
    const [first] = group
    const name = by === 'team' ? (first?.team ?? 'no team') : first?.namespace || 'outside'
    const worst = group.reduce<Health>(
      (most, row) => (severity[row.health] > severity[most] ? row.health : most),
      'unknown',
    )
    const label = by === 'namespace' && clusters.size > 1 ? `${first?.cluster ?? ''} / ${name}` : name
    return [
      { type: 'head', key, label, count: group.length, worst },
      ...group.map((row): Line => ({ type: 'service', row })),
    ]
  })
}
