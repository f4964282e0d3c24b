import { type Versus } from '@/core/compare/compare-window'
import { formatWhen } from '../format'

/** What a window is compared with, as the end of a sentence: `the 15 min before`. */
export function versusWords(versus: Versus, now?: number): string {
  if (versus === 'previous') return 'just before'
  if (versus === 'day') return 'a day earlier'
  if (versus === 'week') return 'a week earlier'
  return `from ${formatWhen(versus, 'min', now)}`
}
