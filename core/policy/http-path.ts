/**
 * A path as servers read it: without query, fragment, matrix parameters and a slash at the end, escapes decoded,
 * backslashes as slashes, dot segments resolved. null: no absolute path, or one that hides escapes in escapes.
 */
export function normalPath(path: string): string | null {
  const decoded = decode(path.replace(/[?#].*$/s, ''))
  if (decoded === null || decoded.includes('\0') || /%[0-9a-f]{2}/i.test(decoded)) return null
  const slashed = decoded.replaceAll('\\', '/')
  if (!slashed.startsWith('/')) return null
  const kept: string[] = []
  for (const segment of slashed.split('/').map((part) => part.replace(/;.*$/s, '')))
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(segment)
  return `/${kept.join('/')}`
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
