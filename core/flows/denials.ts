import { denialAdvice } from './denial-advice'
import { endpointKey, type Endpoint } from '../endpoint'
import { dropReasons } from './explain-terms'
import { familyOf } from '../figures/family'
import { policyTrace } from '../policy/policy-trace'
import { textField, type TraceStep, wayOf as wayText } from './trace-step'
import type { Window } from '../time'
import type { Protocol, Reporter, Verdict } from '../verdict'
import type { Edge, Facet } from '../world'

/** What was denied on an edge, as one witness counted it, and what its newest record said. */
export type CountedDenial = {
  readonly edge: Edge
  readonly facet: Facet
  /** Start of a step, milliseconds → how many. */
  readonly steps: ReadonlyMap<number, number>
  /** The newest record that is kept; null where none is. `fields`: what many records share. */
  readonly record: { readonly id: string; readonly fields: Readonly<Record<string, unknown>> } | null
}

/** Denials of one cause between two endpoints. */
export type Denial = {
  readonly id: string
  readonly from: Endpoint
  readonly to: Endpoint
  readonly port: number
  readonly protocol: Protocol
  readonly verdict: Verdict
  readonly reason: string
  readonly source: string
  readonly reporter: Reporter
  /** Which way it was refused, from the caller's side; null where nobody says. */
  readonly way: 'out' | 'in' | null
  readonly count: number
  /** Starts of the first and of the last step with denials, milliseconds. */
  readonly firstSeen: number
  readonly lastSeen: number
  /** How many in each step of the window; null where none is known of a step that was not recorded, or is not over. */
  readonly spark: readonly (number | null)[]
  /** What decided, in sentences. */
  readonly cause: readonly TraceStep[]
  readonly advice: string
  /** A record to look at; null where none is kept. */
  readonly record: string | null
}

export type Denials = {
  readonly window: Window
  readonly denials: readonly Denial[]
  /** Causes beyond those listed. */
  readonly more: number
  /** Length of a step of `spark`, milliseconds. */
  readonly stepMs: number
}

export type Steps = {
  readonly from: number
  readonly to: number
  readonly stepMs: number
  /** Start of the oldest data, milliseconds; absent or null: of all of the window something may be known. */
  readonly first?: number | null
}

/** Denials by their cause: who, to whom, which way, by which policy. Most first. O(rows × steps). */
export function groupDenials(rows: readonly CountedDenial[], window: Steps): readonly Denial[] {
  const groups = new Map<string, CountedDenial[]>()
  for (const row of rows) {
    const id = causeKey(row)
    const group = groups.get(id)
    if (group) group.push(row)
    else groups.set(id, [row])
  }
  return [...groups]
    .flatMap(([id, group]) => denialOf(id, group, window) ?? [])
    .sort((a, b) => b.count - a.count || b.lastSeen - a.lastSeen || (a.id < b.id ? -1 : 1))
}

function causeKey({ edge, facet, record }: CountedDenial): string {
  const policies = causeOf(facet, record).map(({ text }) => text)
  const ends = [endpointKey(edge.from), endpointKey(edge.to), edge.port, edge.protocol]
  return [...ends, facet.source, facet.verdict, facet.reason, wayOf(facet, record) ?? '', ...policies].join('|')
}

function denialOf(id: string, group: readonly CountedDenial[], window: Steps): Denial | null {
  const [first] = group
  if (!first) return null
  const { edge, facet, record } = group.find((row) => row.record) ?? first
  const steps = new Map<number, number>()
  for (const row of group) for (const [t, n] of row.steps) if (n > 0) steps.set(t, (steps.get(t) ?? 0) + n)
  const times = [...steps.keys()].sort((a, b) => a - b)
  const [firstSeen, lastSeen] = [times[0], times.at(-1)]
  if (firstSeen === undefined || lastSeen === undefined) return null
  const way = wayOf(facet, record)
  const cause = causeOf(facet, record)
  return {
    id,
    from: edge.from,
    to: edge.to,
    port: edge.port,
    protocol: edge.protocol,
    verdict: facet.verdict,
    reason: facet.reason,
    source: facet.source,
    reporter: facet.reporter,
    way,
    count: [...steps.values()].reduce((sum, n) => sum + n, 0),
    firstSeen,
    lastSeen,
    spark: sparkOf(steps, window),
    cause,
    advice: denialAdvice({ ...edge, ...facet, way, cause }),
    record: record?.id ?? null,
  }
}

/** Without a record only the reason speaks, and what Envoy says is in its reason. */
function causeOf(facet: Facet, record: CountedDenial['record']): readonly TraceStep[] {
  if (record === null && familyOf(facet.source) !== 'als') {
    const { verdict, reason } = facet
    const done = verdict === 'audited' ? 'Would be denied' : 'Denied'
    const why = reason === '' ? '' : `: ${dropReasons[reason] ?? reason}`
    const outcome = verdict === 'audited' ? 'audited' : 'denied'
    return [{ outcome, text: `${done}${wayText(wayOf(facet, null))}${why}. No record was found that says more.` }]
  }
  return policyTrace({ ...facet, fields: record?.fields ?? {} }).filter(({ outcome }) => outcome !== 'passed')
}

function wayOf(facet: Facet, record: CountedDenial['record']): 'out' | 'in' | null {
  const said = textField(record?.fields ?? {}, 'traffic_direction')
  if (said === 'EGRESS') return 'out'
  if (said === 'INGRESS') return 'in'
  return facet.reporter === 'source' ? 'out' : facet.reporter === 'destination' ? 'in' : null
}

function sparkOf(steps: ReadonlyMap<number, number>, { from, to, stepMs, first }: Steps): Denial['spark'] {
  const start = Math.floor(from / stepMs) * stepMs
  const length = Math.max(1, Math.ceil((to - start) / stepMs))
  return Array.from({ length }, (_, i) => {
    const [begin, end] = [start + i * stepMs, start + (i + 1) * stepMs]
    return steps.get(begin) ?? (end <= to && (first ?? from) < end ? 0 : null)
  })
}
