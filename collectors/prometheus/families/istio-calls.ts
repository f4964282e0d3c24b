import type { Blame } from '@/core/flows/answer-codes'
import { routeOperation } from '@/core/operations/operation-name'
import { flagsText } from '@/core/flows/response-flags'
import type { L7Protocol, EncryptionEvidence, Reporter, Verdict } from '@/core/verdict'
import type { Labels } from '../family'
import { destinationOf, sourceOf } from './istio-ends'
import type { Homes } from './homes'
import { known, reporterOf } from './labels'
import { type AnswerName, answerName } from './answers'
import { blameOf, codeNamed, protocolNamed, statusClass } from './outcome'
import type { End, Place, Places } from './place'

export type Request = {
  readonly place: Place
  readonly responded: boolean
  readonly blame: Blame
  readonly answer: AnswerName
}

/** ztunnel's flags of policy, and Envoy's of an authorization service. */
const denied: ReadonlySet<string> = new Set(['DENY', 'NETWORK_POLICY', 'UAEX', 'RBAC'])
/** Flags of ztunnel, then of Envoy, that say that the callee was never reached. */
const unreached: ReadonlySet<string> = new Set(
  (
    'CONNECT,TLS_FAILURE,H2_HANDSHAKE_FAILURE,IDENTITY_ERROR,CERT_REVOKED,' +
    'UF,UH,UO,NR,NC,NFCF,DF,LH,URX,UMSDR,OM,DO'
  ).split(','),
)
/** Flags of a caller that went away or broke the protocol: the callee cannot be blamed that it got no response. */
const callerGone: ReadonlySet<string> = new Set(['DC', 'DR', 'DPE'])

export type Calls = {
  /** Place of requests and of whom they are blamed on; null for bad series. */
  request(labels: Labels): Request | null
  /** Place of connections and bytes. */
  connection(labels: Labels): Place | null
  /** The same as if nothing had failed: Envoy and ztunnel count a connection as opened before they know. */
  opened(labels: Labels): Place | null
}

/** What Istio's labels mean. The port is never told; the inventory knows it by the Service. */
export function createCalls(homes: Homes, places: Places): Calls {
  const placeOf = (labels: Labels, l7: L7Protocol, flags: readonly string[]): Place | null => {
    const source = sourceOf(labels)
    const destination = destinationOf(labels)
    if (!source || !destination) return null
    const observer = homes.nameOf(reportingCluster(labels))
    const reporter = reporterOf(labels.reporter)
    return places({
      cluster: observer,
      reporter,
      from: inCluster(source, known(labels.source_cluster), homes, observer),
      to: inCluster(destination, known(labels.destination_cluster), homes, observer),
      port: destination.port ?? 0,
      protocol: 'tcp',
      ...verdictOf(labels, flags),
      encryption: encryptionOf(labels.connection_security_policy, reporter),
      l7,
    })
  }

  return {
    request(labels) {
      const flags = flagsOf(labels)
      const place = placeOf(labels, protocolNamed(labels.request_protocol ?? ''), flags)
      if (!place) return null
      const status = statusClass(labels.response_code)
      const answer = answerOf(labels, flags)
      if (status !== 0) return { place, answer, responded: true, blame: blameOf(status, labels.grpc_response_status) }
      // No response: the caller's doing is no response at all, anybody else's is an error of the callee.
      const failed = flags.length > 0 && !flags.some((flag) => callerGone.has(flag))
      return { place, answer, responded: failed, blame: failed ? 'callee' : null }
    },
    connection: (labels) => placeOf(labels, 'none', flagsOf(labels)),
    opened: (labels) => placeOf(labels, 'none', []),
  }
}

/** Istio's name of the cluster where the proxy is that reported; '' where it does not say. */
export function reportingCluster({ reporter, source_cluster, destination_cluster }: Labels): string {
  return known(reporter === 'source' ? source_cluster : destination_cluster) || known(source_cluster)
}

/** An end of which no cluster is told (a destination that was not reached) is looked for where the observer is. */
function inCluster(end: End, cluster: string, homes: Homes, observer: string): End {
  const name = homes.nameOf(cluster)
  return cluster === '' || name === observer ? end : { ...end, ref: { cluster: name, ...end.ref } }
}

/** `request_operation` is what Istio's classification adds where somebody asked for it. */
const answerOf = (labels: Labels, flags: readonly string[]): AnswerName =>
  answerName({
    operation: routeOperation('', known(labels.request_operation)),
    code: codeNamed(labels.response_code, labels.grpc_response_status),
    flags: flagsText(flags),
  })

const flagsOf = ({ response_flags = '' }: Labels): readonly string[] =>
  response_flags === '' ? [] : response_flags.split(',').filter((flag) => flag !== '' && flag !== '-')

function verdictOf(labels: Labels, flags: readonly string[]): { readonly verdict: Verdict; readonly reason: string } {
  const refusal = flags.find((flag) => denied.has(flag))
  if (refusal !== undefined) return { verdict: 'denied', reason: refusal }
  // outboundTrafficPolicy REGISTRY_ONLY: what no registry knows is let go nowhere.
  if (labels.destination_service_name === 'BlackHoleCluster') return { verdict: 'denied', reason: 'BlackHoleCluster' }
  const failure = flags.find((flag) => unreached.has(flag))
  return failure === undefined ? { verdict: 'allowed', reason: '' } : { verdict: 'error', reason: failure }
}

/** Envoy knows of the connection that came to it only; ztunnel of both sides, and never says `none`. */
function encryptionOf(policy: string | undefined, reporter: Reporter): EncryptionEvidence {
  if (policy === 'mutual_tls') return 'mtls'
  return policy === 'none' && (reporter === 'destination' || reporter === 'waypoint') ? 'plaintext' : 'unknown'
}
