/** A line of two texts: in both, only in the old one, or only in the new one. Numbers count from 1; null: not in it. */
export type DiffLine = {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
  readonly old: number | null
  readonly new: number | null
}

/** Above this many pairs of lines that differ, they are told as wholly replaced. */
const maxPairs = 4_000_000

/** The fewest lines that turn one text into the other, removals before additions. Empty text has no lines. */
export const diffLines = (oldText: string, newText: string): readonly DiffLine[] =>
  diffLists(linesOf(oldText), linesOf(newText))

/** The same of lines that are told apart already. O(lines of what differs, squared). */
export function diffLists(a: readonly string[], b: readonly string[]): readonly DiffLine[] {
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  const shared = commonLines(a.slice(head, a.length - tail), b.slice(head, b.length - tail))
  const kept = [
    ...Array.from({ length: head }, (_, i) => [i, i] as const),
    ...shared.map(([i, j]) => [i + head, j + head] as const),
    ...Array.from({ length: tail }, (_, i) => [a.length - tail + i, b.length - tail + i] as const),
  ]
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  for (const [oldAt, newAt] of [...kept, [a.length, b.length] as const]) {
    for (; i < oldAt; i++) lines.push({ kind: 'removed', text: a[i] ?? '', old: i + 1, new: null })
    for (; j < newAt; j++) lines.push({ kind: 'added', text: b[j] ?? '', old: null, new: j + 1 })
    if (i < a.length) lines.push({ kind: 'same', text: a[i++] ?? '', old: i, new: ++j })
  }
  return lines
}

/** Lines without the last, empty one that a final line break would make. */
const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

/** Pairs of positions of a longest common subsequence. */
function commonLines(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  if (a.length * b.length > maxPairs) return []
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return pairs
}

/** Whether two texts differ in a line. */
export const linesDiffer = (oldText: string, newText: string): boolean =>
  diffLines(oldText, newText).some(({ kind }) => kind !== 'same')
