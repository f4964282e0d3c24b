import type { CompiledPolicies } from '../../compile'
import type { End, Flow } from '../../decision'
import { evaluate } from '../../evaluate'
import { endName } from '../../explain'
import type { PolicyGround } from '../../ground'
import { onOwnNode } from '../../match-place'
import type { ModelObject, Workload } from '../../model'
import type { Direction } from '../../normal-form'
import { no, yes } from '../../tri'
import { endOfGround } from '../../what-if/ground-end'
import { sameData } from '../object-op'
import type { NewRule } from '../policy-edit'
import type { Peer, PortChoice, Visual } from '../visual'
import { visualOf } from '../visual-of'
import { peersFor } from './peers-for'

/** Whom to isolate: one workload, or all of a namespace. `without`: a connection that shall not pass. */
export type Isolated = {
  readonly own: readonly Workload[]
  readonly direction: Direction
  readonly namespace?: string
  readonly without?: Flow
}

type Recorded = { readonly port: PortChoice; readonly peers: Peer[] }

/** A rule for each port, with everybody who was let pass on it; `unnamed`: what was, of nodes that the kind cannot name. */
export function recordedRules(
  ground: PolicyGround,
  compiled: CompiledPolicies,
  about: Isolated,
  blank: ModelObject,
): { readonly rules: readonly NewRule[]; readonly unnamed: readonly string[] } {
  const visual = visualOf(blank)
  const rules = new Map<string, Recorded>()
  const unnamed = new Set<string>()
  const own = new Set(about.own)
  for (const edge of ground.edges) {
    const [from, to] = [endOfGround(ground, edge.from), endOfGround(ground, edge.to)]
    const [near, far] = about.direction === 'ingress' ? [to, from] : [from, to]
    if (!visual || !from || !to || !far || edge.port === null || near?.type !== 'workload' || !own.has(near.workload))
      continue
    const flow: Flow = { from, to, protocol: edge.protocol, port: edge.port }
    if (about.without && isSame(flow, about.without)) continue
    if (evaluate(compiled, flow).verdict !== 'allowed' || isProbe(about.direction, far, near.workload)) continue
    const peers = isOnNode(far)
      ? nodePeers(visual, about.direction, far, near.workload)
      : peersFor(compiled, visual, about.direction, far)
          // Only where the policy also asks for the names, which is more than letting pass what was seen.
          .filter(({ peer }) => peer.is !== 'domain')
          .slice(0, 1)
          .map(({ peer }) => peer)
    const what = `${edge.protocol} ${edge.port}`
    if (peers.length === 0) {
      if (isOnNode(far)) unnamed.add(`${endName(far)} on ${what}`)
      continue
    }
    for (const peer of peers) {
      // Cilium takes no peers of two sorts in one rule.
      const key = visual.dialect === 'cilium' ? `${what} ${peer.is}` : what
      const rule = rules.get(key) ?? {
        port: { protocol: edge.protocol, port: { from: edge.port, to: edge.port } },
        peers: [],
      }
      if (!rule.peers.some((one) => sameData(one, peer))) rule.peers.push(peer)
      rules.set(key, rule)
    }
  }
  return {
    rules: [...rules.values()].map(({ port, peers }) => ({
      action: 'allow',
      peers,
      ports: [port],
      requests: 'everything',
    })),
    unnamed: [...unnamed],
  }
}

const isOnNode = (end: End) => end.type === 'node' || (end.type === 'workload' && end.workload.hostNetwork)

/** What comes from the pod's own node is let in without a rule. */
const isProbe = (direction: Direction, far: End, near: Workload) =>
  direction === 'ingress' && onOwnNode(far, near.nodes) === yes

/** Nodes by a word of the kind, never by their addresses: those change. */
function nodePeers(visual: Visual, direction: Direction, far: End, near: Workload): readonly Peer[] {
  if (!visual.can.peers[direction].includes('entity')) return []
  const isOwn = onOwnNode(far, near.nodes)
  return [...(isOwn === no ? [] : ['host']), ...(isOwn === yes ? [] : ['remote-node'])].map((name) => ({
    is: 'entity',
    name,
  }))
}

const isSame = (a: Flow, b: Flow) =>
  a.protocol === b.protocol && a.port === b.port && sameEnd(a.from, b.from) && sameEnd(a.to, b.to)

function sameEnd(a: End, b: End): boolean {
  if (a.type === 'workload') return b.type === 'workload' && a.workload === b.workload
  if (a.type === 'node') return b.type === 'node' && a.name === b.name
  return b.type === 'external' && a.address === b.address
}
