import { compileCidr } from '../../cidr'
import type { GroundEdge, GroundEnd, PolicyGround } from '../ground'
import { type Workload, workloadName } from '../model'
import type { Direction } from '../normal-form'
import type { SuggestedPeer, SuggestedRule } from '../suggest/suggestion'

/** Recorded edges that a suggested rule was made of. `subject`: names of the workloads (`workloadName`). */
export function edgesOfRule(
  { model, edges }: PolicyGround,
  subject: ReadonlySet<string>,
  direction: Direction,
  { peers, ports }: SuggestedRule,
): readonly GroundEdge[] {
  const fits = peers.map((peer) => peerMatcher(peer, model.workloads))
  const isSubject = (end: GroundEnd) => {
    const workload = end.type === 'workload' ? model.workloads[end.workload] : undefined
    return workload !== undefined && subject.has(workloadName(workload))
  }
  return edges.filter(({ from, to, protocol, port, allowed }) => {
    const [own, other] = direction === 'ingress' ? [to, from] : [from, to]
    return (
      allowed !== 0 &&
      ports.some((one) => one.protocol === protocol && one.port === port) &&
      isSubject(own) &&
      fits.some((matches) => matches(other))
    )
  })
}

function peerMatcher(peer: SuggestedPeer, workloads: readonly Workload[]): (end: GroundEnd) => boolean {
  switch (peer.type) {
    case 'pods':
    case 'identity': {
      const names = new Set(peer.workloads)
      return (end) => {
        const workload = end.type === 'workload' ? workloads[end.workload] : undefined
        return workload !== undefined && names.has(workloadName(workload))
      }
    }
    case 'addresses': {
      const within = compileCidr(peer.cidr)
      return (end) => end.type === 'external' && within?.(end.address) === true
    }
    case 'names':
      return (end) => end.type === 'external' && end.names.some((name) => peer.names.includes(name))
    case 'entity':
      return (end) => (peer.entity === 'nodes' ? end.type === 'node' : end.type === 'external')
  }
}
