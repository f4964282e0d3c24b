import type { Coverage } from '@/core/encryption/classes'
import { dash, hard } from '../format'

/** Rounded to `digits`; what is not all is never 100, what is not nothing never 0. */
function percent(share: number, digits: 0 | 1): string {
  const step = digits === 0 ? 1 : 0.1
  const value = share * 100
  const kept = share < 1 ? Math.min(value, 100 - step) : value
  return (share > 0 ? Math.max(kept, step) : kept).toFixed(digits)
}

const trim = (text: string) => text.replace(/\.0$/, '')

/** `83–86 %`; one figure where both bounds are the same, with a decimal where they would look alike without. */
export function coverageText(coverage: Coverage | null, between = '–'): string {
  if (!coverage) return dash
  const { least, most } = coverage
  if (isExact(coverage)) return `${trim(percent((least + most) / 2, 1))}${hard}%`
  const digits = percent(least, 0) === percent(most, 0) ? 1 : 0
  const [low, high] = [percent(least, digits), percent(most, digits)]
  return low === high ? `${trim(low)}${hard}%` : `${low}${between}${high}${hard}%`
}

/** Whether nothing that is unknown could change the figure. */
export const isExact = ({ least, most }: Coverage): boolean => most - least < 0.0005

/** Whether coverageText shows two bounds, not one figure. */
export const showsBounds = (coverage: Coverage | null): boolean =>
  coverage !== null && coverageText(coverage).includes('–')

/** `at least 83 %, at most 86 %`; that there is no doubt where both are one. */
export function boundsText(coverage: Coverage | null): string {
  if (!coverage) return 'nothing went between nodes'
  if (isExact(coverage))
    return coverage.most > coverage.least ? `less than 0.1${hard}% has no evidence` : 'all of it has evidence'
  const [least, most] = coverageText(coverage).replace(`${hard}%`, '').split('–')
  return most === undefined ? `about 0.1${hard}% has no evidence` : `at least ${least}${hard}%, at most ${most}${hard}%`
}
