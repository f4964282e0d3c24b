import type { Basis, EncryptionClass, EncryptionUnit } from '@/core/encryption/classes'
import type { ClassShare, EdgeEncryption, EncryptionSummary } from '@/core/encryption/edge-encryption'
import { dash, formatPercent } from './format'
import type { Status } from './status-mark'

export const summaryWords: Readonly<Record<EncryptionSummary, string>> = {
  'mtls+tunnel': 'mTLS in a tunnel',
  mtls: 'mTLS',
  tunnel: 'tunnel only',
  tls: 'TLS, peer not verified',
  'same-node': 'stays on its node',
  plaintext: 'plaintext',
  unknown: 'no evidence',
  mixed: 'partly encrypted',
}

/** Where there is little room. */
export const classWords: Readonly<Record<EncryptionClass, string>> = {
  ...summaryWords,
  'mtls+tunnel': 'mTLS + tunnel',
  tunnel: 'tunnel',
  tls: 'TLS',
  'same-node': 'same node',
}

export const summaryStatus = (summary: EncryptionSummary): Status =>
  summary === 'plaintext' || summary === 'mixed' ? 'warn' : summary === 'unknown' ? 'unknown' : 'ok'

const main = ['requests', 'connections', 'bytes'] as const satisfies readonly EncryptionUnit[]

/** Shares in the first unit that was counted: requests, else connections, else bytes. */
export function mainShares({ units }: EdgeEncryption): readonly ClassShare[] {
  return main.map((unit) => units[unit]).find((shares) => shares !== null) ?? []
}

const whole = 0.9995

/** `mTLS`, `mTLS 92 %, plaintext 8 %`; `no evidence` where nobody tells. */
export function shareWords(shares: readonly ClassShare[]): string {
  const [first] = shares
  if (!first) return classWords.unknown
  if (first.share >= whole) return classWords[first.class]
  return shares.map((each) => `${classWords[each.class]} ${formatPercent(each.share)}`).join(', ')
}

const inferred: Readonly<Record<EncryptionClass, string>> = {
  'mtls+tunnel': 'inferred',
  mtls: 'inferred from its port, which is that of a mesh',
  tunnel: 'inferred',
  tls: 'inferred from its port',
  'same-node': 'inferred',
  plaintext: 'inferred: no mesh, no tunnel, no TLS seen',
  unknown: 'nothing tells',
}

/** How a class is known: `measured by prometheus:istio/destination`, `by placement`. */
export function basisWords({ class: name, basis, witnesses }: ClassShare): string {
  const by = witnesses.length === 0 ? '' : ` by ${witnesses.join(', ')}`
  if (name === 'unknown') return by ? `not told${by}` : inferred.unknown
  const words: Readonly<Record<Basis, string>> = {
    measured: `measured${by}`,
    placement: by ? `by placement of the pods, told${by}` : 'by placement of the pods',
    inferred: inferred[name],
  }
  return words[basis]
}

/** `92 %`, or `83–91 %` where a part is not known. */
export function boundsWords(coverage: { readonly least: number; readonly most: number } | null): string {
  if (!coverage) return dash
  const [least, most] = [formatPercent(coverage.least), formatPercent(coverage.most)]
  return least === most ? least : `${least.replace(/\s*%$/, '')}–${most}`
}
