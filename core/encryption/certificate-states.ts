import type { Certificate } from './ground'

/**
 * `late`: of its life less than this share is left, so that its renewal is overdue. `soon`: it ends within the time
 * in which somebody must act by hand.
 */
export const certificateStates = ['expired', 'soon', 'late', 'valid'] as const
export type CertificateStateName = (typeof certificateStates)[number]

export type CertificateState = Certificate & { readonly state: CertificateStateName; readonly leftMs: number }

const day = 86_400_000
/** Roots and issuers are often renewed by hand; workloads' are renewed by their proxies, which do so halfway (Istio) or at 70 % (Linkerd). */
const soonMs = { root: 30 * day, issuer: 14 * day, workload: 3_600_000 } as const
const lateShare = 0.2

/** Certificates with their state at `now`, the next to expire first. O(certificates × log). */
export const certificatesAt = (certificates: readonly Certificate[], now: number): readonly CertificateState[] =>
  certificates
    .map((certificate) => ({ ...certificate, leftMs: certificate.notAfter - now, state: stateAt(certificate, now) }))
    .sort((a, b) => a.notAfter - b.notAfter || (a.subject < b.subject ? -1 : 1))

function stateAt({ level, notBefore, notAfter }: Certificate, now: number): CertificateStateName {
  const left = notAfter - now
  if (left <= 0) return 'expired'
  // A certificate that lives shorter than the limit is never "soon" for most of its life.
  const life = notBefore === null ? null : notAfter - notBefore
  const limit = life === null ? soonMs[level] : Math.min(soonMs[level], life * lateShare)
  if (level !== 'workload') return left < limit ? 'soon' : 'valid'
  if (life === null) return left < limit ? 'soon' : 'valid'
  return left < life * lateShare ? 'late' : 'valid'
}
