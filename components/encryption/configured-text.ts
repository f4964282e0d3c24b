import type { Configured } from '@/core/encryption/configured'

/** `STRICT by shop/default, callers told SIMPLE by shop/web`; '' where Istio is told nothing. */
export function configuredText({ peer, client }: Configured): string {
  return [
    peer && `${peer.mode}${peer.by ? ` by ${peer.by}` : ' by default'}`,
    client && `callers told ${client.mode} by ${client.by}`,
  ]
    .filter(Boolean)
    .join(', ')
}
