import type { Side, VisualRule } from '@/core/policy/edit/visual'

/** How a rule of the draft stands against what is in the cluster. */
export type RuleMark = 'same' | 'changed' | 'added'

/** What a rule says, whatever its place in the text. */
const saying = (rule: VisualRule): string =>
  JSON.stringify(rule, (key, value: unknown) => (key === 'path' ? undefined : value))

/** A mark for each rule of a side, in order. `base` undefined: there is no object in the cluster. */
export function ruleMarks(side: Side, base: Side | undefined): readonly RuleMark[] {
  const left = new Map<string, number>()
  const before = base?.rules.map(({ value }) => saying(value)) ?? []
  for (const text of before) left.set(text, (left.get(text) ?? 0) + 1)
  const texts = side.rules.map(({ value }) => saying(value))
  const same = texts.map((text) => {
    const count = left.get(text) ?? 0
    if (count > 0) left.set(text, count - 1)
    return count > 0
  })
  let gone = [...left.values()].reduce((sum, count) => sum + count, 0)
  return same.map((one) => {
    if (one) return 'same'
    if (gone === 0) return 'added'
    gone--
    return 'changed'
  })
}
