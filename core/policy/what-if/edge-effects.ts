import type { Connections, PolicyVerdict } from '../decision'
import { evaluate } from '../evaluate'
import { explainWhy } from '../explain'
import type { GroundEdge, PolicyGround } from '../ground'
import { sameBits } from '../index/bitset'
import { pairPorts } from '../index/pair-ports'
import { edgeVerdict } from '../index/replay'
import type { Row } from '../index/row'
import type { Direction } from '../normal-form'
import { allPorts, type PortProtocol } from '../ports'
import type { EdgeEffect, EffectGroup, EffectName, WhatIf } from './answer'
import type { Concerned } from './concerned'
import { effectEnd, isHidden } from './ground-end'
import type { GroundChange, NumberedEdge } from './ground-table'
import { sameForHidden } from './same-for-hidden'

/** So many edges of each effect are shown, and so many with what decides them. */
const mostShown = 200
const mostExplained: Readonly<Record<EffectName, number>> = {
  'newly-allowed': 4,
  'newly-denied': 4,
  undecidable: 4,
  unaffected: 1,
}

type Judged = { readonly i: number; readonly before: PolicyVerdict; readonly after: PolicyVerdict }

/** What a draft does to each recorded edge. O(edges) rows, and a few sentences. */
export function edgeEffects(
  ground: PolicyGround,
  change: GroundChange,
  concerned: Concerned,
): Pick<WhatIf, 'effects' | 'elsewhere'> {
  const judge = edgeJudge(change, concerned)
  const found: Record<EffectName, Judged[]> = {
    'newly-allowed': [],
    'newly-denied': [],
    undecidable: [],
    unaffected: [],
  }
  const elsewhere = { edges: 0, connections: 0 }
  for (const [i, edge] of ground.edges.entries()) {
    const ends = change.edges[i] ?? { from: null, to: null }
    if (!isConcerned(ends, concerned)) {
      elsewhere.edges += 1
      elsewhere.connections += edge.evidence.count
      continue
    }
    const { before, after, effect } = judge(ends, edge, isHidden(edge.from) || isHidden(edge.to))
    found[effect].push({ i, before, after })
  }
  const groupOf = (effect: EffectName) => effectGroup(ground, change, found[effect], mostExplained[effect])
  return {
    effects: {
      'newly-allowed': groupOf('newly-allowed'),
      'newly-denied': groupOf('newly-denied'),
      undecidable: groupOf('undecidable'),
      unaffected: groupOf('unaffected'),
    },
    elsewhere,
  }
}

function isConcerned({ from, to }: NumberedEdge, { concerns, anybody }: Concerned): boolean {
  const of = (direction: Direction, i: number | null) => (i === null ? anybody.has(direction) : concerns(direction, i))
  return of('egress', from) || of('ingress', to)
}

type EdgeJudgement = Omit<Judged, 'i'> & { readonly effect: EffectName }
type Edge = Pick<GroundEdge, 'protocol' | 'port'>

function edgeJudge(
  { change }: GroundChange,
  { anybody }: Concerned,
): (ends: NumberedEdge, edge: Edge, hidden: boolean) => EdgeJudgement {
  const sameHidden = sameForHidden(change.before.compiled, change.after.compiled)
  const pairs = { before: pairPorts(change.before), after: pairPorts(change.after) }
  const isNode = (i: number) => change.table.ends[i]?.type === 'node'
  return ({ from, to }, { protocol, port }, hidden) => {
    if (from === null || to === null) {
      // What the unknown end lets pass may change too.
      const both = anybody.has(from === null ? 'egress' : 'ingress')
      return both
        ? judgementOf('undefined', 'undefined')
        : oneEndKnown(change, from === null ? 'ingress' : 'egress', from ?? to, protocol, port, hidden && sameHidden)
    }
    if (port !== null)
      return judgementOf(
        edgeVerdict(change.before, { from, to, protocol, port }),
        edgeVerdict(change.after, { from, to, protocol, port }),
      )
    if (isNode(from) || isNode(to)) return judgementOf('undefined', 'undefined')
    const [was, is] = [pairs.before(from, to), pairs.after(from, to)]
    const same = (['allowed', 'open'] as const).every(
      (grade) => JSON.stringify(was[grade][protocol]) === JSON.stringify(is[grade][protocol]),
    )
    const found = judgementOf(onAnyPort(was, protocol), onAnyPort(is, protocol))
    return same ? { ...found, effect: 'unaffected' } : found
  }
}

function judgementOf(before: PolicyVerdict, after: PolicyVerdict): EdgeJudgement {
  if (after === 'undefined') return { before, after, effect: 'undecidable' }
  if (before === after) return { before, after, effect: 'unaffected' }
  return { before, after, effect: after === 'allowed' ? 'newly-allowed' : 'newly-denied' }
}

/** What is said of every port of a protocol; where it is not the same of all, nothing is said. */
function onAnyPort({ allowed, open }: Connections, protocol: PortProtocol): PolicyVerdict {
  const set = allowed[protocol] ?? []
  if (set.length === 0 && (open[protocol] ?? []).length === 0) return 'denied'
  return JSON.stringify(set) === JSON.stringify(allPorts) ? 'allowed' : 'undefined'
}

/** Where only one end is known, what it lets pass may still be the same for everybody there is, or may be hidden. */
function oneEndKnown(
  { before, after, table }: GroundChange['change'],
  direction: Direction,
  own: number | null,
  protocol: PortProtocol,
  port: number | null,
  sameHidden: ReturnType<typeof sameForHidden> | false,
): EdgeJudgement {
  const untold = { before: 'undefined', after: 'undefined' } as const
  if (own === null || port === null) return { ...untold, effect: 'undecidable' }
  const workload = table.workloads[own]
  if (!workload) return { ...untold, effect: 'unaffected' }
  const same =
    sameOnPort(before.row(direction, own), after.row(direction, own), protocol, port) &&
    (!sameHidden || sameHidden(direction, workload, protocol, port))
  return { ...untold, effect: same ? 'unaffected' : 'undecidable' }
}

function sameOnPort(was: Row, is: Row, protocol: PortProtocol, port: number): boolean {
  if (was === is) return true
  const on = (row: Row) => row.find((part) => part.protocol === protocol && part.from <= port && port <= part.to)
  const [a, b] = [on(was), on(is)]
  if (!a || !b || !sameBits(a.allowed, b.allowed)) return false
  return a.open === null || b.open === null ? a.open === b.open : sameBits(a.open, b.open)
}

function effectGroup(
  ground: PolicyGround,
  change: GroundChange,
  judged: readonly Judged[],
  explained: number,
): EffectGroup {
  const edges = judged.flatMap((one) => {
    const edge = ground.edges[one.i]
    return edge ? [{ ...one, edge }] : []
  })
  const strongest = edges.toSorted(
    (a, b) => b.edge.evidence.count - a.edge.evidence.count || (a.edge.id < b.edge.id ? -1 : 1),
  )
  return {
    edges: edges.length,
    connections: edges.reduce((sum, { edge }) => sum + edge.evidence.count, 0),
    last: edges.length === 0 ? null : Math.max(...edges.map(({ edge }) => edge.evidence.last)),
    shown: strongest.slice(0, mostShown).map((one, k) => effectOf(ground, change, one, k < explained)),
  }
}

function effectOf(
  { model }: PolicyGround,
  change: GroundChange,
  { i, before, after, edge }: Judged & { readonly edge: GroundEdge },
  isExplained: boolean,
): EdgeEffect {
  const { id, protocol, port, allowed, denied, evidence, lastAllowed, lastDenied, witness } = edge
  return {
    id,
    from: effectEnd(model.workloads, edge.from),
    to: effectEnd(model.workloads, edge.to),
    protocol,
    port,
    before,
    after,
    count: evidence.count,
    allowed,
    denied,
    first: evidence.first,
    last: evidence.last,
    lastAllowed,
    lastDenied,
    days: evidence.days,
    witness,
    why: isExplained ? whyOf(change, change.edges[i], edge) : null,
  }
}

/** What decides edges, by their ids, as a sentence each. */
export function edgeReasons(
  { edges }: PolicyGround,
  change: GroundChange,
  ids: readonly string[],
): Readonly<Record<string, string>> {
  const wanted = new Set(ids)
  return Object.fromEntries(
    edges.flatMap((edge, i) => (wanted.has(edge.id) ? [[edge.id, whyOf(change, change.edges[i], edge)]] : [])),
  )
}

function whyOf({ change }: GroundChange, ends: NumberedEdge | undefined, { protocol, port }: Edge): string {
  const [from, to] = [ends?.from ?? null, ends?.to ?? null]
  const [source, destination] = [change.table.ends[from ?? -1], change.table.ends[to ?? -1]]
  if (!source || !destination) return `Which ${source ? 'destination' : 'source'} it has is not known.`
  if (port === null) return 'Its port is not known.'
  const flow = { from: source, to: destination, protocol, port }
  const { compiled } = change.after
  const [why = ''] = explainWhy(compiled, flow, evaluate(compiled, flow), `${protocol} ${port}`)
  return why
}
