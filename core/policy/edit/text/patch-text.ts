import { applyOps, type Op, sameData } from '../object-op'
import type { Path } from '../path'
import { parseText } from './parse-text'
import { patchesOf, type Refused } from './patch-op'
import { styleOf } from './style'
import { type PatchedText, patchText } from './text-patch'

const rewriting: Refused = {
  refused: 'This cannot be changed here without writing other lines anew. Change the YAML instead.',
}

/**
 * The text with the changes made in one of its documents, and nothing else. What came of it is read again and
 * compared: the document says what it should, the others what they said.
 * @param base where the object of the ops stands in the document
 */
export function patchObject(text: string, number: number, base: Path, ops: readonly Op[]): PatchedText | Refused {
  const before = parseText(text)
  const start = before[number]
  if (!start || start.errors.length > 0) return { refused: 'The YAML cannot be read, so it is not edited.' }
  let at: PatchedText = { text, changed: [] }
  for (const op of ops) {
    const read = parseText(at.text)[number]
    if (!read || read.errors.length > 0) return rewriting
    const patches = patchesOf(
      { text: at.text, document: read.document, style: styleOf(read, at.text) },
      { ...op, path: [...base, ...op.path] },
    )
    if ('refused' in patches) return patches
    at = patchText(at, patches)
  }
  const wanted = applyOps(
    start.value,
    ops.map((op) => ({ ...op, path: [...base, ...op.path] })),
  )
  const after = parseText(at.text)
  const holds =
    after.length === before.length &&
    after.every(
      ({ errors, value }, i) =>
        errors.length === (before[i]?.errors.length ?? 0) && sameData(value, i === number ? wanted : before[i]?.value),
    )
  return holds ? at : rewriting
}
