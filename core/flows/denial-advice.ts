import { endpointLabel, type Endpoint } from '../endpoint'
import { familyOf } from '../figures/family'
import { policyText, type TraceStep } from './trace-step'
import type { Protocol } from '../verdict'

export type AdvisedDenial = {
  readonly from: Endpoint
  readonly to: Endpoint
  readonly port: number
  readonly protocol: Protocol
  readonly source: string
  readonly reason: string
  readonly way: 'out' | 'in' | null
  readonly cause: readonly TraceStep[]
}

/** What to do where the call is wanted, in one or two sentences. It names policies only where the source did. */
export function denialAdvice(denial: AdvisedDenial): string {
  const { from, to, port, protocol, reason, way, cause } = denial
  const call = `${endpointLabel(from)} to ${endpointLabel(to)}${port > 0 ? `, port ${port}/${protocol}` : ''}`
  const named = cause.find(({ outcome, policy }) => policy && (outcome === 'denied' || outcome === 'audited'))?.policy
  if (reason === 'AUTH_REQUIRED')
    return 'Check that both workloads have an identity, and that the mutual handshake works.'
  if (reason === 'UNENCRYPTED_TRAFFIC') return 'Check that encryption is up between the two nodes.'
  if (reason === 'BlackHoleCluster')
    return `If the call is wanted, register ${endpointLabel(to)} with a ServiceEntry, or let the mesh pass unregistered hosts.`
  if (reason.startsWith('ext_authz') || reason === 'UAEX')
    return 'Ask the log of the external authorization service why.'
  if (reason.startsWith('jwt_authn'))
    return 'Check that the caller sends a token, and that its issuer and audience are the expected ones.'
  if (familyOf(denial.source) === 'als') {
    if (named) return `If the call is wanted, change the rule of ${policyText(named)} that denies it.`
    return `If the call is wanted, add a rule for ${endpointLabel(from)} to an AuthorizationPolicy that allows, at ${endpointLabel(to)}.`
  }
  const atEnd = cause.some(({ text }) => text.includes('no rule of the tier matches'))
  if (named && !atEnd) return `If the call is wanted, change the rule of ${policyText(named)} that denies it.`
  if (reason === 'POLICY_DENY')
    return 'If the call is wanted, find the rule that denies it and change it; open a record for more.'
  const where = named ? ` to ${policyText(named)} or another policy of its tier` : ''
  if (way === 'out') return `If the call is wanted, add an egress rule${where}: ${call}.`
  if (way === 'in') return `If the call is wanted, add an ingress rule${where}: ${call}.`
  return `If the call is wanted, add a rule that allows it: ${call}.`
}
