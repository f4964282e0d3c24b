import type { CertificateState, CertificateStateName } from '@/core/encryption/certificate-states'
import { formatDateTime, formatDuration, plural } from '../format'
import { type Status, StatusMark } from '../status-mark'

export const certificateLook: Readonly<Record<CertificateStateName, { status: Status; words: string }>> = {
  expired: { status: 'bad', words: 'expired' },
  soon: { status: 'warn', words: 'ends soon' },
  late: { status: 'warn', words: 'not renewed in time' },
  valid: { status: 'ok', words: 'valid' },
}

/** `Istio root certificate`, `Linkerd certificate of shop/web`. */
export const certificateName = ({ mesh, level, namespace, subject }: CertificateState): string => {
  const name = mesh === 'istio' ? 'Istio' : 'Linkerd'
  return level === 'workload' ? `${name} certificate of ${namespace}/${subject}` : `${name} ${level} certificate`
}

/** `expires in 9 d 4 h`, `expired 2 h ago`. */
export const certificateEnd = ({ leftMs }: CertificateState): string =>
  leftMs > 0 ? `expires in ${formatDuration(leftMs)}` : `expired ${formatDuration(-leftMs)} ago`

/** Roots and issuers always, workloads' where something is wrong, the others as a count. */
export function Certificates({ certificates }: { certificates: readonly CertificateState[] }) {
  const workloads = certificates.filter(({ level }) => level === 'workload')
  const unwell = workloads.filter(({ state }) => state !== 'valid')
  const shown = [...certificates.filter(({ level }) => level !== 'workload'), ...unwell.slice(0, 5)]
  const next = workloads.find(({ state }) => state === 'valid')
  return (
    <div className="mt-2.5 border-t border-line pt-2">
      {certificates.length === 0 && <p className="text-xs text-fg-2">No source tells of certificates of a mesh.</p>}
      <ul aria-label="Certificates">
        {shown.map((certificate) => (
          <li
            key={`${certificate.cluster} ${certificate.mesh} ${certificate.level} ${certificate.namespace} ${certificate.subject}`}
            className="flex min-h-6 items-center gap-2 text-xs"
            title={`${certificate.cluster}: ${certificate.subject}, until ${formatDateTime(certificate.notAfter, 'min')}`}
          >
            <StatusMark
              {...{
                status: certificateLook[certificate.state].status,
                label: certificateLook[certificate.state].words,
              }}
            />
            {certificateName(certificate)} {certificateEnd(certificate)}
          </li>
        ))}
      </ul>
      {unwell.length > 5 && <p className="text-xs text-fg-3">and {unwell.length - 5} more of workloads</p>}
      {next && (
        <p className="text-xs text-fg-3">
          {plural(workloads.length - unwell.length, 'workload certificate')} valid, the next expires in{' '}
          {formatDuration(next.leftMs)}
        </p>
      )}
    </div>
  )
}
