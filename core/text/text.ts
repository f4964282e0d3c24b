/** Terminal sequences: CSI (`ESC [ … letter`), OSC (`ESC ] … BEL`) and two-character ones. */
const [esc, csi, bel] = ['\u001b', '\u009b', '\u0007']
const ansi = new RegExp(
  String.raw`(?:${esc}\[|${csi})[0-?]{0,64}[ -/]{0,16}[@-~]|${esc}\][^${bel}${esc}]{0,1000}(?:${bel}|${esc}\\)|${esc}[@-Z\\-_]`,
  'g',
)
const blanks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g
/** Control, format (bidirectional marks, zero-width, tags) and lone surrogates. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}]/gu
const harmless = /^[ -~]*$/

/**
 * Text of strangers as one visible line: without control and bidirectional characters and terminal
 * sequences, line breaks as one blank, at most `max` UTF-16 units (the last may be `…`). O(length up to a multiple of max).
 */
export function clean(text: string, max: number): string {
  if (text.length <= max && harmless.test(text)) return text
  const visible = text
    .slice(0, max * 4 + 1000)
    .replace(ansi, '')
    .replace(blanks, ' ')
    .replace(invisible, '')
  return visible.length <= max ? visible : cut(visible, max)
}

function cut(text: string, max: number): string {
  if (max <= 0) return ''
  const head = text.slice(0, max - 1)
  return `${/[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head}…`
}

/** The same of text of several lines, at most `max` UTF-16 units together; other blanks become one. */
export const cleanLines = (text: string, max: number): string =>
  text
    .slice(0, max * 4 + 1000)
    .split(/\r?\n/)
    .map((line) => clean(line, max))
    .join('\n')
    .slice(0, max)

/** A line with what is unseen in it written as `\\u202e`: a manifest must not read otherwise than it is. */
export const withUnseenShown = (line: string): string =>
  harmless.test(line)
    ? line
    : line.replace(invisible, (char) =>
        char === '\t' ? char : `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
      )
