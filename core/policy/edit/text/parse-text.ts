import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isSeq,
  type Node,
  parseAllDocuments,
  type YAMLError,
} from 'yaml'
import type { Path } from '../path'
import { keepingLatest } from './latest'

/** One YAML document of a text, with the tokens it was read from. Offsets are those of the whole text. */
export type TextDocument = {
  readonly document: Document.Parsed
  readonly errors: readonly YAMLError[]
  readonly value: unknown
}

/** Bound of what is read, in characters and in depth; more is refused rather than slow. */
export const longestText = 2_000_000
const mostAliases = 100

/** Reads every document; one that holds nothing is null. Never throws. */
export const parseText = keepingLatest(6, parseAnew)

function parseAnew(text: string): readonly TextDocument[] {
  const read = parseAllDocuments(text, { merge: true, keepSourceTokens: true, prettyErrors: false })
  return [...read].map((document) => ({ document, errors: document.errors, value: valueOf(document) }))
}

function valueOf(document: Document.Parsed): unknown {
  if (document.errors.length > 0) return undefined
  try {
    return document.toJS({ maxAliasCount: mostAliases })
  } catch {
    return undefined
  }
}

/** What a path leads to in a document, and the nodes on the way there. */
export type Found = { readonly node: Node; readonly way: readonly Node[] }

/** null: nothing stands there in the text itself. `alias`: the way leads through one. */
export function findNode(document: Document.Parsed, path: Path): Found | { readonly alias: Alias } | null {
  const way: Node[] = []
  let node: unknown = document.contents
  for (const step of path) {
    if (isAlias(node)) return { alias: node }
    if (!isNode(node)) return null
    way.push(node)
    node = childOf(node, step)
  }
  return isNode(node) ? { node, way } : null
}

function childOf(node: Node, step: string | number): unknown {
  if (isSeq(node)) return typeof step === 'number' ? node.items[step] : undefined
  if (!isMap(node)) return undefined
  return node.items.find(({ key }) => keyText(key) === String(step))?.value
}

/** A key as a field of a plain object is named. */
export function keyText(key: unknown): string {
  const value: unknown = isNode(key) && 'value' in key ? key.value : key
  return value === null || value === undefined ? '' : String(value)
}
