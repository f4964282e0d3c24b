export type DiffLine = { readonly kind: ' ' | '-' | '+'; readonly text: string }

/** The fewest lines that are taken away and put in. O(lines of what differs, squared). */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  let head = 0
  while (head < Math.min(before.length, after.length) && before[head] === after[head]) head++
  let tail = 0
  while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const same = (lines: readonly string[]) => lines.map((text): DiffLine => ({ kind: ' ', text }))
  return [
    ...same(before.slice(0, head)),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...same(before.slice(before.length - tail)),
  ]
}

const mostCells = 4_000_000

function middle(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const all = (kind: '-' | '+', lines: readonly string[]) => lines.map((text): DiffLine => ({ kind, text }))
  if (before.length * after.length > mostCells) return [...all('-', before), ...all('+', after)]
  const width = after.length + 1
  // Of what is common from here to the end.
  const common = new Uint32Array((before.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    const [old, next] = [before[i], after[j]]
    if (old !== undefined && old === next) {
      lines.push({ kind: ' ', text: old })
      i++
      j++
    } else if (old !== undefined && (next === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: '-', text: old })
      i++
    } else if (next !== undefined) {
      lines.push({ kind: '+', text: next })
      j++
    }
  }
  return lines
}
