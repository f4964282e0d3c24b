import { peerPicked, type Picked } from '@/core/policy/edit/match-picks'
import type { PortChoice, Several, VisualRule } from '@/core/policy/edit/visual'
import type { GroundEdge, GroundEnd, PolicyGround } from '@/core/policy/ground'
import type { Direction } from '@/core/policy/normal-form'
import { isHidden } from '@/core/policy/what-if/ground-end'
import type { Workload } from '@/core/policy/model'

/** Recorded traffic that a rule is about, let pass or stopped. Counts: connections or flows. */
export type RuleTraffic = {
  readonly edges: number
  readonly allowed: number
  readonly denied: number
  readonly lastAllowed: number | null
  readonly lastDenied: number | null
}

/** null: whom the rule names is not looked at here, or may be who is not seen. O(edges × peers). */
export function ruleTraffic(
  ground: PolicyGround,
  direction: Direction,
  rule: VisualRule,
  subject: Picked,
  own: string | null,
): RuleTraffic | null {
  if (subject === 'unknown') return null
  const peers = workloadsOf(rule, ground, own)
  if (peers === null) return null
  const numberOf = (workloads: readonly Workload[]) => {
    const wanted = new Set(workloads)
    return new Set(ground.model.workloads.flatMap((workload, i) => (wanted.has(workload) ? [i] : [])))
  }
  const subjects = numberOf(subject.workloads)
  const others = peers === 'everybody' ? null : numberOf(peers)
  const of = (end: GroundEnd, among: ReadonlySet<number>) => end.type === 'workload' && among.has(end.workload)
  const ends = ({ from, to }: GroundEdge) =>
    direction === 'ingress' ? { mine: to, theirs: from } : { mine: from, theirs: to }
  const near = ground.edges.filter((edge) => of(ends(edge).mine, subjects) && onPorts(rule.ports, edge, ground))
  const edges = near.filter((edge) => others === null || of(ends(edge).theirs, others))
  if (edges.length === 0 && near.some((edge) => isHidden(ends(edge).theirs))) return null
  const latest = (times: readonly (number | null)[]) =>
    times.reduce<number | null>((last, time) => (time !== null && (last === null || time > last) ? time : last), null)
  return {
    edges: edges.length,
    allowed: edges.reduce((sum, { allowed }) => sum + (allowed ?? 0), 0),
    denied: edges.reduce((sum, { denied }) => sum + (denied ?? 0), 0),
    lastAllowed: latest(edges.map(({ lastAllowed }) => lastAllowed)),
    lastDenied: latest(edges.map(({ lastDenied }) => lastDenied)),
  }
}

function workloadsOf(
  { peers }: VisualRule,
  { model }: PolicyGround,
  own: string | null,
): readonly Workload[] | 'everybody' | null {
  if (peers.are !== 'some') return peers.are === 'everything' ? 'everybody' : []
  const picked = peers.items.map(({ value }) => peerPicked(value, own, model))
  const known = picked.flatMap((one) => (one === 'unknown' ? [] : one.workloads))
  return picked.every((one) => one === 'unknown') ? null : known
}

function onPorts(ports: Several<PortChoice>, edge: GroundEdge, { model }: PolicyGround): boolean {
  if (ports.are !== 'some') return ports.are === 'everything'
  return ports.items.some(({ value: { protocol, port } }) => {
    if (protocol !== 'any' && protocol !== edge.protocol) return false
    if (port === 'any') return true
    if (edge.port === null) return false
    if ('from' in port) return port.from <= edge.port && edge.port <= port.to
    const named = edge.to.type === 'workload' ? (model.workloads[edge.to.workload]?.ports ?? []) : []
    return named.some((one) => one.name === port.name && one.port === edge.port)
  })
}
