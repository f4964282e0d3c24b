import type { Certificate } from './ground'

/**
 * `soon`: it ends within the time in which somebody must act by hand; `late`: a workload's that its proxy should have
 * renewed by now.
 */
export const certificateStates = ['expired', 'soon', 'late', 'valid'] as const
export type CertificateStateName = (typeof certificateStates)[number]

export type CertificateState = Certificate & { readonly state: CertificateStateName; readonly leftMs: number }

const day = 86_400_000
/** Roots and issuers are renewed by hand where nobody set up better. */
const soonMs = { root: 30 * day, issuer: 14 * day, workload: 3_600_000 } as const
/**
 * Less of its life than this is left. Proxies renew halfway (Istio's SECRET_GRACE_PERIOD_RATIO) or at 70 % (Linkerd),
 * and whoever sets up cert-manager for an issuer leaves a third by its default.
 */
const lateShare = 0.2

/** A workload of which nothing was read for so long is gone, and its certificate with it. */
const goneMs = 1_800_000

/** Certificates with their state at `now`, the next to expire first. O(certificates × log). */
export const certificatesAt = (certificates: readonly Certificate[], now: number): readonly CertificateState[] =>
  certificates
    .filter(({ level, readAt }) => level !== 'workload' || now - readAt < goneMs)
    .map((certificate) => ({ ...certificate, leftMs: certificate.notAfter - now, state: stateAt(certificate, now) }))
    .sort((a, b) => a.notAfter - b.notAfter || (a.subject < b.subject ? -1 : 1))

function stateAt({ level, notBefore, notAfter }: Certificate, now: number): CertificateStateName {
  const left = notAfter - now
  if (left <= 0) return 'expired'
  const share = notBefore === null ? null : (notAfter - notBefore) * lateShare
  if (level === 'workload' && share !== null) return left < share ? 'late' : 'valid'
  // What lives shorter than the limit is not about to end for all of its life.
  return left < Math.min(soonMs[level], share ?? Infinity) ? 'soon' : 'valid'
}
