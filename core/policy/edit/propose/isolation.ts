import type { CompiledPolicies } from '../../compile'
import type { End, Flow } from '../../decision'
import { evaluate } from '../../evaluate'
import type { PolicyGround } from '../../ground'
import type { Workload } from '../../model'
import type { Direction } from '../../normal-form'
import { policyName } from '../../policy-name'
import { refOfObject } from '../../what-if/changed-model'
import { endOfGround } from '../../what-if/ground-end'
import { editObject } from '../edit-object'
import { isRefused } from '../kinds/kind-editor'
import { freeName } from '../free-name'
import { newPolicy } from '../new-policy'
import { sameData } from '../object-op'
import type { Peer, PortChoice } from '../visual'
import { visualOf } from '../visual-of'
import type { Part } from './part'
import { alsoSelected, keyOf, labelsOf, peersFor } from './peers-for'

/** Whom to isolate: one workload, or all of a namespace. `without`: a connection that shall not pass. */
export type Isolated = {
  readonly own: readonly Workload[]
  readonly direction: Direction
  readonly namespace?: string
  readonly without?: Flow
}

/** A new NetworkPolicy that isolates and lets pass what was recorded, and one that lets nothing pass. */
export function isolation(ground: PolicyGround, compiled: CompiledPolicies, about: Isolated): readonly Part[] {
  const [first] = about.own
  if (!first) return []
  const { labels, others } = about.namespace === undefined ? labelsOf(compiled, first) : { labels: {}, others: [] }
  const name = about.namespace === undefined ? first.name : 'namespace'
  const like = { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace: first.namespace }
  const blank = newPolicy('NetworkPolicy', {
    name: freeName(ground.model.objects, `${name}-${about.direction}`, like),
    namespace: first.namespace,
    labels,
    isolates: [about.direction],
  })
  const who = about.namespace === undefined ? keyOf(first) : `every pod of ${about.namespace}`
  const ref = refOfObject(blank)
  const part = (edits: typeof blank, rest: string): Part => ({
    how: 'new-policy',
    words: `Write a new ${policyName(ref)} that isolates the ${about.direction} of ${who} and ${rest}`,
    ref,
    edits,
    cautions: about.namespace === undefined ? alsoSelected(first, others) : [],
  })
  const rules = recordedRules(ground, compiled, about, blank)
  const filled = rules.reduce<typeof blank>((object, rule) => {
    const next = editObject(object, { edit: 'add-rule', direction: about.direction, rule })
    return isRefused(next) ? object : next
  }, blank)
  const recorded = rules.length > 0 ? [part(filled, 'lets pass what was recorded')] : []
  return about.without && rules.length > 0 ? recorded : [...recorded, part(blank, 'lets nobody pass')]
}

type Recorded = { readonly port: PortChoice; readonly peers: Peer[] }

/** A rule for each port, with everybody who was let pass on it. */
function recordedRules(
  ground: PolicyGround,
  compiled: CompiledPolicies,
  about: Isolated,
  blank: ReturnType<typeof newPolicy>,
) {
  const visual = visualOf(blank)
  const byPort = new Map<string, Recorded>()
  const own = new Set(about.own)
  for (const edge of ground.edges) {
    const [from, to] = [endOfGround(ground, edge.from), endOfGround(ground, edge.to)]
    const [near, far] = about.direction === 'ingress' ? [to, from] : [from, to]
    if (!visual || !from || !to || !far || edge.port === null || near?.type !== 'workload' || !own.has(near.workload))
      continue
    const flow: Flow = { from, to, protocol: edge.protocol, port: edge.port }
    if (about.without && isSame(flow, about.without)) continue
    if (evaluate(compiled, flow).verdict !== 'allowed') continue
    const [named] = peersFor(compiled, visual, about.direction, far)
    if (!named) continue
    const key = `${edge.protocol} ${edge.port}`
    const rule = byPort.get(key) ?? {
      port: { protocol: edge.protocol, port: { from: edge.port, to: edge.port } },
      peers: [],
    }
    if (!rule.peers.some((peer) => sameData(peer, named.peer))) rule.peers.push(named.peer)
    byPort.set(key, rule)
  }
  return [...byPort.values()].map(({ port, peers }) => ({
    action: 'allow' as const,
    peers,
    ports: [port],
    requests: 'everything' as const,
  }))
}

const isSame = (a: Flow, b: Flow) =>
  a.protocol === b.protocol && a.port === b.port && sameEnd(a.from, b.from) && sameEnd(a.to, b.to)

function sameEnd(a: End, b: End): boolean {
  if (a.type === 'workload') return b.type === 'workload' && a.workload === b.workload
  if (a.type === 'node') return b.type === 'node' && a.name === b.name
  return b.type === 'external' && a.address === b.address
}
