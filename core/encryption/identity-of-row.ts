import type { EdgeRow } from '../world'
import { sourceParts } from '../witness/witness'
import type { IdentityKind } from './join-layers'
import { isTlsPort } from './tls-ports'

/**
 * What a row tells of the identity layer. That Hubble could read a request, DNS question or Kafka message proves
 * that it was in plaintext there; on a port of TLS it rather read what Cilium's own proxy decrypted (its ingress, or
 * inspection), so only the port tells. A proxy that passed bytes on to a port of TLS says only that the mesh did not
 * encrypt them. O(1).
 */
export function identityOfRow({ facet }: Pick<EdgeRow, 'facet'>, edge: Parameters<typeof isTlsPort>[0]): IdentityKind {
  const { encryption, l7, source } = facet
  if (encryption === 'mtls' || encryption === 'tls') return encryption
  if (encryption === 'plaintext') return l7 === 'none' && isTlsPort(edge) ? 'presumed' : 'plaintext'
  const read = l7 !== 'none' && l7 !== 'unknown' && sourceParts(source).type === 'hubble'
  return read ? (isTlsPort(edge) ? 'presumed' : 'plaintext') : 'unknown'
}
