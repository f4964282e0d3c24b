import type { Collection, Entry } from './layout'
import { lineStart } from './layout'
import type { Style } from './style'
import type { TextPatch } from './text-patch'
import { flowText, scalarText } from './write-value'

/** A collection in brackets. */
export type FlowPlace = {
  readonly text: string
  readonly style: Style
  readonly collection: Collection
  readonly entries: readonly Entry[]
}

/** A new entry before the one at `at`, or behind the last of at least one. */
export function insertInFlow(place: FlowPlace, at: number, key: string | null, value: unknown): readonly TextPatch[] {
  const { text, entries, style } = place
  const [first] = entries
  if (!first) return []
  const lined = indentOf(text, first)
  const spread = style.json || entries.some(({ start, end }) => text.slice(start, end).includes('\n'))
  const own = (key === null ? '' : scalarText(key, style) + style.colon) + flowText(value, style, spread ? lined : null)
  const gap = separatorOf(place, lined)
  const before = entries[at - 1]
  if (!before) return [{ from: first.start, to: first.start, insert: own + gap }]
  // A comment behind an entry stays with it.
  const noted = lined === null ? null : /^(,?)[ \t]*#[^\n]*\n/.exec(text.slice(before.end))
  if (!noted) return [{ from: before.end, to: before.end, insert: gap + own }]
  const line = before.end + noted[0].length
  const comma = { from: before.end, to: before.end, insert: ',' }
  const item = { from: line, to: line, insert: `${lined}${own}${noted[1]}${style.eol}` }
  return noted[1] === '' ? [comma, item] : [item]
}

/** Takes one of several entries away, with the comma that parts it from its neighbour. */
export function removeFromFlow({ entries }: FlowPlace, at: number): readonly TextPatch[] {
  const entry = entries[at]
  const next = entries[at + 1]
  const before = entries[at - 1]
  if (!entry) return []
  if (before) return [{ from: before.end, to: entry.end, insert: '' }]
  return next ? [{ from: entry.start, to: next.start, insert: '' }] : []
}

/** The items between two places in another order, each as it is written. */
export function moveInFlow({ text, entries }: FlowPlace, at: number, to: number): readonly TextPatch[] {
  const order = entries.map((_, i) => i).filter((i) => i !== at)
  order.splice(to, 0, at)
  return order.flatMap((from, i) => {
    const source = entries[from]
    const target = entries[i]
    if (from === i || !source || !target) return []
    return { from: target.start, to: target.end, insert: text.slice(source.start, source.end) }
  })
}

/** Another value for an entry. */
export function replaceInFlow({ text, style }: FlowPlace, entry: Entry, value: unknown): readonly TextPatch[] {
  const from = entry.value?.range?.[0] ?? entry.valueStart
  const empty = entry.value === null || from >= entry.end
  return [
    {
      from,
      to: Math.max(from, entry.end),
      insert: (empty ? ' ' : '') + flowText(value, style, indentAt(text, entry, style)),
    },
  ]
}

/** Blanks before the first entry where each has a line of its own; null: they stand in one line. */
function indentOf(text: string, first: Entry): string | null {
  const before = text.slice(lineStart(text, first.start), first.start)
  return /^[ \t]*$/.test(before) ? before : null
}

/** Pretty JSON goes on in lines, behind the blanks that the line of the entry begins with. */
function indentAt(text: string, entry: Entry, style: Style): string | null {
  if (!style.pretty) return null
  return /^[ \t]*/.exec(text.slice(lineStart(text, entry.start)))?.[0] ?? ''
}

function separatorOf({ text, entries, style }: FlowPlace, lined: string | null): string {
  const [first, second] = entries
  const between = first && second ? text.slice(first.end, second.start) : ''
  if (/^,[ \t]*$/.test(between)) return between
  return lined === null ? style.comma : `,${style.eol}${lined}`
}
