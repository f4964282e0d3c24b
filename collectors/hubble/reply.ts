import type { RawFlow } from './raw-flow'

const firstEphemeral = 32_768
const wellKnown = 1_024

/**
 * Whether a flow was seen on its way back to the caller. Hubble says so since 1.10 (`is_reply`);
 * where it is silent (old versions, overlay events, drops), in this order: the L7 type, the old
 * `reply`, what connection tracking said, the SYN flag, and last which port looks like a server's.
 */
export function isReply(flow: RawFlow): boolean {
  if (flow.isReply !== null) return flow.isReply
  if (flow.l7Type === 'RESPONSE') return true
  if (flow.l7Type === 'REQUEST') return false
  if (flow.reply) return true
  if (flow.traceReason === 'REPLY') return true
  if (flow.traceReason === 'NEW' || flow.traceReason === 'ESTABLISHED') return false
  if (flow.syn) return flow.ack
  const { sourcePort, destinationPort } = flow
  if (sourcePort === 0 || destinationPort === 0) return false
  if (sourcePort < wellKnown && destinationPort >= wellKnown) return true
  return destinationPort >= firstEphemeral && sourcePort < firstEphemeral
}
