import type { PortItem, PortMatch } from '../ports'
import { field, isAbsent, itemsAt, type Reader, refuse, textAt, unknownFields } from '../read'
import type { RequestMatch } from '../request-match'
import { icmpItemsAt } from './cilium-icmp'
import { type Layer7, layer7At } from './cilium-layer7'
import { type CiliumPort, portAt } from './cilium-port-item'
import type { RuleSite } from './cilium-peers'

/** Ports of a rule that share what is asked of requests. */
export type PortPart = {
  readonly path: string
  readonly ports: PortMatch
  readonly request: RequestMatch | null
  /** Why they only may match. */
  readonly doubt: string | null
}

const mostPorts = 40
const allowFields = ['ports', 'rules', 'terminatingTLS', 'originatingTLS', 'serverNames', 'listener']

/** `toPorts` or `icmps` of a rule; null: absent or empty, which is whatever there is. */
export function portPartsAt(rule: Reader, site: RuleSite): readonly PortPart[] | null {
  const entries = itemsAt(field(rule, 'toPorts')) ?? []
  const icmps = itemsAt(field(rule, 'icmps')) ?? []
  if (entries.length > 0 && icmps.length > 0) refuse(field(rule, 'icmps'), 'must not be given together with toPorts')
  if (icmps.length > 0) {
    const doubt = 'the type of an ICMP message is not known'
    return [{ path: rule.path, ports: some(icmps.flatMap(icmpItemsAt)), request: null, doubt }]
  }
  if (entries.length === 0) return null
  const parts = entries.map((entry) => entryAt(entry, site))
  const plain = parts.every(({ request, doubt }) => request === null && doubt === null)
  if (!plain) return parts.length === 1 ? parts.map((part) => ({ ...part, path: rule.path })) : parts
  return [{ path: rule.path, ports: some(parts.flatMap(({ ports }) => ports.some ?? [])), request: null, doubt: null }]
}

const some = (items: readonly PortItem[]): PortMatch => ({ some: items, none: [] })

/** One entry of `toPorts`. Without ports it matches nothing. */
function entryAt(at: Reader, site: RuleSite): PortPart {
  const ports = (itemsAt(field(at, 'ports')) ?? []).map(portAt)
  if (ports.length > mostPorts) refuse(field(at, 'ports'), `must not have more than ${mostPorts} items`)
  const unknown = unknownFields(at, allowFields).length > 0
  if (!site.allows)
    for (const name of allowFields.slice(1))
      if (!isAbsent(field(at, name))) refuse(field(at, name), 'is for rules that allow only')
  const layer7 = layer7At(field(at, 'rules'))
  checkLayer7(field(at, 'rules'), layer7, ports, site)
  const names = namesAt(at, layer7)
  const listener = !isAbsent(field(at, 'listener'))
  if (listener && site.direction === 'ingress') refuse(field(at, 'listener'), 'is for egress only')
  if (listener && layer7.protocol) refuse(field(at, 'listener'), 'must not be given together with rules')
  const doubts = [
    ...(unknown ? ['the rule has a field that is not known here'] : []),
    ...(names ? ['the name that is asked for in TLS is not known'] : []),
    ...(listener ? ['what the listener of a proxy does is not told'] : []),
    ...(ports.some(({ protocol }) => protocol === 'VRRP' || protocol === 'IGMP')
      ? ['the number of the protocol is not known']
      : []),
  ]
  return {
    path: at.path,
    ports: some(ports.flatMap(({ items }) => items)),
    request: layer7.request,
    doubt: doubts[0] ?? null,
  }
}

/** Whether there are `serverNames`. */
function namesAt(at: Reader, { protocol }: Layer7): boolean {
  const items = itemsAt(field(at, 'serverNames')) ?? []
  for (const item of items) if ((textAt(item) ?? '') === '') refuse(item, 'must not be empty')
  if (items.length > 0 && protocol && isAbsent(field(at, 'terminatingTLS')))
    refuse(field(at, 'serverNames'), 'must not be given together with rules without terminatingTLS')
  return items.length > 0
}

function checkLayer7(at: Reader, { protocol }: Layer7, ports: readonly CiliumPort[], site: RuleSite): void {
  if (protocol === null) return
  if (ports.some(({ isZero }) => isZero)) refuse(at, 'must not be given for port 0')
  if (protocol === 'dns') {
    if (site.direction === 'ingress') refuse(field(at, 'dns'), 'is for egress only')
    if (ports.length === 0) refuse(field(at, 'dns'), 'must not be given without port 53')
    if (ports.some(({ isRange }) => isRange)) refuse(field(at, 'dns'), 'must not be given for a range of ports')
    return
  }
  if (site.host) refuse(at, 'must be about DNS only where nodes are selected')
  if (ports.some((port) => port.protocol !== 'TCP')) refuse(at, 'must not be given where the protocol is not TCP')
}
