import { endFields } from '@/core/filter/filter-ast'
import { parseFilter } from '@/core/filter/filter-parse'
import { fieldNames, filterTerms } from '@/core/filter/filter-terms'
import type { FilterError } from '@/core/filter/filter-tokens'
import type { FieldValue } from '@/core/filter/filter-values'
import type { Spot } from './filter-spot'

/** What could be written: `text` replaces the filter between `from` and `to`; `shown` is what is read. */
export type Completion = {
  readonly text: string
  readonly shown: string
  readonly help: string
  /** On how many edges of the data in view; null where that is not counted. */
  readonly edges: number | null
  readonly from: number
  readonly to: number
}

const offeredAtMost = 8

/** Fields that go on from what is typed, or values of the field before the caret: those in the data first. */
export function completionsAt(spot: Spot | null, known: readonly FieldValue[]): Completion[] {
  if (!spot) return []
  return spot.type === 'field' ? fieldsFor(spot) : valuesFor(spot, known)
}

function fieldsFor({ typed, from, to }: Spot & { type: 'field' }): Completion[] {
  const begun = typed.toLowerCase()
  return fieldNames()
    .filter((field) => field.startsWith(begun))
    .slice(0, offeredAtMost)
    .map((field) => {
      const { help, example } = filterTerms[field]
      return { text: `${field}:`, shown: `${field}:`, help: `${help}, e.g. ${example}`, edges: null, from, to }
    })
}

function valuesFor(
  { field, side, typed, from, to }: Spot & { type: 'value' },
  known: readonly FieldValue[],
): Completion[] {
  const begun = typed.toLowerCase()
  const { kind, help, values } = filterTerms[field]
  const counts = new Map(known.map(({ value, edges }) => [value, edges]))
  const offer = (value: string): Completion => ({
    text: `${/[\s()|",]/.test(value) ? `"${value.replaceAll('"', '')}"` : value} `,
    shown: value,
    help: values.includes(value) ? '' : help,
    edges: counts.get(value) ?? null,
    from,
    to,
  })
  const isNamed = side === undefined && (field === 'from' || field === 'to')
  const parts = isNamed ? endFields.filter((part) => part.startsWith(begun)) : []
  // Values that Oriel's own words make are all there are; of others the data knows more.
  const own = kind === 'choice' ? values : [...known.map(({ value }) => value), ...values]
  return [
    ...own
      .filter(
        (value) =>
          value.toLowerCase() !== begun &&
          (counts.has(value) ? value.toLowerCase().includes(begun) : value.startsWith(begun)),
      )
      .map(offer),
    ...parts.map((part) => ({
      text: `${part}=`,
      shown: `${part}=`,
      help: filterTerms[part].help,
      edges: null,
      from,
      to,
    })),
  ].slice(0, begun === '' ? offeredAtMost + parts.length : offeredAtMost)
}

/** The filter with a completion in it, and where the caret goes. */
export function completed(
  text: string,
  completion: Pick<Completion, 'text' | 'from' | 'to'>,
): { text: string; caret: number } {
  const after = text.slice(completion.to)
  const written = after.startsWith(',') ? completion.text.trimEnd() : completion.text
  const rest = written.endsWith(' ') ? after.replace(/^ /, '') : /^[\s),]|^$/.test(after) ? after : ` ${after}`
  return { text: `${text.slice(0, completion.from)}${written}${rest}`, caret: completion.from + written.length }
}

/** The first thing that is wrong with a filter, leaving out what is still being written at the caret; null where nothing is. */
export function filterProblem(text: string, caret: number | null): FilterError | null {
  const { errors } = parseFilter(text)
  return errors.find(({ at, end }) => caret === null || caret < at || caret > end) ?? null
}
