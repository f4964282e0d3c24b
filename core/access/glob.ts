/** A test of whether texts are as a pattern says, in which `*` stands for any characters. O(pattern × text), whatever the pattern. */
export function globTest(pattern: string): (text: string) => boolean {
  const parts = pattern.split('*')
  if (parts.length === 1) return (text) => text === pattern
  const first = parts[0] ?? ''
  const last = parts.at(-1) ?? ''
  const between = parts.slice(1, -1).filter((part) => part !== '')
  return (text) => fits(text, first, between, last)
}

function fits(text: string, first: string, between: readonly string[], last: string): boolean {
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false
  // Each part at its first place leaves most room for those after it.
  let at = first.length
  for (const part of between) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= text.length - last.length
}
