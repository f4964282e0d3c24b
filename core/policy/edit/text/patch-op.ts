import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, visit } from 'yaml'
import type { Op } from '../object-op'
import type { Path } from '../path'
import type { Collection, Entry } from './layout'
import { entriesOf, isBlock } from './layout'
import { findNode, keyText } from './parse-text'
import { type BlockPlace, insertInBlock, moveInBlock, quoteOf, removeFromBlock, replaceInBlock } from './patch-block'
import { insertInFlow, moveInFlow, removeFromFlow, replaceInFlow } from './patch-flow'
import type { Style } from './style'
import type { TextPatch } from './text-patch'
import { placeOfKey } from '../../usual-order'
import { scalarText } from './write-value'

export type Refused = { readonly refused: string }
type Patches = readonly TextPatch[] | Refused
type Site = { readonly text: string; readonly document: Document.Parsed; readonly style: Style }

const odd: Refused = { refused: 'This part is written in a way that is not edited here. Change the YAML instead.' }

/** The patches of the text that make one change. Paths are those of the document. */
export function patchesOf(site: Site, op: Op): Patches {
  const blocked = sharedAt(site.document, op)
  if (blocked) return blocked
  if (op.op === 'set') return setAt(site, op.path, op.value)
  return inCollection(site, op)
}

function setAt(site: Site, path: Path, value: unknown): Patches {
  const key = path.at(-1)
  if (key === undefined) return odd
  const above = findNode(site.document, path.slice(0, -1))
  if (above && 'alias' in above) return odd
  const collection = above?.node
  if (!above || !(isMap(collection) || isSeq(collection)) || collection.items.length === 0)
    return setAt(site, path.slice(0, -1), typeof key === 'number' ? [value] : { [key]: value })
  const entries = entriesOf(collection, site.text)
  if (!entries) return odd
  const at = isMap(collection) ? collection.items.findIndex((pair) => keyText(pair.key) === String(key)) : Number(key)
  const entry = entries[at]
  if (!entry)
    return insertAt(
      site,
      path,
      collection,
      entries,
      isMap(collection) ? placeOfKey(keysOf(collection), String(key)) : at,
      value,
    )
  return replace(site, path, collection, entries, entry, value)
}

const keysOf = (collection: Collection) => (isMap(collection) ? collection.items.map(({ key }) => keyText(key)) : [])

function replace(
  site: Site,
  path: Path,
  collection: Collection,
  entries: readonly Entry[],
  entry: Entry,
  value: unknown,
): Patches {
  const { text, style } = site
  const old = entry.value
  const plain = typeof value !== 'object' || value === null
  if (plain && isScalar(old) && old.range && old.range[1] > old.range[0] && !String(old.type).startsWith('BLOCK'))
    return [{ from: old.range[0], to: old.range[1], insert: scalarText(value, style, quoteOf(old)) }]
  if (!isBlock(collection)) return replaceInFlow({ text, style, collection, entries }, entry, value)
  const place = blockPlace(site, path, collection, entries)
  return replaceInBlock(place, entry, isMap(collection) ? String(path.at(-1)) : null, value)
}

function insertAt(
  site: Site,
  path: Path,
  collection: Collection,
  entries: readonly Entry[],
  at: number,
  value: unknown,
): Patches {
  const { text, style } = site
  const key = isMap(collection) ? String(path.at(-1)) : null
  if (isBlock(collection)) return insertInBlock(blockPlace(site, path, collection, entries), at, key, value)
  return insertInFlow({ text, style, collection, entries }, at, key, value)
}

/** Puts an item in, takes an entry away, or moves an item. */
function inCollection(site: Site, op: Exclude<Op, { op: 'set' }>): Patches {
  const path = op.path.slice(0, -1)
  const found = findNode(site.document, path)
  if (found && 'alias' in found) return odd
  const collection = found?.node
  const filled = (isMap(collection) || isSeq(collection)) && collection.items.length > 0
  if (op.op === 'insert' && !filled) return setAt(site, path, [op.value])
  if (!filled) return []
  const entries = entriesOf(collection, site.text)
  if (!entries) return odd
  const at = isMap(collection) ? keysOf(collection).indexOf(String(op.path.at(-1))) : Number(op.path.at(-1))
  if (op.op === 'insert') return insertAt(site, op.path, collection, entries, Math.min(at, entries.length), op.value)
  if (at < 0 || at >= entries.length) return []
  if (op.op === 'remove' && entries.length === 1)
    return path.length === 0 ? odd : setAt(site, path, isMap(collection) ? {} : [])
  const flow = { text: site.text, style: site.style, collection, entries }
  if (!isBlock(collection)) return op.op === 'move' ? moveInFlow(flow, at, op.to) : removeFromFlow(flow, at)
  const block = blockPlace(site, op.path, collection, entries)
  return op.op === 'move' ? (moveInBlock(block, at, op.to) ?? odd) : removeFromBlock(block, at)
}

function blockPlace(site: Site, path: Path, collection: Collection, entries: readonly Entry[]): BlockPlace {
  const { text, style } = site
  return { text, style, collection, entries, above: entryOf(site, path.slice(0, -1)) }
}

function entryOf({ document, text }: Site, path: Path): Entry | null {
  const key = path.at(-1)
  const parent = findNode(document, path.slice(0, -1))
  if (key === undefined || !parent || 'alias' in parent || !(isMap(parent.node) || isSeq(parent.node))) return null
  const at = isMap(parent.node) ? keysOf(parent.node).indexOf(String(key)) : Number(key)
  return entriesOf(parent.node, text)?.[at] ?? null
}

/** Why a change would reach further than its place: another part is the same by an anchor. */
function sharedAt(document: Document.Parsed, op: Op): Refused | null {
  const names = new Set<string>()
  visit(document, { Alias: (_, { source }) => void names.add(source) })
  if (names.size === 0) return null
  const found = findNode(document, op.path)
  if (found && 'alias' in found) return shared(found.alias.source)
  const within = found ?? findNode(document, op.path.slice(0, -1))
  if (!within || 'alias' in within) return within && 'alias' in within ? shared(within.alias.source) : null
  if (op.op !== 'insert' && op.op !== 'move' && isAlias(within.node)) return null
  const held = op.op === 'set' || op.op === 'remove' ? anchorsIn(within.node) : []
  const over = [...within.way, ...(found ? [] : [within.node])].flatMap((node) => anchorOf(node) ?? [])
  const name = [...held, ...over].find((one) => names.has(one))
  return name === undefined ? null : shared(name)
}

const anchorOf = (node: Node): string | null =>
  'anchor' in node && typeof node.anchor === 'string' ? node.anchor : null

function anchorsIn(node: Node): readonly string[] {
  const found: string[] = []
  visit(node, { Node: (_, one) => void (isNode(one) && found.push(...[anchorOf(one) ?? []].flat())) })
  return found
}

const shared = (name: string): Refused => ({
  refused: `This part is shared with another by the anchor &${name}, so that a change here would change both. Change the YAML instead.`,
})
