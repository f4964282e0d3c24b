import type { DraftTestResult } from '@/core/policy/what-if/answer'
import { plural } from '../format'

/** `all hold`, `1 of 3 tests does not hold, 1 is left open`: what is left open neither holds nor fails. */
export function holdsWords(tests: number, results: readonly Pick<DraftTestResult, 'holds'>[]): string {
  const count = (wanted: DraftTestResult['holds']) => results.filter(({ holds }) => holds === wanted).length
  const [failing, open] = [count('no'), count('unclear')]
  if (failing + open === 0) return 'all hold'
  const of = ` of ${plural(tests, 'test')}`
  const openWords = (after: string) => `${open}${after} ${open === 1 ? 'is' : 'are'} left open`
  return failing === 0
    ? openWords(of)
    : `${failing}${of} ${failing === 1 ? 'does' : 'do'} not hold${open > 0 ? `, ${openWords('')}` : ''}`
}
