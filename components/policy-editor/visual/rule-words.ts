import type { Picked } from '@/core/policy/edit/match-picks'
import { peerTitle } from '@/core/policy/edit/pick-words'
import type { VisualRule } from '@/core/policy/edit/visual'
import type { PolicyGround } from '@/core/policy/ground'
import type { Direction } from '@/core/policy/normal-form'
import type { Window } from '@/core/time'
import { formatAgo, formatDuration, plural } from '../../format'
import { nameWithin } from './picked-words'
import type { RuleTraffic } from './rule-traffic'

const mostNamed = 3

/** Whom a rule is about: the workloads that it matches now where they are few, else what it asks. */
export function ruleTitle(rule: VisualRule, picked: Picked, own: string | null, direction: Direction): string {
  if (rule.name) return rule.name
  const { peers } = rule
  if (peers.are === 'everything') return direction === 'ingress' ? 'Anybody' : 'Anywhere'
  if (peers.are !== 'some') return 'Nobody'
  const names = picked === 'unknown' ? [] : picked.workloads.map((one) => nameWithin(one, own))
  if (names.length > 0 && names.length <= mostNamed) return names.join(', ')
  const titles = [...new Set(peers.items.map(({ value }) => peerTitle(value)))]
  return titles.length === 1
    ? (titles[0] ?? '')
    : titles
        .join(', ')
        .toLowerCase()
        .replace(/^./, (c) => c.toUpperCase())
}

/** What of a period anything was recorded in: of the rest it is not known whether a rule was used. */
export const recordedPeriod = ({ period, recordedFrom }: Pick<PolicyGround, 'period' | 'recordedFrom'>): Window => ({
  from: Math.min(Math.max(period.from, recordedFrom ?? period.from), period.to),
  to: period.to,
})

/** When a rule was last seen in recorded traffic; what is not known is not said as never. */
export function trafficWords(traffic: RuleTraffic | null, now: number, period: Window): string {
  if (traffic === null) return 'use not counted here'
  const { lastAllowed, lastDenied } = traffic
  if (lastAllowed !== null && (lastDenied === null || lastAllowed >= lastDenied))
    return `used ${formatAgo(lastAllowed, now)}`
  if (lastDenied !== null) return `${plural(traffic.denied, 'attempt')} denied, last ${formatAgo(lastDenied, now)}`
  return traffic.edges > 0 ? 'seen, verdict not told' : `not used in ${formatDuration(period.to - period.from)}`
}
