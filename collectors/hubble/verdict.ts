import type { EncryptionEvidence, Verdict } from '@/core/verdict'
import type { RawFlow } from './raw-flow'

const byPolicy: ReadonlySet<string> = new Set(['POLICY_DENIED', 'POLICY_DENY', 'AUTH_REQUIRED', 'UNENCRYPTED_TRAFFIC'])

const policyVerdict = 5
const l7Event = 129

/**
 * What happened. DROPPED is `denied` where a policy or the lack of authentication or encryption
 * asked for it, else an `error` of the network. A drop without a reason is denied where only
 * policy can be the cause: a policy verdict, or a proxy's answer.
 */
export function verdictOf(flow: RawFlow): Verdict {
  switch (flow.verdict) {
    case 'FORWARDED':
    case 'REDIRECTED':
    case 'TRACED':
    case 'TRANSLATED':
      return 'allowed'
    case 'DROPPED':
      return isPolicyDrop(flow) ? 'denied' : 'error'
    case 'AUDIT':
      return 'audited'
    case 'ERROR':
      return 'error'
    default:
      return 'unknown'
  }
}

const isPolicyDrop = (flow: RawFlow) =>
  byPolicy.has(flow.dropReason) ||
  ((flow.dropReason === '' || flow.dropReason === 'DROP_REASON_UNKNOWN') &&
    (flow.eventType === policyVerdict || flow.eventType === l7Event))

/** The source's own term for why; '' where nothing was denied and nothing failed. An unknown verdict is its own reason. */
export function reasonOf(flow: RawFlow, verdict: Verdict): string {
  if (verdict === 'unknown') return flow.verdict === 'VERDICT_UNKNOWN' ? '' : flow.verdict
  if (flow.dropReason !== '' && flow.dropReason !== 'DROP_REASON_UNKNOWN') return flow.dropReason
  return verdict === 'denied' || verdict === 'error' ? flow.verdict : ''
}

const wireguardPort = 51871
const hbonePort = 15008

/**
 * Evidence of encryption. Hubble says only that a packet was encrypted, not by what: `tunnel`, but
 * for WireGuard's own port between nodes. Its silence proves nothing, so plaintext is never said.
 */
export function encryptionOf(flow: RawFlow, port: number): EncryptionEvidence {
  if (flow.protocol === 'tcp' && port === hbonePort) return 'mtls'
  if (flow.protocol === 'udp' && (port === wireguardPort || flow.sourcePort === wireguardPort)) return 'wireguard'
  if (flow.encrypted || flow.point === 'TO_CRYPTO' || flow.point === 'FROM_CRYPTO') return 'tunnel'
  return 'unknown'
}
