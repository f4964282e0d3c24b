'use client'

import { type Protocol, protocols, type Verdict, verdicts } from '@/core/verdict'
import { StatusMark, verdictStatus } from '../status-mark'
import { ChoiceMenu } from '../ui/menu'

const any = 'any'
const verdictOrder: readonly Verdict[] = ['denied', 'error', 'audited', 'allowed', 'unknown']

type Props = {
  verdict: Verdict | null
  proto: Protocol | null
  onChange: (filters: { verdict?: Verdict | null; proto?: Protocol | null }) => void
}

/** The two filters that are wanted most, one press away. */
export function FlowFilters({ verdict, proto, onChange }: Props) {
  return (
    <>
      <ChoiceMenu
        label="Verdict"
        value={verdict ?? any}
        onChange={(next) => onChange({ verdict: verdicts.find((one) => one === next) ?? null })}
        choices={[
          { value: any, label: 'Any verdict' },
          ...verdictOrder.map((one) => ({
            value: one,
            label: <StatusMark status={verdictStatus[one]} label={one} showLabel />,
          })),
        ]}
      >
        {verdict === null ? 'Any verdict' : <StatusMark status={verdictStatus[verdict]} label={verdict} showLabel />}
      </ChoiceMenu>
      <ChoiceMenu
        label="Protocol"
        value={proto ?? any}
        onChange={(next) => onChange({ proto: protocols.find((one) => one === next) ?? null })}
        choices={[{ value: any, label: 'Any protocol' }, ...protocols.map((one) => ({ value: one, label: one }))]}
      >
        {proto ?? 'Any protocol'}
      </ChoiceMenu>
    </>
  )
}
