import { type EffectName, effectNames, type WhatIf } from '@/core/policy/what-if/answer'
import { formatMs, formatShort, plural } from '../format'
import { effectWords } from './effect-words'
import { lockOutWords } from './lock-out-words'
import type { Answered } from './use-answer'

/** Effects in the order that they are told. */
export const effectOrder: readonly EffectName[] = ['newly-denied', 'newly-allowed', 'undecidable', 'unaffected']

export const unreadable = 'The text cannot be read, so what it would do is not known.'
export const lastReadable = 'The text has an error. This is about the last text that could be read.'

/** The draft is of no object that could be read. */
export const isUntouched = ({ effects, selections, possible }: WhatIf): boolean =>
  selections.length === 0 && possible.changes.length === 0 && effectNames.every((name) => effects[name].edges === 0)

/** How many edges an answer is about; '' where the draft has nothing that could be read. */
export function basisText(answer: WhatIf | null, { ms, current }: Answered<WhatIf>, readable: boolean): string {
  if (!answer) return 'working it out …'
  if (!readable && isUntouched(answer)) return ''
  const groups = Object.values(answer.effects)
  const edges = groups.reduce((sum, one) => sum + one.edges, 0)
  const connections = groups.reduce((sum, one) => sum + one.connections, 0)
  const basis = `${plural(edges, 'edge')} concerned of ${formatShort(edges + answer.elsewhere.edges)}, ${formatShort(connections)} ${connections === 1 ? 'connection' : 'connections'}`
  return `${basis}, ${current ? `answered in ${formatMs(ms)}` : 'newer text is being worked out'}`
}

/** The same for who listens. What could not be read or checked is no zero and no health. */
export function spokenEffects(answer: WhatIf, readable: boolean): string {
  if (isUntouched(answer)) return readable ? 'Nothing is changed yet.' : unreadable
  const figures = effectOrder.map(
    (name) => `${effectWords[name].title}: ${plural(answer.effects[name].edges, 'edge')}.`,
  )
  const { words } = lockOutWords(answer.lockOuts, readable)
  return [...(readable ? [] : [lastReadable]), ...figures, `${words.charAt(0).toUpperCase()}${words.slice(1)}.`].join(
    ' ',
  )
}
