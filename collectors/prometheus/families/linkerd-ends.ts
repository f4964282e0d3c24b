import type { EncryptionEvidence } from '@/core/verdict'
import type { Labels, Target } from '../family'
import { hostOf, portOf } from './labels'
import { partyOf, serviceOf } from './parties'
import type { End } from './place'
import { ownerOf, scraped } from './pods'

/** Who calls whom as one proxy tells it: outbound it is the caller's, inbound the callee's. */
export type Ends = {
  readonly reporter: 'source' | 'destination'
  readonly from: End
  readonly to: End
  readonly port: number
}

/**
 * null for what is no traffic between workloads: the hop between an application and its own proxy
 * (`peer` on that side, or `loopback` as the reason for no TLS).
 */
export function endsOf(labels: Labels, target: Target | null): Ends | null {
  const { direction, peer, no_tls_reason: reason } = labels
  if (reason === 'loopback') return null
  const port = portOf(labels.target_port) || hostOf(labels.target_addr ?? '').port
  if (direction === 'outbound') {
    if (peer === 'src') return null
    return { reporter: 'source', from: scraped(labels, target), to: calleeOf(labels), port }
  }
  if (direction !== 'inbound' || peer === 'dst') return null
  return {
    reporter: 'destination',
    from: clientOf(labels.client_id),
    to: scraped(labels, target),
    port: port || portOf(labels.srv_port),
  }
}

/** What discovery says of the callee, else its Service or host by `authority`, else its address. */
function calleeOf(labels: Labels): End {
  const namespace = labels.dst_namespace
  const workload = ownerOf(labels, 'dst_')
  const pod = labels.dst_pod
  const host = hostOf(labels.authority ?? '')
  const named = serviceOf(host.name)
  const service = named ?? (labels.dst_service && namespace ? { namespace, name: labels.dst_service } : null)
  if (namespace && (workload ?? pod))
    return { ref: { namespace, ...(workload ? { workload } : { pod }), ...(service && { service }) } }
  if (service) return { ref: { service } }
  const party = partyOf(labels.authority ?? '')
  const ip = labels.target_ip || hostOf(labels.target_addr ?? '').name
  if (ip === '' || party.ip !== undefined) return party
  return { ref: party.ref.workload || party.ref.reserved === 'unknown' ? {} : party.ref, ip }
}

/** A client by its certificate: Linkerd names the service account, which most workloads share the name of, but for `default`. */
function clientOf(id: string | undefined): End {
  const [, account, namespace] = /^([a-z0-9.-]+?)\.([a-z0-9-]+)\.serviceaccount\.identity\./.exec(id ?? '') ?? []
  if (!account || !namespace) return { ref: { reserved: 'unknown' } }
  return { ref: { namespace, ...(account !== 'default' && { workload: { kind: 'Workload', name: account } }) } }
}

/** `opaque` is TLS of the application that passes through; only what has no TLS at all says why. */
export function encryptionOf({ tls, no_tls_reason }: Labels): {
  readonly encryption: EncryptionEvidence
  readonly reason: string
} {
  switch (tls) {
    case 'true':
      return { encryption: 'mtls', reason: '' }
    case 'no_identity':
      return { encryption: 'plaintext', reason: no_tls_reason ?? '' }
    case 'disabled':
      return { encryption: 'plaintext', reason: '' }
    case 'opaque':
      return { encryption: 'tls', reason: '' }
    default:
      return { encryption: 'unknown', reason: '' }
  }
}
