import type { Onset } from '@/core/health/onset'
import type { ServiceDetail, ServiceEdge } from '@/core/services/service-detail'
import { percentWords } from '@/core/text/words'
import { formatWhen } from '../format'

type Ailing = Pick<ServiceDetail, 'health' | 'onsets' | 'callees' | 'incoming' | 'presence'>

/** What is looked for the cause of; null where it is well or nothing tells. */
export function ailmentOf({ health, onsets, incoming }: Ailing): 'errors' | 'latency' | null {
  if (health !== 'failing' && health !== 'degraded') return null
  if (incoming?.serverErrors) return 'errors'
  return onsets.p95 ? 'latency' : null
}

/** The onset of what ails it. */
export const onsetOf = (service: Ailing): Onset | null => {
  const ailment = ailmentOf(service)
  return ailment && service.onsets[ailment === 'errors' ? 'errors' : 'p95']
}

/** ` since 14:22`, ` from 14:22 to 14:31`, ` since 14:10 at least`; '' where it is not known. */
export function sinceWords(onset: Onset | null): string {
  if (!onset) return ''
  const at = formatWhen(onset.at, 'min')
  if (onset.until !== null) return ` from ${at} to ${formatWhen(onset.until, 'min')}`
  return onset.atLeast ? ` since ${at} at least` : ` since ${at}`
}

/** A callee with less than this share does not explain its caller. */
const explains = 0.5
/** A share below this is not worth a word in the table. */
const worthSaying = 0.1

/** The callee that accounts for most of what ails it. */
export function culpritOf(service: Ailing): { readonly edge: ServiceEdge; readonly share: number } | null {
  const ailment = ailmentOf(service)
  if (!ailment) return null
  const shares = service.callees.map((edge) => ({ edge, share: edge.blame?.[ailment] ?? 0 }))
  const [most] = shares.toSorted((a, b) => b.share - a.share)
  return most && most.share >= explains ? most : null
}

/** Where it begins, as a sentence; '' where it is well. `culprit`: the name that the sentence is about stays out of it. */
export function causeSentence(service: Ailing): string {
  const ailment = ailmentOf(service)
  if (!ailment) return ''
  const what = ailment === 'errors' ? 'these errors' : 'this time'
  const culprit = culpritOf(service)
  if (culprit) {
    const about = culprit.edge.blame?.exact ? '' : 'about '
    const text = `${about}${percentWords(culprit.share)} of ${what} ${ailment === 'errors' ? 'come from' : 'is spent waiting on'}`
    return text.charAt(0).toUpperCase() + text.slice(1)
  }
  if (service.callees.length === 0) return 'It calls nobody, so it begins here.'
  const known = service.callees.filter(({ blame }) => blame?.[ailment] !== null && blame !== null)
  if (known.length === 0) return 'Whether it begins here is not known: no response of its callees was seen.'
  return `No callee accounts for most of ${what}: ${ailment === 'errors' ? 'they begin' : 'it is spent'} here.`
}

/** What a callee adds, for its row: `98 % of the errors`, `57 % of the time`; '' where it is little. */
export function blameWords({ blame }: ServiceEdge, ailment: 'errors' | 'latency' | null): string {
  if (!blame) return ''
  const about = blame.exact ? '' : 'about '
  const say = (share: number | null, what: string) =>
    share !== null && share >= worthSaying ? `${about}${percentWords(share)} of the ${what}` : ''
  return (ailment === 'errors' && say(blame.errors, 'errors')) || say(blame.latency, 'time')
}
