import type { Denial } from '@/core/flows/denials'
import { formatCount } from '../format'

/** `816 denied`, `816 denied and 612 let pass by audit mode`: what only would have been denied was not. */
export function denialCounts(denials: readonly Pick<Denial, 'verdict' | 'count'>[]): string {
  const sum = (audited: boolean) =>
    denials.reduce((all, { verdict, count }) => all + ((verdict === 'audited') === audited ? count : 0), 0)
  const [denied, audited] = [sum(false), sum(true)]
  return audited === 0
    ? `${formatCount(denied)} denied`
    : `${formatCount(denied)} denied and ${formatCount(audited)} let pass by audit mode`
}
