import type { CompiledPolicies } from './compile'
import type { Decision, End, Flow, Judgement } from './decision'
import { judge } from './judge'
import { namedPorts } from './match-ports'
import { onOwnNode } from './match-place'
import type { Workload } from './model'
import type { Direction, Layer } from './normal-form'
import { selectTiers, sightOf, type SelectedTier } from './select-blocks'
import { defaultTier } from './tiers'
import { no, yes } from './tri'

/** What the policies say of a connection: denied where one side denies, undefined where one is open, else allowed. */
export function evaluate(compiled: CompiledPolicies, flow: Flow): Decision {
  const port = portOf(flow)
  if (port === 'not-known') return combine(unknownPort('egress'), unknownPort('ingress'), unknownPort('ingress'))
  if (isSamePod(flow) && compiled.options.loopback === 'bypass') {
    const same = (layer: Layer, direction: Direction) => exempt(layer, direction, 'same-pod')
    return combine(same('network', 'egress'), same('network', 'ingress'), same('mesh', 'ingress'))
  }
  const ingress = judgeEnd(compiled, flow, port, 'network', 'ingress')
  return combine(
    judgeEnd(compiled, flow, port, 'network', 'egress'),
    fromOwnNode(compiled, flow, port, ingress),
    asProbe(flow, judgeEnd(compiled, flow, port, 'mesh', 'ingress')),
  )
}

function judgeEnd(
  compiled: CompiledPolicies,
  flow: Flow,
  port: number | null,
  layer: Layer,
  direction: Direction,
): Judgement {
  const end = direction === 'ingress' ? flow.to : flow.from
  if (end.type !== 'workload') return exempt(layer, direction, 'not-a-pod')
  const sight = sightOf(compiled, end.workload, flow.mtls)
  return judge(flow, port, tiersOf(compiled, end.workload, layer, direction), { layer, direction, sight })
}

const selections = new WeakMap<CompiledPolicies, Map<Workload, Map<string, readonly SelectedTier[]>>>()

/** Which policies select a workload, found once. */
export function tiersOf(
  compiled: CompiledPolicies,
  workload: Workload,
  layer: Layer,
  direction: Direction,
): readonly SelectedTier[] {
  const key = `${layer}/${direction}`
  const byWorkload = selections.get(compiled) ?? new Map<Workload, Map<string, readonly SelectedTier[]>>()
  selections.set(compiled, byWorkload)
  const own = byWorkload.get(workload) ?? new Map<string, readonly SelectedTier[]>()
  byWorkload.set(workload, own)
  const known = own.get(key)
  if (known) return known
  const tiers = selectTiers(compiled, layer, direction, sightOf(compiled, workload))
  own.set(key, tiers)
  return tiers
}

/** A node reaches its own pods (`toOwnPod`); where pods are on several nodes, or it is not known where, that is open. */
function fromOwnNode(compiled: CompiledPolicies, flow: Flow, port: number | null, ingress: Judgement): Judgement {
  const { from, to } = flow
  if (from.type !== 'node' || to.type !== 'workload' || ingress.verdict === 'allowed') return ingress
  const own = onOwnNode(from, to.workload.nodes)
  if (own === no) return ingress
  const there = toOwnPod(compiled, flow, to.workload, port, ingress)
  return own === yes || there.verdict === ingress.verdict ? there : perhapsOwnNode(ingress)
}

/**
 * A node reaches its own pods whatever NetworkPolicies say (kubelet probes); for the other tiers only CNIs tell. With
 * Cilium a rule that denies counts nevertheless.
 */
function toOwnPod(
  compiled: CompiledPolicies,
  flow: Flow,
  workload: Workload,
  port: number | null,
  ingress: Judgement,
): Judgement {
  const { options } = compiled
  const tiers = tiersOf(compiled, workload, 'network', 'ingress')
  const at = { layer: 'network', direction: 'ingress', sight: sightOf(compiled, workload, flow.mtls) } as const
  if (options.profile === 'cilium') {
    const byRules = judge(flow, port, tiers.map(withoutEnd), at)
    return byRules.verdict === 'allowed' ? exempt('network', 'ingress', 'own-node') : byRules
  }
  const pardoned = judge(flow, port, tiers, { ...at, pardons: defaultTier.name })
  if (options.profile !== 'generic' || pardoned.verdict === 'allowed') return exempt('network', 'ingress', 'own-node')
  return open(ingress, 'whether this tier governs what a node sends to its own pods is not defined')
}

const perhapsOwnNode = (judgement: Judgement): Judgement =>
  open(
    judgement,
    'a node always reaches the pods that it runs, and whether the pod in question is one of them is not known',
  )

const open = (judgement: Judgement, doubt: string): Judgement => ({
  ...judgement,
  verdict: 'undefined',
  reason: { code: 'open', doubts: [doubt] },
})

/** As if nobody were isolated. */
const withoutEnd = (one: SelectedTier): SelectedTier => ({ ...one, tier: { ...one.tier, end: 'next' } })

/** Proxies let in what a node sends to its own pods: the kubelet's probes, which have no identity. */
function asProbe({ from, to }: Flow, mesh: Judgement): Judgement {
  if (from.type !== 'node' || to.type !== 'workload' || mesh.verdict === 'allowed') return mesh
  const own = onOwnNode(from, to.workload.nodes)
  if (own === no) return mesh
  return own === yes ? exempt('mesh', 'ingress', 'own-node') : perhapsOwnNode(mesh)
}

/** A port's number: looked up on the destination where it is a name. */
function portOf({ port, protocol, to }: Flow): number | null | 'not-known' {
  if (typeof port !== 'string') return port
  return namedPorts(to, port, protocol)[0]?.from ?? 'not-known'
}

const isSamePod = ({ from, to }: Flow) =>
  from.type === 'workload' && to.type === 'workload' && from.workload === to.workload && from.workload.kind === 'Pod'

const exempt = (layer: Layer, direction: Direction, code: 'same-pod' | 'own-node' | 'not-a-pod'): Judgement => ({
  verdict: 'allowed',
  layer,
  direction,
  reason: { code },
  tier: null,
  policy: null,
  rule: null,
  steps: [],
})

const unknownPort = (direction: Direction): Judgement => ({
  ...exempt('network', direction, 'not-a-pod'),
  verdict: 'undefined',
  reason: { code: 'open', doubts: ['the destination has no port of this name'] },
})

function combine(egress: Judgement, ingress: Judgement, mesh: Judgement): Decision {
  const all = [egress, ingress, mesh]
  const of = (verdict: Judgement['verdict']) => all.find((one) => one.verdict === verdict)
  const decidedBy = of('denied') ?? of('undefined') ?? all.find(({ rule }) => rule) ?? egress
  return { verdict: decidedBy.verdict, decidedBy, egress, ingress, mesh }
}

/** The end of a workload. */
export const endOf = (workload: Workload): End => ({ type: 'workload', workload })
