import { isCollection, isMap, isNode, isScalar, isSeq, type Node, visit } from 'yaml'
import { columnOf, type Entry, entriesOf, isBlock, lineStart } from './layout'
import { keyText, type TextDocument } from './parse-text'

/** How a text is written, so that what is added looks like the rest. */
export type Style = {
  readonly json: boolean
  /** Of JSON and brackets over several lines; null: in one line. */
  readonly pretty: boolean
  readonly eol: '\n' | '\r\n'
  /** Columns that a map stands behind the key that it belongs to. */
  readonly step: string
  /** Columns that dashes stand behind their key. */
  readonly dashIndent: number
  /** Blanks between a dash and its item. */
  readonly dashGap: string
  /** Between braces and what they hold; brackets have their own. */
  readonly bracePad: string
  readonly bracketPad: string
  readonly comma: string
  readonly colon: string
  readonly quote: '"' | "'"
  /** Keys whose lists or maps are written with brackets, as most of them are here. */
  readonly flowKeys: ReadonlySet<string>
}

/** The style of a document, with usual habits where it shows none. */
export function styleOf({ document }: TextDocument, text: string): Style {
  const root = document.contents
  const seen = new Seen(text)
  if (root) visit(document, (_, node) => (isNode(node) ? seen.node(node) : undefined))
  const json = isNode(root) && isCollection(root) && root.flow === true
  const unit = mostOf(seen.steps) ?? 2
  return {
    json,
    pretty: json && isNode(root) && text.slice(root.range?.[0] ?? 0, root.range?.[1]).includes('\n'),
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    step: json ? (jsonStep(root, text) ?? '  ') : ' '.repeat(unit),
    dashIndent: mostOf(seen.dashes) ?? Math.min(unit, 2),
    dashGap: ' '.repeat(mostOf(seen.gaps) ?? 1),
    bracePad: mostOf(seen.bracePads) ?? (json ? '' : ' '),
    bracketPad: mostOf(seen.bracketPads) ?? '',
    comma: mostOf(seen.commas) ?? (json && !text.includes(', ') && !text.includes(',\n') ? ',' : ', '),
    colon: json && !/":[ \n\r\t]/.test(text) ? ':' : ': ',
    quote: json || seen.quotes['"'] >= seen.quotes["'"] ? '"' : "'",
    flowKeys: new Set([...seen.keys].filter(([, { flow, block }]) => flow > block).map(([key]) => key)),
  }
}

/** The most frequent of them, of equals the first. */
function mostOf<Value>(values: readonly Value[]): Value | undefined {
  const counts = new Map<Value, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}

/** What the text does, in the order that it is met. */
class Seen {
  readonly steps: number[] = []
  readonly dashes: number[] = []
  readonly gaps: number[] = []
  readonly bracePads: string[] = []
  readonly bracketPads: string[] = []
  readonly commas: string[] = []
  readonly quotes = { '"': 0, "'": 0 }
  readonly keys = new Map<string, { flow: number; block: number }>()

  constructor(private readonly text: string) {}

  node(node: Node): void {
    if (isScalar(node)) {
      if (node.type === 'QUOTE_DOUBLE') this.quotes['"']++
      if (node.type === 'QUOTE_SINGLE') this.quotes["'"]++
      return
    }
    if (!isMap(node) && !isSeq(node)) return
    const entries = entriesOf(node, this.text)
    const [first] = entries ?? []
    if (!entries || !first || !node.range) return
    if (node.flow) return this.brackets(node, entries, node.range[0])
    const gap = this.text.slice(first.valueStart, first.value?.range?.[0])
    if (isSeq(node) && /^ +$/.test(gap)) this.gaps.push(gap.length)
    for (const entry of entries) this.below(entry, node)
  }

  /** What stands behind a key, in lines or in brackets. */
  private below({ start, value }: Entry, parent: Node): void {
    if (!isMap(parent) || !value || !(isMap(value) || isSeq(value)) || value.items.length === 0) return
    const key = this.keyAt(parent, value)
    const had = this.keys.get(key) ?? { flow: 0, block: 0 }
    if (!isBlock(value)) {
      this.keys.set(key, { ...had, flow: had.flow + 1 })
      return
    }
    this.keys.set(key, { ...had, block: had.block + 1 })
    const [first] = entriesOf(value, this.text) ?? []
    if (!first) return
    const columns = columnOf(this.text, first.start) - columnOf(this.text, start)
    if (isSeq(value)) this.dashes.push(Math.max(0, columns))
    else if (columns > 0) this.steps.push(columns)
  }

  private keyAt(parent: Node, value: Node): string {
    return isMap(parent) ? keyText(parent.items.find((pair) => pair.value === value)?.key) : ''
  }

  private brackets(node: Node, entries: readonly Entry[], from: number): void {
    const [first, second] = entries
    const last = entries.at(-1)
    if (!first || !last) return
    const pad = this.text.slice(from + 1, first.start)
    if (/^ *$/.test(pad)) (isMap(node) ? this.bracePads : this.bracketPads).push(pad)
    const between = second && this.text.slice(first.end, second.start)
    if (between && /^, *$/.test(between)) this.commas.push(between)
  }
}

/** Of the first entry of JSON that stands in a line of its own. */
function jsonStep(root: unknown, text: string): string | null {
  if (!isMap(root) && !isSeq(root)) return null
  const [first] = entriesOf(root, text) ?? []
  if (!first) return null
  const before = text.slice(lineStart(text, first.start), first.start)
  return /^[ \t]+$/.test(before) ? before : null
}
