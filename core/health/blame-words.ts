import type { Ailment } from './blame-shares'
import type { Blame } from './blame'
import { spokenName } from '../redact'
import { countWords, percentWords } from '../text/words'

const subjects: Readonly<Record<Ailment, { readonly begin: string; readonly self: string }>> = {
  errors: { begin: 'of these errors begin', self: 'These errors begin here' },
  latency: { begin: 'of this time is spent', self: 'This time is spent here' },
}

/** `98 % of these errors begin one hop on: payments → api.cardnet.example.` Says also what cannot be known. */
export function blameSentence({ ailment, hops, end, exact }: Blame): string {
  const last = hops.at(-1)
  const { begin, self } = subjects[ailment]
  if (!last) {
    if (end === 'here') return `${self}: nothing that it calls accounts for most of it.`
    if (end === 'spread') return 'Several of its callees account for most of it together, and none alone.'
    if (end === 'hidden') return 'Where it begins is outside your scope.'
    if (end === 'blind') return 'Whether it begins here is unknown: no response of its callees was seen.'
    return ''
  }
  const { from, to } = last.call.edge
  const share = `${exact ? '' : 'about '}${percentWords(last.share)} ${begin} ${countWords(hops.length, 'hop')} on`
  const where = `${share}: ${spokenName(from)} → ${spokenName(to)}.`
  const sentence = where.charAt(0).toUpperCase() + where.slice(1)
  if (end === 'hidden') return `${sentence} Whether it begins there or behind it is outside your scope.`
  if (end === 'blind') return `${sentence} Whether it begins there or behind it is unknown.`
  if (end === 'spread') return `${sentence} There several callees account for it together.`
  return sentence
}
