import { type FilterField, isEndField, type Side } from '@/core/filter/filter-ast'
import { fieldNamed } from '@/core/filter/filter-terms'

/** What stands at the caret: the name of a field, or a value of one. `from` and `to` bound what a completion replaces. */
export type Spot =
  | { readonly type: 'field'; readonly typed: string; readonly from: number; readonly to: number }
  | {
      readonly type: 'value'
      readonly field: FilterField
      readonly side?: Side
      readonly typed: string
      readonly from: number
      readonly to: number
    }

/** What is being written; null inside quotes, after a field that is none, and in text that can be no field. */
export function spotAt(text: string, caret: number): Spot | null {
  const before = text.slice(0, caret)
  if ((before.match(/"/g)?.length ?? 0) % 2 === 1) return null
  const word = /[^\s()|!]*$/.exec(before)?.[0] ?? ''
  const rest = /^[^\s()|,]*/.exec(text.slice(caret))?.[0] ?? ''
  const to = caret + rest.length
  const [, name, part = '', items] = /^([a-z][a-z0-9]*):(?:([a-z]+)=)?(.*)$/i.exec(word) ?? []
  if (name === undefined || items === undefined)
    return /^-?[a-z0-9]*$/i.test(word)
      ? { type: 'field', typed: word.replace(/^-/, ''), from: caret - word.replace(/^-/, '').length, to }
      : null
  const typed = items.slice(items.lastIndexOf(',') + 1)
  const place = { type: 'value' as const, typed, from: caret - typed.length, to }
  const named = fieldNamed(name)
  if (named === null) return null
  if (part === '') return { ...place, field: named }
  const field = fieldNamed(part)
  if (field === null || !isEndField(field) || (named !== 'from' && named !== 'to')) return null
  return { ...place, field, side: named }
}
