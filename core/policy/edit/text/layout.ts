import { isCollection, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml'

/** A pair of a map or an item of a list, as it stands in the text. */
export type Entry = {
  /** Of the key, or in a block list of the dash. */
  readonly start: number
  /** Behind the colon or the dash; in a flow list as `start`. */
  readonly valueStart: number
  /** Behind the last character that says something; comments are behind it. */
  readonly end: number
  readonly value: Node | null
}

export type Collection = YAMLMap | YAMLSeq

/** Where the content of a node ends, without comments and blank lines behind it. */
export function endOf(node: Node, text: string): number {
  const [from, to] = node.range ?? [0, 0]
  if (isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED'))
    return from + text.slice(from, to).trimEnd().length
  if (!isBlock(node)) return to
  if (isMap(node)) {
    const { key, value } = node.items.at(-1) ?? {}
    return isNode(value) ? endOf(value, text) : isNode(key) ? endOf(key, text) : to
  }
  const last = node.items.at(-1)
  return isNode(last) ? endOf(last, text) : to
}

/** Whether a collection is written in lines, without brackets. */
export const isBlock = (node: Node): node is Collection =>
  isCollection(node) && (isMap(node) || isSeq(node)) && !node.flow

/** The entries of a collection in order; null: one of them is written in a way that is not edited (`? key`). */
export function entriesOf(collection: Collection, text: string): readonly Entry[] | null {
  const entries = isMap(collection)
    ? collection.items.map(({ key, value }) => pairEntry(key, value, text))
    : collection.items.map((item, i) => itemEntry(collection, item, i, text))
  return entries.every((entry) => entry !== null) ? entries.filter((entry) => entry !== null) : null
}

function pairEntry(key: unknown, value: unknown, text: string): Entry | null {
  if (!isScalar(key) || !key.range) return null
  const colon = text.slice(key.range[1]).match(/^[ \t]*:/)
  if (!colon) return null
  const node = isNode(value) && !isUnwritten(value) ? value : null
  const valueStart = key.range[1] + colon[0].length
  return { start: key.range[0], valueStart, end: Math.max(valueStart, node ? endOf(node, text) : 0), value: node }
}

/** null that nobody wrote: a key without a value, whose place may be behind a comment. */
const isUnwritten = (node: Node) => isScalar(node) && node.range?.[0] === node.range?.[1]

function itemEntry(list: YAMLSeq, item: unknown, i: number, text: string): Entry | null {
  if (!isNode(item) || !item.range) return null
  if (list.flow) return { start: item.range[0], valueStart: item.range[0], end: endOf(item, text), value: item }
  const token = list.srcToken
  if (token?.type !== 'block-seq') return null
  const dashes = token.items.flatMap(({ start }) => start.filter(({ type }) => type === 'seq-item-ind'))
  const dash = dashes[i]
  if (!dash) return null
  return {
    start: dash.offset,
    valueStart: dash.offset + 1,
    end: Math.max(dash.offset + 1, endOf(item, text)),
    value: item,
  }
}

/** Behind an entry of a block collection, its line's end and the comments that stand deeper than it. */
export function linesEnd(text: string, { start, end }: Entry): number {
  const column = columnOf(text, start)
  let at = nextLine(text, end)
  const inner = new RegExp(`(?:[ \\t]*\\r?\\n)*[ ]{${column + 1},}#[^\\n]*(?:\\n|$)`, 'y')
  for (;;) {
    inner.lastIndex = at
    if (at >= text.length || !inner.test(text)) return at
    at = inner.lastIndex
  }
}

export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1

/** Behind the line break of the line that ends at or behind `at`. */
export function nextLine(text: string, at: number): number {
  if (at > 0 && text[at - 1] === '\n') return at
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

export const columnOf = (text: string, at: number): number => at - lineStart(text, at)

/** Whether nothing but blanks stands before it in its line. */
export const ownsLine = (text: string, at: number): boolean => /^[ \t]*$/.test(text.slice(lineStart(text, at), at))
