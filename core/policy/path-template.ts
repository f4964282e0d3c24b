/**
 * Whether a path fits a template of segments: `{*}` stands for one segment that is not empty, `{**}` for one or more
 * that may be. At most one `{**}`, and no `{*}` behind it.
 */
export function templateMatches(segments: readonly string[], path: string): boolean {
  const parts = path.split('/')
  const open = segments.indexOf('{**}')
  if (open < 0) return parts.length === segments.length && allFit(segments, parts)
  const tail = segments.slice(open + 1)
  if (parts.length < segments.length) return false
  return allFit(segments.slice(0, open), parts) && allFit(tail, parts.slice(parts.length - tail.length))
}

const allFit = (segments: readonly string[], parts: readonly string[]): boolean =>
  segments.every((segment, i) => (segment === '{*}' ? parts[i] !== '' : parts[i] === segment))
