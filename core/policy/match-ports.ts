import type { End } from './decision'
import type { PortItem, PortMatch, PortRange, Protocol } from './ports'
import { maybe, no, type Tri, triNot, triSome, yes } from './tri'

/** Whether a protocol and port on a destination is among those. `port`: null is none, or not known. */
export function portsMatch(match: PortMatch | null, protocol: Protocol, port: number | null, to: End): Tri {
  if (match === null) return yes
  const among = (items: readonly PortItem[]) => triSome(items, (item) => itemMatches(item, protocol, port, to))
  const some = match.some === null ? yes : among(match.some)
  const none = match.none.length === 0 ? yes : triNot(among(match.none))
  return some < none ? some : none
}

function itemMatches(item: PortItem, protocol: Protocol, port: number | null, to: End): Tri {
  if (item.protocol !== 'any' && item.protocol !== protocol) return no
  if (item.port === 'any') return yes
  const ranges = 'name' in item.port ? namedPorts(to, item.port.name, protocol) : [item.port]
  if (ranges.length === 0) return no
  if (port === null) return maybe
  return ranges.some(({ from, to }) => port >= from && port <= to) ? yes : no
}

/** What a port's name stands for on a destination: looked up among the ports that its pods declare. */
export function namedPorts(to: End, name: string, protocol: Protocol): readonly PortRange[] {
  if (to.type !== 'workload') return []
  return to.workload.ports
    .filter((port) => port.name === name && port.protocol === protocol)
    .map(({ port }) => ({ from: port, to: port }))
}
