import type { UnitEvidence } from '@/core/encryption/classify-edge'
import { totalOf } from '@/core/encryption/coverage'
import { formatPercent } from '../format'
import { Section } from '../map/panel-parts'
import { ClassMark } from './class-mark'
import { amountText, basisWords, classWords, unitWords } from './class-words'
import { TellersText } from './tellers-text'

/** One unit of an edge by class: how much, how sure, and whose words it rests on. */
export function UnitSection({ evidence: { unit, amounts, classes, teller } }: { evidence: UnitEvidence }) {
  const all = totalOf(amounts)
  return (
    <Section title={`In ${unitWords[unit]}`} count={amountText(all, unit)}>
      <ul aria-label={`Classes in ${unitWords[unit]}`}>
        {classes.map(({ class: each, amount, basis, witnesses }) => (
          <li key={each} className="flex items-baseline gap-2 py-1">
            <ClassMark of={each} />
            <span className="min-w-0 flex-1">
              {classWords[each]}
              <span className="block text-xs text-fg-3">
                {basisWords(basis, each)}
                {witnesses.length > 0 && ', '}
                <TellersText witnesses={witnesses} />
              </span>
            </span>
            <span className="shrink-0">{formatPercent(amount / all)}</span>
          </li>
        ))}
      </ul>
      <p className="text-xs text-fg-3">
        Counted by <TellersText witnesses={[teller]} />.
      </p>
    </Section>
  )
}
