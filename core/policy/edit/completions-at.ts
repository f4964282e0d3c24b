import { isMap, isNode, isScalar, isSeq, type Node } from 'yaml'
import type { CompletionChoice, CompletionContext, Completions } from './completion'
import { fieldsOf } from './kinds/fields'
import { valueAt } from './object-op'
import type { Path } from './path'
import { choicesFor, fieldChoices } from './schema/choices'
import type { SchemaNode } from './schema/node'
import { schemaOf } from './schema/schema-of'
import { keyText, parseText, type TextDocument } from './text/parse-text'

/** Stands for what is being written while the text is read. */
const mark = 'oriel-caret-7f3a'
const wordBefore = /[A-Za-z0-9_./:@*-]*$/
const wordBehind = /^[A-Za-z0-9_./@*-]*/

/** What may be written at a place of a text, which need not be whole; null: nothing is known of it. */
export function completionsAt(text: string, offset: number, context: CompletionContext): Completions | null {
  const lineAt = text.lastIndexOf('\n', offset - 1) + 1
  const line = text.slice(lineAt, offset)
  if (/(?:^|\s)#/.test(line)) return null
  const from = offset - (wordBefore.exec(line)?.[0].replace(/^.*:(?=\s|$)/, '').length ?? 0)
  const to = offset + (wordBehind.exec(text.slice(offset))?.[0].length ?? 0)
  const rest = /^[^\n]*/.exec(text.slice(to))?.[0] ?? ''
  const isKey = /^\s*:/.test(rest)
  // In a line of its own it may be a key, or an item of a list.
  const tries = /^\s*(?:- +)*$/.test(text.slice(lineAt, from)) && !isKey ? [`${mark}: `, mark] : [mark]
  for (const written of tries) {
    const found = placeOf(`${text.slice(0, from)}${written}${text.slice(to)}`)
    const choices = found && choicesAt(found, context, isKey)
    if (choices && choices.length > 0) return { from, to, choices }
  }
  return null
}

type Place = { readonly document: TextDocument; readonly path: Path; readonly at: 'key' | 'value' }

function placeOf(text: string): Place | null {
  for (const document of parseText(text)) {
    const found = findMark(document.document.contents, [])
    if (found) return { document, ...found }
  }
  return null
}

function findMark(node: unknown, path: Path): Pick<Place, 'path' | 'at'> | null {
  if (!isNode(node)) return null
  if (isScalar(node)) return node.value === mark ? { path, at: 'value' } : null
  if (isSeq(node)) return firstOf(node.items, (item, i) => findMark(item, [...path, i]))
  if (!isMap(node)) return null
  return firstOf(node.items, ({ key, value }) => {
    const name = keyText(key)
    return name === mark ? { path, at: 'key' } : findMark(value, [...path, name])
  })
}

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item, i: number) => Found | null): Found | null {
  for (const [i, item] of items.entries()) {
    const found = find(item, i)
    if (found !== null) return found
  }
  return null
}

function choicesAt(
  { document, path, at }: Place,
  context: CompletionContext,
  isKey: boolean,
): readonly CompletionChoice[] {
  const root = plain(document.document.contents)
  const base: Path = Array.isArray(valueAt(root, ['items'])) ? path.slice(0, 2) : []
  const object = fieldsOf(valueAt(root, base))
  const inner = path.slice(base.length)
  const node = nodeAt(schemaOf(object), inner)
  if (!node) return []
  if (at === 'key') return fieldChoices(node, Object.keys(fieldsOf(valueAt(object, inner))), context, isKey)
  return choicesFor(node, object, inner, context)
}

/** Data of a text that may have mistakes. */
function plain(node: Node | null): unknown {
  if (isScalar(node)) return node.value
  if (isSeq(node)) return node.items.map((item) => plain(isNode(item) ? item : null))
  if (!isMap(node)) return null
  return Object.fromEntries(node.items.map(({ key, value }) => [keyText(key), plain(isNode(value) ? value : null)]))
}

/** What may stand at a path; of a value of a label, the map of labels that it is in. */
function nodeAt(root: SchemaNode, path: Path): SchemaNode | null {
  let node: SchemaNode | null = root
  for (const step of path) {
    if (node?.is === 'list') node = typeof step === 'number' ? node.of : null
    else if (node?.is !== 'map') return null
    else if (node.labels) return node
    else node = typeof step === 'string' && Object.hasOwn(node.fields, step) ? (node.fields[step]?.node ?? null) : null
  }
  return node
}
