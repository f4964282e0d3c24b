/** Deeper than manifests and other bodies are, and far from where readers run out of stack. */
const deepest = 500

const leading = new RegExp(`^[ \\-?:]{${2 * deepest}}`, 'm')

/** Whether JSON nests deeper than any manifest does. O(length). */
export function isDeepJson(text: string): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '"') i = endOfString(text, i)
    else if (char === '[' || char === '{') {
      if (++depth > deepest) return true
    } else if (char === ']' || char === '}') depth--
  }
  return false
}

function endOfString(text: string, start: number): number {
  let i = start + 1
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1
  return i
}

/** The same of YAML, by brackets that stay open in a document, whether quoted or not, and by indentation. */
export function isDeepYaml(text: string): boolean {
  if (leading.test(text)) return true
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '[' || char === '{') {
      if (++depth > deepest) return true
    } else if (char === ']' || char === '}') depth = Math.max(0, depth - 1)
    else if (char === '\n' && text.startsWith('---', i + 1)) depth = 0
  }
  return false
}
