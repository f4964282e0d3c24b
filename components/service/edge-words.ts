import type { EvidenceShare } from '@/core/service-detail'
import type { EncryptionEvidence } from '@/core/verdict'
import type { Status } from '../status-mark'
import { formatPercent } from '../format'

const names: Readonly<Record<EncryptionEvidence, string>> = {
  unknown: 'no evidence',
  plaintext: 'plaintext',
  mtls: 'mTLS',
  tls: 'TLS',
  wireguard: 'WireGuard',
  ipsec: 'IPsec',
  tunnel: 'tunnel',
}

const whole = 0.9995

/** `mTLS`, `mTLS 92 %, plaintext 8 %`, `mTLS and WireGuard`; `no evidence` without any. */
export function encryptionWords(shares: readonly EvidenceShare[]): string {
  if (shares.length === 0) return names.unknown
  const parts = shares.map(({ evidence, share }) =>
    share >= whole ? names[evidence] : `${names[evidence]} ${formatPercent(share)}`,
  )
  return shares.every(({ share }) => share >= whole) ? parts.join(' and ') : parts.join(', ')
}

/** Plaintext anywhere is a warning; unknown is not health. */
export const encryptionMark = (shares: readonly EvidenceShare[]): Status =>
  shares.length === 0 ? 'unknown' : shares.some(({ evidence }) => evidence === 'plaintext') ? 'warn' : 'ok'
