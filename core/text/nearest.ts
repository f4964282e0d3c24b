/** The nearest of some words, where a slip of the keyboard explains the difference; null else. */
export function nearest(typed: string, known: readonly string[]): string | null {
  const word = typed.toLowerCase()
  let best: string | null = null
  let least = word.length < 5 ? 1.5 : 2.5
  for (const one of known) {
    const away = one.startsWith(word) && word.length > 1 ? 1 : distance(word, one.toLowerCase())
    if (away < least) [best, least] = [one, away]
  }
  return best
}

/** Letters to change, add, drop or swap with the next (Damerau–Levenshtein). O(a × b). */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3) return 9
  let older: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (older[j - 2] ?? 0) + 1)
      row.push(least)
    }
    older = last
    last = row
  }
  return last[b.length] ?? 9
}
