import type { ModelCatalogue } from '../catalogue'
import { anything, type EndMatch, nothing } from '../end-match'
import type { Direction } from '../normal-form'
import { field, itemsAt, type Reader, refuse, textAt } from '../read'
import { entityNamed, entityNames } from './cilium-entity'
import { nameAt } from './cilium-names'
import { nodesWith } from './cilium-nodes'
import { peerEnds } from './cilium-pods'
import { type CiliumPeer, cidrAt, cidrRuleAt } from './cilium-ranges'
import { requirementsAt } from './cilium-selector'
import { servicesAt } from './cilium-services'

/** How a rule is read. `namespace`: of the policy; null: it is clusterwide. */
export type RuleSite = {
  readonly direction: Direction
  readonly allows: boolean
  readonly namespace: string | null
  /** Whether the policy selects nodes. */
  readonly host: boolean
}

export type RulePeers = {
  /** null: the rule says nothing of the other end. */
  readonly peer: ((catalogue: ModelCatalogue) => EndMatch) | null
  /** What `fromRequires` or `toRequires` asks of pods. */
  readonly required: readonly EndMatch[]
}

type Member = {
  readonly name: string
  readonly read: (at: Reader) => CiliumPeer
  /** A list that is there and empty matches nobody, instead of being as good as absent. */
  readonly emptyIsNobody: boolean
}

function membersOf({ direction, allows, namespace }: RuleSite): readonly Member[] {
  const way = direction === 'ingress' ? 'from' : 'to'
  const listed = (name: string, read: Member['read']) => ({ name: `${way}${name}`, read, emptyIsNobody: true })
  const wild = (name: string, read: Member['read']) => ({ name: `${way}${name}`, read, emptyIsNobody: false })
  const both = [
    listed('Endpoints', (at) => fixed(peerEnds(requirementsAt(at) ?? [], namespace))),
    listed('CIDR', cidrAt),
    listed('CIDRSet', cidrRuleAt),
    listed('Entities', (at) => fixed(entityAt(at))),
    listed('Nodes', nodesAt),
    wild('Groups', () => fixed({ is: 'unclear', doubt: 'the addresses of a group of a cloud provider are not known' })),
  ]
  if (direction === 'ingress') return both
  const names = wild('FQDNs', (at) => fixed({ is: 'dns-name', names: [nameAt(at)] }))
  return [...both, wild('Services', (at) => servicesAt(at, namespace)), ...(allows ? [names] : [])]
}

/** Names of the fields by which a rule names the other end. */
export const peerFields = (site: RuleSite): readonly string[] => [
  ...membersOf(site).map(({ name }) => name),
  requires(site),
]

const requires = ({ direction }: RuleSite) => (direction === 'ingress' ? 'fromRequires' : 'toRequires')

/** The other ends of a rule: those of one field, as Cilium refuses to put two together. */
export function peersAt(at: Reader, site: RuleSite): RulePeers {
  const given = membersOf(site).flatMap((member) => {
    const items = itemsAt(field(at, member.name))
    return items === null ? [] : [{ ...member, peers: items.map(member.read) }]
  })
  const filled = given.filter(({ peers }) => peers.length > 0)
  if (filled.length > 1) refuse(at, `must not have ${filled.map(({ name }) => name).join(' together with ')}`)
  const required = (itemsAt(field(at, requires(site))) ?? []).map((item) =>
    peerEnds(requirementsAt(item) ?? [], site.namespace),
  )
  if (given.some(({ peers, emptyIsNobody }) => emptyIsNobody && peers.length === 0))
    return { peer: () => nothing, required }
  const peers = filled.flatMap((member) => member.peers)
  const closed = site.allows ? nothing : anything
  return {
    required,
    peer: peers.length === 0 ? null : (catalogue) => some(peers.map((peer) => peer(catalogue) ?? closed)),
  }
}

const fixed =
  (match: EndMatch): CiliumPeer =>
  () =>
    match

function some(of: readonly EndMatch[]): EndMatch {
  const [first] = of
  return of.length === 1 && first ? first : { is: 'some', of }
}

function entityAt(at: Reader): EndMatch {
  const entity = entityNamed(textAt(at) ?? '')
  if (!entity) refuse(at, `must be ${entityNames.join(', ')}`)
  return entity ?? nothing
}

/** Nodes other than the own one; only where Cilium is told to give nodes their labels. */
function nodesAt(at: Reader): CiliumPeer {
  const requirements = requirementsAt(at) ?? []
  return (catalogue) => ({
    is: 'every',
    of: [
      nodesWith(requirements, catalogue),
      { is: 'place', places: ['other-node'] },
      { is: 'unclear', doubt: 'whether Cilium tells nodes by their labels is a setting' },
    ],
  })
}
