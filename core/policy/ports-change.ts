import { byProtocol } from './connections'
import type { Connections, PortsByProtocol } from './decision'
import { subtractPorts, unionPorts } from './port-set'
import { portProtocols } from './ports'

/** Ports that surely or maybe pass. */
export const possible = ({ allowed, open }: Connections): PortsByProtocol =>
  byProtocol(portProtocols.map((protocol) => [protocol, unionPorts(allowed[protocol] ?? [], open[protocol] ?? [])]))

/** Ports of the first that are not of the second. */
export const without = (ports: PortsByProtocol, others: PortsByProtocol): PortsByProtocol =>
  byProtocol(portProtocols.map((protocol) => [protocol, subtractPorts(ports[protocol] ?? [], others[protocol] ?? [])]))
