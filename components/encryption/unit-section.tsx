import type { UnitEvidence } from '@/core/encryption/classify-edge'
import { totalOf } from '@/core/encryption/coverage'
import { formatPercent } from '../format'
import { Section } from '../map/panel/panel-parts'
import { ClassLine } from './class-line'
import { amountText, unitWords } from './class-words'
import { TellersText } from './tellers-text'

/** One unit of an edge by class: how much, how sure, and whose words it rests on. */
export function UnitSection({ evidence: { unit, amounts, classes, teller } }: { evidence: UnitEvidence }) {
  const all = totalOf(amounts)
  return (
    <Section title={`In ${unitWords[unit]}`} count={amountText(all, unit)}>
      <ul aria-label={`Classes in ${unitWords[unit]}`}>
        {classes.map((each) => (
          <ClassLine key={each.class} of={each} className="py-1">
            {formatPercent(each.amount / all)}
          </ClassLine>
        ))}
      </ul>
      <p className="text-xs text-fg-3">
        Counted by <TellersText witnesses={[teller]} />.
      </p>
    </Section>
  )
}
