import { filterFields } from '@/core/filter-ast'
import { parseFilter } from '@/core/filter-parse'
import { filterTerms } from '@/core/filter-terms'

/** What could be written at the caret: `text` replaces the filter between `from` and `to`. */
export type Completion = { readonly text: string; readonly help: string; readonly from: number; readonly to: number }

const offeredAtMost = 8

/** Terms and values of the filter language that go on from the word at the caret. Nothing inside quotes. */
export function completionsAt(text: string, caret: number): Completion[] {
  const before = text.slice(0, caret)
  if ((before.match(/"/g)?.length ?? 0) % 2 === 1) return []
  const word = /[^\s()!]*$/.exec(before)?.[0] ?? ''
  const from = caret - word.length
  const rest = /^[^\s()]*/.exec(text.slice(caret))?.[0] ?? ''
  const to = caret + rest.length
  const colon = word.indexOf(':')
  if (colon === -1) {
    const typed = word.toLowerCase()
    return filterFields
      .filter((field) => field.startsWith(typed))
      .sort((a, b) => order.indexOf(a) - order.indexOf(b))
      .slice(0, offeredAtMost)
      .map((field) => ({
        text: `${field}:`,
        help: `${filterTerms[field].help}, e.g. ${filterTerms[field].example}`,
        from,
        to,
      }))
  }
  const field = filterFields.find((one) => one === word.slice(0, colon).toLowerCase())
  if (!field) return []
  const typed = word.slice(colon + 1).toLowerCase()
  return filterTerms[field].values
    .filter((value) => value.startsWith(typed) && value !== typed)
    .slice(0, offeredAtMost)
    .map((value) => ({ text: `${field}:${value} `, help: filterTerms[field].help, from, to }))
}

const order: readonly string[] = Object.keys(filterTerms)

/** The filter with a completion in it, and where the caret goes. */
export function completed(text: string, completion: Completion): { text: string; caret: number } {
  const after = text.slice(completion.to).replace(/^ /, completion.text.endsWith(' ') ? '' : ' ')
  return {
    text: `${text.slice(0, completion.from)}${completion.text}${after}`,
    caret: completion.from + completion.text.length,
  }
}

/** What is wrong with a filter, as one sentence; null where nothing is. */
export const filterProblem = (text: string): string | null => parseFilter(text).errors[0]?.message ?? null
