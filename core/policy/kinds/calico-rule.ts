import type { ModelCatalogue } from '../catalogue'
import { anything, type EndMatch, nothing } from '../end-match'
import type { Action, Direction, Rule } from '../normal-form'
import type { PortItem, PortMatch, Protocol } from '../ports'
import { field, fieldsAt, isAbsent, numberAt, type Reader, refuse, unknownFields, wordAt } from '../read'
import { type Entity, entityAt } from './calico-entity'
import { httpAt } from './calico-http'
import { isGiven } from './calico-labels'
import { icmpAt, portsAt, protocolAt } from './calico-ports'

export type CalicoRule = (catalogue: ModelCatalogue) => readonly Rule[]

const actions: Readonly<Record<string, Action>> = { Allow: 'allow', Deny: 'deny', Pass: 'pass', Log: 'log' }
const fields = [
  'action',
  'ipVersion',
  'protocol',
  'icmp',
  'notProtocol',
  'notICMP',
  'source',
  'destination',
  'http',
  'metadata',
]

/** One rule of `ingress` or `egress`. @param namespace of the policy; null: it is global */
export function calicoRuleAt(at: Reader, direction: Direction, namespace: string | null): CalicoRule {
  fieldsAt(at)
  const action = actionAt(field(at, 'action'))
  const protocol = protocolAt(field(at, 'protocol'))
  const notProtocol = protocolAt(field(at, 'notProtocol'))
  const source = entityAt(field(at, 'source'), namespace)
  const destination = entityAt(field(at, 'destination'), namespace)
  const sourcePorts = sourcePortsAt(at, protocol)
  const ports = portsAt(field(at, 'destination'), protocol, notProtocol)
  const request = httpAt(field(at, 'http'))
  const conditions = [...versionAt(at, protocol, notProtocol, [source, destination]), ...icmpAndOthersAt(at, protocol)]
  checkHttp(at, action, direction, protocol)
  checkServices(at, direction)
  const closed = source.closed || destination.closed
  const [peer, own] = direction === 'ingress' ? [source, destination] : [destination, source]

  return (catalogue) => {
    const rule: Rule = {
      action,
      path: at.path,
      peer: all([peer.end(catalogue), ...conditions]),
      ports: served(ports, destination, protocol, catalogue),
      ...(isAbsent(field(at, direction === 'ingress' ? 'destination' : 'source')) ? {} : ownPart(own.end(catalogue))),
      ...(sourcePorts ? { sourcePorts } : {}),
      ...(request ? { request } : {}),
    }
    if (closed) return [closedRule(rule)]
    return notProtocol === 'other' ? [rule, openOther(rule)] : [rule]
  }
}

/** Allows nothing; denies everything; what passes on may do either. */
function closedRule({ action, path }: Rule): Rule {
  if (action === 'allow' || action === 'log') return { action, path, peer: nothing, ports: null }
  if (action === 'deny') return { action, path, peer: anything, ports: null }
  return { action: 'unknown', path, peer: anything, ports: null, doubt: 'the rule has a field that is not known here' }
}

const ownPart = (end: EndMatch) => (end.is === 'anything' ? {} : { own: end })

function all(parts: readonly EndMatch[]): EndMatch {
  const of = parts.filter(({ is }) => is !== 'anything')
  const [first = anything] = of
  return of.length < 2 ? first : { is: 'every', of }
}

function actionAt(at: Reader): Action {
  const word = wordAt(at, Object.keys(actions))
  if (isAbsent(at)) refuse(at, 'is required')
  return (word === null ? undefined : actions[word]) ?? 'unknown'
}

function sourcePortsAt(at: Reader, protocol: Protocol | null): PortMatch | null {
  const source = field(at, 'source')
  return isGiven(source, 'ports') || isGiven(source, 'notPorts') ? portsAt(source, protocol, null) : null
}

/** Towards a Service only the ports that stand behind it count. */
function served(
  ports: PortMatch | null,
  { backends }: Entity,
  protocol: Protocol | null,
  catalogue: ModelCatalogue,
): PortMatch | null {
  const targets = backends?.(catalogue).ports ?? null
  if (targets === null) return ports
  const fits = ({ protocol: of }: PortItem) => protocol === null || of === protocol
  return { some: targets.filter(fits), none: ports?.none ?? [] }
}

/** Of other protocols than the one that `notProtocol` names it matches, and which they are is not recorded. */
const openOther = (rule: Rule): Rule => ({
  ...rule,
  peer: all([rule.peer, { is: 'unclear', doubt: 'the number of the protocol is not known' }]),
  ports: { some: [{ protocol: 'other', port: 'any' }], none: [] },
})

function icmpAndOthersAt(at: Reader, protocol: Protocol | null): readonly EndMatch[] {
  const icmp = field(at, 'icmp')
  if (!isAbsent(icmp) && protocol !== 'ICMP' && protocol !== 'ICMPv6')
    refuse(icmp, 'must not be given where the protocol is not ICMP or ICMPv6')
  const doubts: string[] = []
  if ([icmp, field(at, 'notICMP')].filter(icmpAt).length > 0) doubts.push('the type of an ICMP message is not known')
  if (protocol === 'other') doubts.push('the number of the protocol is not known')
  if (unknownFields(at, fields).length > 0) doubts.push('the rule has a field that is not known here')
  return doubts.map((doubt) => ({ is: 'unclear', doubt }))
}

const everyAddress = { 4: '0.0.0.0/0', 6: '::/0' } as const

/** `ipVersion`, which must agree with the addresses and the protocol of ICMP. */
function versionAt(
  at: Reader,
  protocol: Protocol | null,
  notProtocol: Protocol | null,
  entities: readonly Entity[],
): readonly EndMatch[] {
  const given = field(at, 'ipVersion')
  const number = numberAt(given)
  const version = number === 4 || number === 6 ? number : null
  if (number !== null && version === null) refuse(given, 'must be 4 or 6')
  const named = new Set(entities.flatMap(({ versions }) => versions))
  if (named.size > 1) refuse(at, 'must not name addresses of IPv4 and of IPv6')
  if (version === null) return []
  if (named.size > 0 && !named.has(version)) refuse(given, 'must be that of the addresses')
  for (const one of [protocol, notProtocol]) {
    if (one === 'ICMP' && version !== 4) refuse(given, 'must be 4 for ICMP')
    if (one === 'ICMPv6' && version !== 6) refuse(given, 'must be 6 for ICMPv6')
  }
  return [{ is: 'address', cidrs: [everyAddress[version]], except: [], inCluster: 'yes' }]
}

function checkHttp(at: Reader, action: Action, direction: Direction, protocol: Protocol | null): void {
  const http = field(at, 'http')
  if (isAbsent(http)) return
  if (action !== 'allow') refuse(http, 'is for rules that allow only')
  if (direction === 'egress') refuse(http, 'is for ingress only')
  if (protocol !== null && protocol !== 'TCP') refuse(http, 'must not be given where the protocol is not TCP')
}

function checkServices(at: Reader, direction: Direction): void {
  const own = field(field(at, direction === 'ingress' ? 'destination' : 'source'), 'services')
  if (!isAbsent(own))
    refuse(own, `is not for the ${direction === 'ingress' ? 'destination of ingress' : 'source of egress'}`)
  const destination = field(at, 'destination')
  if (isAbsent(field(destination, 'services'))) return
  for (const name of ['ports', 'notPorts'])
    if (isGiven(destination, name)) refuse(field(destination, name), 'must not be given beside services')
}
