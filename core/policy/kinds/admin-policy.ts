import type { ModelCatalogue } from '../catalogue'
import { anything, type EndMatch, namespaceNamed, nothing } from '../end-match'
import { anyLabels } from '../label-match'
import type { ModelNamespace } from '../model'
import type { Action, Block, Direction, Rule } from '../normal-form'
import type { PortMatch } from '../ports'
import { field, isAbsent, numberAt, type Reader, refuse, someItemsAt, textAt, unknownFields, wordAt } from '../read'
import { type AdminPeer, adminPeerAt, type NamespacePick, podsAt, selected } from './admin-peers'

/** How one of the policies of administrators writes what they all say. */
export type AdminDialect = {
  readonly actions: Readonly<Record<string, Action>>
  readonly mostRules: number
  readonly mostItems: number
  readonly portsField: 'ports' | 'protocols'
  readonly portsAt: (at: Reader) => PortMatch | null
  readonly namespacesAt: (at: Reader) => NamespacePick
  /** Whether a peer may compare its namespace with the subject's. */
  readonly comparesNamespaces: boolean
}

/** What a spec says apart from tier and priority. */
export function adminBlocksAt(spec: Reader, dialect: AdminDialect) {
  const subject = subjectAt(field(spec, 'subject'))
  const directions = (['ingress', 'egress'] as const).map((direction) => ({
    direction,
    rules: someItemsAt(field(spec, direction), { least: 0, most: dialect.mostRules }).map((item) =>
      ruleAt(item, direction, dialect),
    ),
  }))
  return (catalogue: ModelCatalogue, tier: string, order: number): readonly Block[] => {
    const block = (direction: Direction, match: EndMatch, rules: readonly Rule[]): Block => ({
      direction,
      tier,
      order,
      subject: match,
      isolates: false,
      openForIcmp: true,
      rules,
    })
    return directions.flatMap(({ direction, rules }) => {
      if (rules.length === 0) return []
      const match = subject(catalogue, null)
      const rulesFor = (own: ModelNamespace | null) => rules.map((rule) => rule(catalogue, own))
      if (!dialect.comparesNamespaces) return [block(direction, match, rulesFor(null))]
      return catalogue.model.namespaces.map((own) =>
        block(direction, { is: 'every', of: [match, within(own)] }, rulesFor(own)),
      )
    })
  }
}

const within = ({ name }: ModelNamespace): EndMatch => ({
  is: 'workload',
  namespace: namespaceNamed(name),
  labels: anyLabels,
})

function subjectAt(at: Reader): AdminPeer {
  const given = ['namespaces', 'pods'].filter((name) => !isAbsent(field(at, name)))
  if (given.length !== 1) refuse(at, 'must have exactly one of namespaces, pods')
  for (const name of unknownFields(at, ['namespaces', 'pods'])) refuse(field(at, name), 'is not known')
  return podsAt(at, selected) ?? (() => nothing)
}

function ruleAt(at: Reader, direction: Direction, dialect: AdminDialect) {
  const word = wordAt(field(at, 'action'), Object.keys(dialect.actions))
  if (isAbsent(field(at, 'action'))) refuse(field(at, 'action'), 'is required')
  const action = (word === null ? undefined : dialect.actions[word]) ?? 'unknown'
  const name = textAt(field(at, 'name'))
  if (name !== null && name.length > 100) refuse(field(at, 'name'), 'must not be longer than 100 characters')
  const side = direction === 'ingress' ? 'from' : 'to'
  const items = someItemsAt(field(at, side), { least: 1, most: dialect.mostItems })
  const how = { egress: direction === 'egress', allows: action === 'allow', namespacesAt: dialect.namespacesAt }
  const peers = items.map((item) => adminPeerAt(item, how))
  const portsAt = field(at, dialect.portsField)
  if (!isAbsent(portsAt)) someItemsAt(portsAt, { least: 0, most: dialect.mostItems })
  const ports = dialect.portsAt(portsAt)
  const placed = items.some((item) => ['networks', 'nodes', 'domainNames'].some((name) => !isAbsent(field(item, name))))
  if (placed && (ports?.some ?? []).some(({ port }) => port !== 'any' && 'name' in port))
    refuse(portsAt, 'must not name ports where a peer is no pod')
  return (catalogue: ModelCatalogue, own: ModelNamespace | null): Rule => {
    const known = peers.flatMap((peer) => (peer ? [peer(catalogue, own)] : []))
    const closed = known.length < peers.length
    if (!closed) return { action, path: at.path, peer: { is: 'some', of: known }, ports }
    return action === 'allow'
      ? { action, path: at.path, peer: nothing, ports }
      : { action: 'deny', path: at.path, peer: anything, ports: null }
  }
}

/** From 0 to 1,000, lower first. */
export function priorityAt(at: Reader): number {
  const priority = numberAt(at)
  if (isAbsent(at)) refuse(at, 'is required')
  if (priority !== null && (!Number.isInteger(priority) || priority < 0 || priority > 1000))
    refuse(at, 'must be between 0 and 1000')
  return priority ?? 0
}
