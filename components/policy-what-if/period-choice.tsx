'use client'

import type { PolicyGround } from '@/core/policy/ground'
import { formatDateTime } from '../format'
import { Segmented } from '../ui/segmented'
import { periodWords } from './effect-words'
import { type GroundPeriod, groundPeriods } from './panel-props'
import { isBeyond, recordedWords } from './recorded'

type Props = {
  ground: PolicyGround | undefined
  period: GroundPeriod
  onPeriod: (period: GroundPeriod) => void
}

/** How far back recorded traffic is looked at, and how much of that is recorded. */
export function PeriodChoice({ ground, period, onPeriod }: Props) {
  const since = ground?.recordedFrom
  const words = ground ? recordedWords(period, ground) : ''
  return (
    <>
      <Segmented
        label="Period of recorded traffic"
        size="sm"
        value={period}
        options={groundPeriods.map((value) =>
          ground && isBeyond(value, ground)
            ? { value, label: periodWords[value], note: 'Nothing is recorded this far back' }
            : { value, label: periodWords[value] },
        )}
        onChange={onPeriod}
      />
      {words !== '' && (
        <span
          className="text-xs text-fg-2"
          title={since === undefined ? undefined : `Since ${formatDateTime(since, 'min')}`}
        >
          {words}
        </span>
      )}
    </>
  )
}
