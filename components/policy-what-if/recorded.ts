import type { PolicyGround } from '@/core/policy/ground'
import { tierMs } from '@/core/time'
import { formatDuration } from '../format'
import { type GroundPeriod, groundPeriods } from './panel-props'

const periodMs: Readonly<Record<GroundPeriod, number>> = {
  '1h': tierMs['1h'],
  '24h': tierMs['1d'],
  '14d': 14 * tierMs['1d'],
  '30d': 30 * tierMs['1d'],
}

type Recorded = Pick<PolicyGround, 'period' | 'recordedFrom'>

/** How long before the end of the period something is recorded, milliseconds; null: nothing is, or it is not told. */
const recordedMs = ({ period, recordedFrom }: Recorded): number | null =>
  recordedFrom === undefined || recordedFrom >= period.to ? null : period.to - recordedFrom

/** Whether a period reaches back behind all that is recorded further than a shorter one already does. */
export function isBeyond(period: GroundPeriod, ground: Recorded): boolean {
  const recorded = recordedMs(ground)
  const shorter = groundPeriods[groundPeriods.indexOf(period) - 1]
  return recorded !== null && shorter !== undefined && periodMs[shorter] >= recorded
}

/** What is recorded of a period, where that is not all of it: `only 42 min are recorded`; else ''. */
export function recordedWords(period: GroundPeriod, ground: Recorded): string {
  const recorded = recordedMs(ground)
  return recorded === null || recorded >= periodMs[period] ? '' : `only ${formatDuration(recorded)} recorded`
}
