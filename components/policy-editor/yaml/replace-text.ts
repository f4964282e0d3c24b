/** The smallest single replacement that makes `text` of `old`; null where they are equal. Keeps the caret where it can. */
export function replacement(old: string, text: string): { from: number; to: number; insert: string } | null {
  if (old === text) return null
  const shorter = Math.min(old.length, text.length)
  let head = 0
  while (head < shorter && old[head] === text[head]) head++
  let tail = 0
  while (tail < shorter - head && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail++
  return { from: head, to: old.length - tail, insert: text.slice(head, text.length - tail) }
}
