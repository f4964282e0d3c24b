import { parse } from 'yaml'
import { type Fields, isFields } from '../../read'
import type { Style } from './style'
import { inUsualOrder } from '../../usual-order'

/**
 * A value in lines, the first without indentation, the others behind `column` blanks.
 * @param under the key that it stands behind, if any
 */
export function blockText(value: unknown, column: number, style: Style, under: string | null = null): string {
  const pad = ' '.repeat(column)
  if (inBrackets(value, style, under)) return flowText(value, style)
  if (Array.isArray(value))
    return value
      .map((item) => `-${style.dashGap}${blockText(item, column + 1 + style.dashGap.length, style, null)}`)
      .join(style.eol + pad)
  if (!isFields(value)) return flowText(value, style)
  return entriesOf(value)
    .map(([key, inner]) => pairText(key, inner, column, style))
    .join(style.eol + pad)
}

/** `key: value`, or the key and what is below it. */
export function pairText(key: string, value: unknown, column: number, style: Style): string {
  return `${scalarText(key, style)}:${behindKey(key, value, column, style)}`
}

/** What stands behind the colon of a key in this column. */
export function behindKey(key: string, value: unknown, column: number, style: Style): string {
  if (inBrackets(value, style, key)) return ` ${flowText(value, style)}`
  const inner = Array.isArray(value) ? column + style.dashIndent : column + style.step.length
  return `${style.eol}${' '.repeat(inner)}${blockText(value, inner, style, key)}`
}

const entriesOf = (fields: Fields) => inUsualOrder(Object.entries(fields).filter(([, inner]) => inner !== undefined))

const isPlain = (value: unknown) => !Array.isArray(value) && !isFields(value)
const isEmpty = (value: unknown) => (Array.isArray(value) ? value : Object.keys(value ?? {})).length === 0
const isFlat = (value: unknown): boolean =>
  isPlain(value) || (Array.isArray(value) ? value : Object.values(value ?? {})).every(isPlain)

function inBrackets(value: unknown, style: Style, under: string | null): boolean {
  if (style.json || isPlain(value) || isEmpty(value)) return true
  if (under === null || !style.flowKeys.has(under)) return false
  return isFlat(value) || (Array.isArray(value) && value.every(isFlat))
}

/** With brackets, in one line, or with `indent` as pretty JSON whose closing bracket stands behind `indent`. */
export function flowText(value: unknown, style: Style, indent: string | null = null): string {
  if (Array.isArray(value)) return bracketed('[', ']', style.bracketPad, value, (item, at) => flowText(item, style, at))
  if (!isFields(value)) return scalarText(value, style)
  return bracketed('{', '}', style.bracePad, entriesOf(value), ([key, inner], at) => {
    return `${scalarText(key, style)}${style.colon}${flowText(inner, style, at)}`
  })

  function bracketed<Item>(
    open: string,
    close: string,
    pad: string,
    items: readonly Item[],
    text: (item: Item, indent: string | null) => string,
  ): string {
    if (items.length === 0) return open + close
    if (indent === null) return `${open}${pad}${items.map((item) => text(item, null)).join(style.comma)}${pad}${close}`
    const inner = indent + style.step
    const lines = items.map((item) => `${inner}${text(item, inner)}`)
    return `${open}${style.eol}${lines.join(`,${style.eol}`)}${style.eol}${indent}${close}`
  }
}

/** A text is quoted only where it must be, and then as the document quotes, or as `quote` says. */
export function scalarText(value: unknown, style: Style, quote: Style['quote'] | null = null): string {
  if (typeof value !== 'string') return value === null || value === undefined ? 'null' : String(value)
  if (style.json) return JSON.stringify(value)
  if (quote === null && isPlainText(value)) return value
  const single = (quote ?? style.quote) === "'" && !/[\p{Cc}\u2028\u2029]/u.test(value)
  return single ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value)
}

const words = new Set(['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null', '~', ''])

/** Whether it is read as this very text without quotes, in lines and in brackets, by YAML 1.1 and 1.2. */
function isPlainText(text: string): boolean {
  if (words.has(text.toLowerCase()) || /^[\s\-?:,[\]{}#&*!|>'"%@`=]/.test(text) || /\s$/.test(text)) return false
  if (/[,[\]{}\p{Cc}\u2028\u2029]|: |:$| #/u.test(text)) return false
  if (/^[-+.\d]/.test(text) && /^[-+.\d_:eExXoOa-fA-F/]*$/.test(text) && !/^\d+(\.\d+){2,}/.test(text)) return false
  try {
    return parse(text) === text && parse(text, { version: '1.1' }) === text
  } catch {
    return false
  }
}
