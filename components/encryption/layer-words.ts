import type { IdentityKind, Shares, WayKind } from '@/core/encryption/join-layers'
import { formatPercent } from '../format'

export const identityWords: Readonly<Record<IdentityKind, string>> = {
  mtls: 'mTLS',
  tls: 'TLS, peer not verified',
  plaintext: 'plaintext, seen',
  absent: 'no mesh at one end and no TLS seen',
  presumed: 'TLS by its port',
  unknown: 'not told',
}

export const wayWords: Readonly<Record<WayKind, string>> = {
  tunnel: 'tunnel',
  'same-node': 'same node',
  open: 'open',
  'not-tunnel': 'open or same node',
  'not-open': 'tunnel or same node',
  unknown: 'not told',
}

/** `mTLS 80 %, not told 20 %`. */
export function sharesText<Kind extends string>(shares: Shares<Kind>, words: Readonly<Record<Kind, string>>): string {
  const kinds = (Object.keys(words) as Kind[]).filter((kind) => (shares[kind] ?? 0) > 0)
  return kinds.map((kind) => `${words[kind]} ${formatPercent(shares[kind])}`).join(', ')
}

/** The way as placement alone would have it. */
export const expectedText = (shares: Shares<WayKind>): string => sharesText(shares, wayWords) || 'not known'
