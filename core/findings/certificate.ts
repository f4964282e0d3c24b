import { certificatesAt, type CertificateState, type CertificateStateName } from '../encryption/certificate-states'
import { countWords, listWords, spanWords } from '../text/words'
import type { Audit } from './context'
import type { Draft, Severity } from './finding'

const severities: Readonly<Record<Exclude<CertificateStateName, 'valid'>, Severity>> = {
  expired: 'failing',
  soon: 'degraded',
  late: 'degraded',
}

const meshNames = { istio: 'Istio', linkerd: 'Linkerd' } as const

/** Certificates of a mesh that have ended, are about to, or were not renewed when they should; alike ones are one finding. */
export const certificate: Audit = ({ world }) => {
  const groups = new Map<string, CertificateState[]>()
  for (const each of certificatesAt(world.ground?.certificates ?? [], world.window.to)) {
    if (each.state === 'valid') continue
    const key = [each.cluster, each.mesh, each.level, each.state].join(' ')
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  return [...groups.values()].flatMap((alike): Draft[] => {
    const [first] = alike
    if (!first || first.state === 'valid') return []
    const { mesh, level, state, leftMs, cluster } = first
    const who = alike.map(({ subject }) => subject)
    const kind = `${meshNames[mesh]} ${level} certificate`
    const name = alike.length === 1 ? `The ${kind} of ${first.subject}` : countWords(alike.length, kind)
    return [
      {
        audit: 'certificate',
        severity: severities[state],
        title: `${name} ${endingWords(state, leftMs, alike.length > 1)}`,
        sentence: `In ${cluster}: ${listWords(who)}. Without it, what ${meshNames[mesh]} encrypts fails.`,
        subject: null,
        endpoints: [],
        affected: [],
        evidence: [{ figure: 'ends', value: new Date(first.notAfter).toISOString(), witness: null }],
        watch: null,
        weight: alike.length,
      },
    ]
  })
}

function endingWords(state: CertificateStateName, leftMs: number, many: boolean): string {
  const left = spanWords(Math.abs(leftMs))
  if (state === 'expired') return `${many ? 'have' : 'has'} expired, ${many ? 'the first ' : ''}${left} ago`
  if (state === 'late') return `${many ? 'are' : 'is'} renewed late: ${left} left`
  return `${many ? 'expire' : 'expires'} in ${left}`
}
