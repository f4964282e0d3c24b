import { isMap, type Node } from 'yaml'
import type { Collection, Entry } from './layout'
import { columnOf, linesEnd, lineStart, nextLine, ownsLine } from './layout'
import type { Style } from './style'
import type { TextPatch } from './text-patch'
import { behindKey, blockText, pairText } from './write-value'

/** A collection that is written in lines. `above`: its own entry; null: it is the whole document. */
export type BlockPlace = {
  readonly text: string
  readonly style: Style
  readonly collection: Collection
  readonly entries: readonly Entry[]
  readonly above: Entry | null
}

/** A new entry before the one at `at`, or behind the last. `key` null: an item of a list. */
export function insertInBlock(place: BlockPlace, at: number, key: string | null, value: unknown): readonly TextPatch[] {
  const { text, style, entries } = place
  const [first] = entries
  if (!first) return []
  const column = columnOf(text, first.start)
  const pad = ' '.repeat(column)
  const own = entryText(key, value, column, style)
  const before = entries[at - 1]
  if (before) {
    const from = linesEnd(text, before)
    // A text whose last line has no end keeps it so.
    if (text[from - 1] !== '\n') return [{ from, to: from, insert: style.eol + pad + own }]
    return [{ from, to: from, insert: pad + own + style.eol }]
  }
  if (!ownsLine(text, first.start)) return [{ from: first.start, to: first.start, insert: own + style.eol + pad }]
  const from = place.above ? nextLine(text, place.above.valueStart) : lineStart(text, first.start)
  return [{ from, to: from, insert: pad + own + style.eol }]
}

const entryText = (key: string | null, value: unknown, column: number, style: Style) =>
  key === null
    ? `-${style.dashGap}${blockText(value, column + 1 + style.dashGap.length, style)}`
    : pairText(key, value, column, style)

/** Takes one of several entries away. */
export function removeFromBlock({ text, entries }: BlockPlace, at: number): readonly TextPatch[] {
  const entry = entries[at]
  if (!entry) return []
  const to = linesEnd(text, entry)
  if (ownsLine(text, entry.start)) return [{ from: lineStart(text, entry.start), to, insert: '' }]
  // The next one moves up to where this one stood, behind a dash.
  return [{ from: entry.start, to: to + (/^\s*/.exec(text.slice(to))?.[0].length ?? 0), insert: '' }]
}

/** Puts an entry with the comments right above it at another place. null: it stands behind a dash of another list. */
export function moveInBlock({ text, entries }: BlockPlace, at: number, to: number): readonly TextPatch[] | null {
  const entry = entries[at]
  const other = entries[to]
  if (!entry || !other || at === to) return []
  if (!entries.every(({ start }) => ownsLine(text, start))) return null
  const from = commentsStart(text, entry)
  const end = linesEnd(text, entry)
  if (text[end - 1] !== '\n') return null
  const lines = text.slice(from, end)
  const target = to > at ? linesEnd(text, other) : commentsStart(text, other)
  if (target > 0 && text[target - 1] !== '\n') return null
  return [
    { from, to: end, insert: '' },
    { from: target, to: target, insert: lines },
  ]
}

/** Of the comments that stand right above an entry, in its column. */
function commentsStart(text: string, { start }: Entry): number {
  const column = columnOf(text, start)
  let at = lineStart(text, start)
  while (at > 0) {
    const above = lineStart(text, at - 1)
    const line = text.slice(above, at)
    if (line.search(/\S/) !== column || line.trimStart()[0] !== '#') break
    at = above
  }
  return at
}

/** Another value for an entry. `old` is what stands there, with or without lines of its own. */
export function replaceInBlock(
  { text, style, collection }: BlockPlace,
  entry: Entry,
  key: string | null,
  value: unknown,
): readonly TextPatch[] {
  const column = columnOf(text, entry.start)
  const behind =
    isMap(collection) && key !== null
      ? behindKey(key, value, column, style)
      : style.dashGap + blockText(value, column + 1 + style.dashGap.length, style)
  const below = behind.startsWith(style.eol)
  const old = entry.value
  const oldStart = old?.range?.[0] ?? entry.valueStart
  if (old && lineStart(text, oldStart) > entry.valueStart && entry.end > oldStart)
    return below
      ? [{ from: lineStart(text, oldStart), to: entry.end, insert: behind.slice(style.eol.length) }]
      : [
          { from: entry.valueStart, to: entry.valueStart, insert: behind },
          { from: lineStart(text, oldStart), to: nextLine(text, entry.end), insert: '' },
        ]
  if (!below) return [{ from: entry.valueStart, to: entry.end, insert: behind }]
  const next = nextLine(text, entry.end)
  const gone = { from: entry.valueStart, to: entry.end, insert: '' }
  // What stands behind the old value in its line (a comment) stays behind the key.
  if (text[next - 1] !== '\n') return [gone, { from: next, to: next, insert: behind }]
  return [gone, { from: next, to: next, insert: behind.slice(style.eol.length) + style.eol }]
}

export const quoteOf = (node: Node): '"' | "'" | null => {
  const type: unknown = 'type' in node ? node.type : null
  return type === 'QUOTE_DOUBLE' ? '"' : type === 'QUOTE_SINGLE' ? "'" : null
}
