import type { TextRange } from '../policy-edit'

/** Puts `insert` in the place of a part of a text. */
export type TextPatch = TextRange & { readonly insert: string }

/** A text on its way through patches, and which parts of it are new. */
export type PatchedText = { readonly text: string; readonly changed: readonly TextRange[] }

/** Patches of one text, which do not touch each other. */
export function patchText({ text, changed }: PatchedText, patches: readonly TextPatch[]): PatchedText {
  const ordered = [...patches].sort((a, b) => b.from - a.from || b.to - a.to)
  return ordered.reduce<PatchedText>(
    (at, patch) => ({
      text: at.text.slice(0, patch.from) + patch.insert + at.text.slice(patch.to),
      changed: joined([...at.changed.flatMap((range) => moved(range, patch)), grown(patch)]),
    }),
    { text, changed },
  )
}

const grown = ({ from, insert }: TextPatch): TextRange => ({ from, to: from + insert.length })

/** Where a range is after a patch; what lies within the part that is replaced is a part of the new one. */
function moved(range: TextRange, { from, to, insert }: TextPatch): readonly TextRange[] {
  const by = insert.length - (to - from)
  if (range.to <= from) return [range]
  if (range.from >= to) return [{ from: range.from + by, to: range.to + by }]
  if (range.from >= from && range.to <= to) return []
  return [{ from: Math.min(range.from, from), to: Math.max(range.to, to) + by }]
}

function joined(ranges: readonly TextRange[]): readonly TextRange[] {
  const sorted = [...ranges].sort((a, b) => a.from - b.from)
  return sorted.reduce<readonly TextRange[]>((all, range) => {
    const last = all.at(-1)
    if (!last || range.from > last.to) return [...all, range]
    return [...all.slice(0, -1), { from: last.from, to: Math.max(last.to, range.to) }]
  }, [])
}
