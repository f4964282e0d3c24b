import type { RecordedFlow } from './recorded-flow'
import type { ServedPorts } from './served-ports'
import type { LeftOutReason } from './suggestion'

/** Where Linux begins to give out ports to clients (ip_local_port_range). */
const firstEphemeral = 32_768
const isEphemeral = (port: number) => port >= firstEphemeral

/**
 * Why the destination of a flow may not be who was called, or null where it is. A client's port must never become a
 * rule: tracking of connections forgets, and then late answers look like new connections. Ports that a container or
 * a Service declares are a server's; else a high port with a low one, or a served one, at the other end is a client's.
 */
export function notForward(flow: RecordedFlow, port: number, serves: ServedPorts): LeftOutReason | null {
  const { reply, sourcePort } = flow
  if (reply === 'yes') return 'reply'
  const served = (end: RecordedFlow['to'], at: number) =>
    end.type === 'workload' && serves(end.workload, flow.protocol, at)
  const isServer = served(flow.to, port)
  const fromServer = sourcePort !== undefined && (served(flow.from, sourcePort) || !isEphemeral(sourcePort))
  if (!isServer && isEphemeral(port) && fromServer) return 'ephemeral-port'
  if (reply === 'no') return null
  if (isServer) return sourcePort !== undefined && served(flow.from, sourcePort) ? 'unknown-direction' : null
  if (isEphemeral(port)) return 'ephemeral-port'
  return sourcePort === undefined || fromServer ? 'unknown-direction' : null
}
