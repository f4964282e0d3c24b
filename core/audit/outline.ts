const plain = /^[\p{L}\p{N}_/][\p{L}\p{N} _./:@*+()=,'’-]*$/u
const looksLikeOther = /^(true|false|null|[\d.+-]+)$|: |\s$/

/**
 * JSON as an outline for people, a line for each value: without brackets, quoted only where a text could be taken for
 * something else. Members keep their order. '' for nothing.
 */
export const outline = (value: unknown): string =>
  value === null || value === undefined ? '' : `${linesOf(value, '').join('\n')}\n`

function linesOf(value: unknown, indent: string): readonly string[] {
  if (Array.isArray(value))
    return value.length === 0 ? [`${indent}(none)`] : value.flatMap((item: unknown) => itemLines(item, indent))
  if (typeof value !== 'object' || value === null) return [indent + scalar(value)]
  const members = Object.entries(value)
  if (members.length === 0) return [`${indent}(none)`]
  return members.flatMap(([name, member]: [string, unknown]) =>
    isNested(member)
      ? [`${indent}${scalar(name)}:`, ...linesOf(member, `${indent}  `)]
      : [`${indent}${scalar(name)}: ${oneLine(member)}`],
  )
}

/** The first line of an item stands behind its dash. */
function itemLines(item: unknown, indent: string): readonly string[] {
  if (!isNested(item)) return [`${indent}- ${oneLine(item)}`]
  const [first = '', ...rest] = linesOf(item, `${indent}  `)
  return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest]
}

const isNested = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0

const oneLine = (value: unknown): string =>
  typeof value === 'object' && value !== null ? '(none)' : value === undefined ? 'null' : scalar(value)

function scalar(value: unknown): string {
  if (typeof value !== 'string') return String(value)
  return plain.test(value) && !looksLikeOther.test(value) ? value : JSON.stringify(value)
}
