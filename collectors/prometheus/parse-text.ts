import { labelsOf } from './catalog'
import type { Labels } from './family'

export type TextSink = {
  /** The series that is likely the next, as `sample` gave it before: pages keep their order, and a comparison is cheaper than a look-up. */
  expected?(): string
  /** A sample of the series that was expected. */
  asExpected?(value: number, time: number | null): void
  /** Whether samples of this name are wanted: all others are passed over at the cost of finding their name. */
  wants(name: string): boolean
  /** `series`: the name with its labels as written, the same text for the same series; `time` in ms, null where none is given. */
  sample(name: string, series: string, value: number, time: number | null): void
  /** `# TYPE`. */
  type?(name: string, type: string): void
  /** `# EOF` of OpenMetrics. */
  end?(): void
}

/** Lines longer than this are malformed. */
const maxLine = 100_000
const maxTime = 8.64e15

/**
 * Reads one line of the text format 0.0.4 or of OpenMetrics 1.0; false for a malformed one. Series are not taken
 * apart here: `readSeries` does it once, and the caller keeps the outcome by the text.
 */
export function readTextLine(line: string, sink: TextSink): boolean {
  if (line.length > maxLine) return false
  const expected = sink.expected?.() ?? ''
  // `===` compares whole words of memory; `startsWith` goes letter by letter and takes twenty times as long.
  if (expected !== '' && line.charCodeAt(expected.length) === 0x20 && line.slice(0, expected.length) === expected)
    return readValue(line, expected.length, null, '', sink)
  const first = line.charCodeAt(0)
  if (first === hash) return readComment(line, sink)
  // Names in quotes, of the UTF-8 extension: none of ours.
  if (first === openBrace || Number.isNaN(first)) return true
  const brace = line.indexOf('{')
  const space = endOfName(line, brace)
  const hasLabels = brace >= 0 && brace <= space
  const name = line.slice(0, hasLabels ? brace : space).trim()
  if (!sink.wants(name)) return true
  const end = hasLabels ? endOfLabels(line, brace) : space
  if (end < 0) return false
  return readValue(line, end, name, line.slice(0, end), sink)
}

const hash = 0x23
const openBrace = 0x7b
const quote = 0x22
const backslash = 0x5c

/** First blank or tab; the line's end where there is none. Blanks may stand before the labels. */
function endOfName(line: string, brace: number): number {
  const space = line.indexOf(' ')
  const first = space < 0 ? line.length : space
  if (brace >= 0 && brace < first && !line.slice(0, brace).includes('\t')) return brace
  const blank = line.search(/[ \t]/)
  if (blank < 0) return line.length
  return brace > blank && line.slice(blank, brace).trim() === '' ? brace : blank
}

/** Past the brace that closes the labels, or -1. The last brace of a line is it, unless an exemplar follows. */
function endOfLabels(line: string, brace: number): number {
  if (!line.includes(' # ', brace)) return line.lastIndexOf('}') + 1 || -1
  let quoted = false
  for (let i = brace; i < line.length; i++) {
    const c = line.charCodeAt(i)
    if (c === quote) quoted = !quoted
    else if (c === backslash && quoted) i++
    else if (c === 0x7d && !quoted) return i + 1
  }
  return -1
}

/** `name` null: of the series that was expected. */
function readValue(line: string, from: number, name: string | null, series: string, sink: TextSink): boolean {
  const exemplar = line.indexOf(' # ', from)
  const rest = line.slice(from, exemplar < 0 ? line.length : exemplar).trim()
  const space = rest.indexOf(' ')
  const blank = space < 0 ? rest.indexOf('\t') : space
  const value = numberOf(blank < 0 ? rest : rest.slice(0, blank))
  if (value === null) return false
  if (blank < 0) {
    tell(sink, name, series, value, null)
    return true
  }
  const time = numberOf(rest.slice(blank).trim())
  // Milliseconds in one format, seconds in the other; the sizes do not overlap in any year that matters.
  const ms = time === null ? Number.NaN : Math.abs(time) < 1e11 ? Math.round(time * 1000) : Math.round(time)
  if (!(Math.abs(ms) <= maxTime)) return false
  tell(sink, name, series, value, ms)
  return true
}

function tell(sink: TextSink, name: string | null, series: string, value: number, time: number | null): void {
  if (name === null) sink.asExpected?.(value, time)
  else sink.sample(name, series, value, time)
}

function numberOf(text: string): number | null {
  if (text === '') return null
  const number = Number(text)
  if (!Number.isNaN(number)) return number
  const word = text.toLowerCase()
  if (word === 'nan') return Number.NaN
  if (word === '+inf' || word === 'inf') return Number.POSITIVE_INFINITY
  return word === '-inf' ? Number.NEGATIVE_INFINITY : null
}

function readComment(line: string, sink: TextSink): boolean {
  if (/^# EOF\s*$/.test(line)) sink.end?.()
  const type = /^#[ \t]+TYPE[ \t]+(\S+)[ \t]+(\w+)/.exec(line)
  if (type) sink.type?.(type[1] ?? '', type[2] ?? '')
  return true
}

const label = /[ \t]*([a-zA-Z_][a-zA-Z0-9_]*|"(?:[^"\\]|\\.)*")[ \t]*=[ \t]*"((?:[^"\\]|\\.)*)"[ \t]*(?:,|$)/y

/** Labels of a series as `sample` gave it; null where they are malformed. */
export function readSeries(series: string): Labels | null {
  const brace = series.indexOf('{')
  if (brace < 0) return labelsOf([])
  const text = series.slice(brace + 1, series.lastIndexOf('}'))
  const pairs: [string, string][] = []
  let at = 0
  while (at < text.length) {
    label.lastIndex = at
    const found = label.exec(text)
    if (!found) {
      if (text.slice(at).trim() === '') break
      return null
    }
    pairs.push([unquote(found[1] ?? ''), unescape(found[2] ?? '')])
    at = label.lastIndex
  }
  return labelsOf(pairs)
}

const unquote = (name: string) => (name.startsWith('"') ? unescape(name.slice(1, -1)) : name)
const unescape = (text: string) =>
  text.includes('\\') ? text.replace(/\\(.)/gs, (_, c: string) => (c === 'n' ? '\n' : c)) : text

/** Cuts a stream of text into lines and gives them on; counts the malformed ones. */
export function createTextParser(sink: TextSink) {
  let rest = ''
  let skipping = false
  let malformed = 0
  const line = (text: string) => {
    if (!readTextLine(text.charCodeAt(text.length - 1) === 0x0d ? text.slice(0, -1) : text, sink)) malformed++
  }
  return {
    push(chunk: string): void {
      const text = rest === '' ? chunk : rest + chunk
      let from = 0
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
        if (skipping) skipping = false
        else line(text.slice(from, at))
        from = at + 1
      }
      rest = text.slice(from)
      if (rest.length <= maxLine) return
      if (!skipping) malformed++
      skipping = true
      rest = ''
    },
    /** The last line needs no newline. */
    end(): void {
      if (rest !== '' && !skipping) line(rest)
      rest = ''
    },
    get malformed() {
      return malformed
    },
  }
}
