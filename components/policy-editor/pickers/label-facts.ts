import type { Labels } from '@/core/inventory/inventory-object'
import { isStableLabel } from '@/core/policy/suggest/stable-labels'

/** A key or value, and how many carry it. */
export type LabelFact = { readonly value: string; readonly count: number }

const most = 100

/** Keys that last, most carried first. */
export const labelKeys = (known: readonly Labels[]): readonly LabelFact[] =>
  counted(known.flatMap((labels) => Object.keys(labels).filter(isStableLabel)))

/** Values of a key, most carried first. */
export const labelValues = (known: readonly Labels[], key: string): readonly LabelFact[] =>
  counted(
    known.flatMap((labels) => {
      const value = Object.hasOwn(labels, key) ? labels[key] : undefined
      return value === undefined ? [] : [value]
    }),
  )

function counted(values: readonly string[]): readonly LabelFact[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, most)
}
