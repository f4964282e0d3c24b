import { isMap, isNode, isScalar } from 'yaml'
import { kindOf, parseObject } from '../kinds'
import type { ModelObject } from '../model'
import type { PolicyRef } from '../normal-form'
import { isFields, refOf, unknownPaths } from '../read'
import type { DraftObject, DraftText, TextProblem } from './draft-text'
import { type Path, pathOfText } from './path'
import type { TextRange } from './policy-edit'
import { keepingLatest } from './text/latest'
import { entriesOf } from './text/layout'
import { findNode, keyText, longestText, parseText, type TextDocument } from './text/parse-text'

/** Reads a text of YAML or JSON. Never throws; what cannot be read is a problem at its place. */
export const readDraftText = keepingLatest(4, readAnew)

function readAnew(text: string): DraftText {
  if (text.length > longestText) return { text, objects: [], problems: [problemOf({ from: 0, to: 0 }, 'is too long')] }
  const documents = parseText(text)
  const objects = documents.flatMap((document, number) =>
    objectsOf(document.value, []).map(({ base, value }) => ({ document, number, base, value })),
  )
  const read = objects.flatMap(({ document, number, base, value }): readonly Omit<DraftObject, 'index'>[] => {
    if (!isFields(value)) return []
    const ref = refOfObject(value)
    const problems = [...problemsOf(document, text, base, value)]
    return [{ document: number, base, object: value, ref, range: entryRange(document, text, base), problems }]
  })
  return {
    text,
    objects: read.map((object, index) => ({ ...object, index })),
    problems: [
      ...documents.flatMap((document) => syntaxProblems(document, text)),
      ...objects.flatMap(({ document, base, value }) =>
        isFields(value) || value === null ? [] : [problemOf(entryRange(document, text, base), 'is no object', base)],
      ),
      ...read.flatMap(({ problems }) => problems),
    ],
  }
}

/** Where a part of an object stands, with its key; null: it is not there. `object`: its number in the text. */
export function rangeOfPath(text: string, object: number, path: Path): TextRange | null {
  const found = readDraftText(text).objects[object]
  const document = found && parseText(text)[found.document]
  if (!found || !document || !findNode(document.document, [...found.base, ...path])) return null
  return entryRange(document, text, [...found.base, ...path])
}

/** The object itself, or the items of a list of objects. */
function objectsOf(value: unknown, base: Path): readonly { readonly base: Path; readonly value: unknown }[] {
  if (value === undefined || (value === null && base.length === 0)) return []
  if (Array.isArray(value)) return value.flatMap((item, i) => objectsOf(item, [...base, i]))
  if (!isFields(value) || typeof value.kind !== 'string' || !value.kind.endsWith('List') || !Array.isArray(value.items))
    return [{ base, value }]
  const { kind, apiVersion } = value
  const itemKind = kind === 'List' ? undefined : kind.slice(0, -'List'.length)
  return value.items.flatMap((item: unknown, i) =>
    objectsOf(isFields(item) && item.kind === undefined ? { apiVersion, kind: itemKind, ...item } : item, [
      ...base,
      'items',
      i,
    ]),
  )
}

/** null: of a kind that is not known. */
export function refOfObject(object: ModelObject): PolicyRef | null {
  const kind = kindOf(object)
  return kind && refOf(object, kind.kind, kind.namespaced)
}

function problemsOf(document: TextDocument, text: string, base: Path, object: ModelObject): readonly TextProblem[] {
  const kind = kindOf(object)
  if (!kind) {
    const named = typeof object.kind === 'string' && typeof object.apiVersion === 'string'
    const message = named ? `${object.kind} is not read here and shown as YAML only` : 'must have apiVersion and kind'
    return [problemAt(document, text, base, 'kind', message, named ? 'hint' : 'error')]
  }
  const parsed = parseObject(kind, object)
  const refused = 'problems' in parsed ? parsed.problems : []
  return [
    ...refused.map(({ path, reason }) => problemAt(document, text, base, path, `${path} ${reason}`.trim(), 'error')),
    ...unknownPaths(object.spec, 'spec').map((path) =>
      problemAt(document, text, base, path, `${path} is not known here; it is kept`, 'hint'),
    ),
  ]
}

const problemOf = (range: TextRange, message: string, path: Path = []): TextProblem => ({
  ...range,
  severity: 'error',
  message,
  path,
})

function problemAt(
  document: TextDocument,
  text: string,
  base: Path,
  words: string,
  message: string,
  severity: TextProblem['severity'],
): TextProblem {
  const path = pathOfText(words, (at) => stepsAt(document, [...base, ...at]))
  return { ...markRange(document, text, [...base, ...path]), severity, message, path }
}

function syntaxProblems({ errors, document, value }: TextDocument, text: string): readonly TextProblem[] {
  const end = Math.max(text.length, 1)
  const found = errors.map(({ pos, message }) =>
    problemOf({ from: Math.min(pos[0], end), to: Math.min(Math.max(pos[1], pos[0] + 1), end) }, message),
  )
  if (found.length > 0 || value !== undefined) return found
  return [problemOf({ from: document.range[0], to: document.range[1] }, 'an alias leads to nothing, or too far')]
}

/** Keys of the map at a path, or how many items are there. */
function stepsAt({ document }: TextDocument, path: Path): readonly string[] {
  const found = findNode(document, path)
  if (!found || 'alias' in found || !isMap(found.node)) return []
  return found.node.items.map(({ key }) => keyText(key))
}

function entryRange(document: TextDocument, text: string, path: Path): TextRange {
  const { start, end } = partAt(document, text, path)
  return { from: start, to: end }
}

/** Of a value that is short all of it, else its key. What is not there is marked where it should be. */
function markRange(document: TextDocument, text: string, path: Path): TextRange {
  const found = findNode(document.document, path)
  if (!found && path.length > 0) return markRange(document, text, path.slice(0, -1))
  const { start, valueStart, end, value } = partAt(document, text, path)
  if (isScalar(value) && value.range && value.range[1] > value.range[0])
    return { from: value.range[0], to: Math.max(value.range[0] + 1, end) }
  if (path.length === 0)
    return { from: start, to: Math.min(end, text.indexOf('\n', start) < 0 ? end : text.indexOf('\n', start)) }
  return { from: start, to: Math.max(valueStart, start + 1) }
}

function partAt({ document }: TextDocument, text: string, path: Path) {
  const step = path.at(-1)
  const parent = step === undefined ? null : findNode(document, path.slice(0, -1))
  const [start, end] = [
    document.contents?.range?.[0] ?? document.range[0],
    document.contents?.range?.[1] ?? document.range[1],
  ]
  const whole = { start, valueStart: start, end, value: isNode(document.contents) ? document.contents : null }
  if (!parent || 'alias' in parent || !('items' in parent.node)) return whole
  const { node } = parent
  const at = isMap(node) ? node.items.findIndex(({ key }) => keyText(key) === String(step)) : Number(step)
  return entriesOf(node, text)?.[at] ?? whole
}
