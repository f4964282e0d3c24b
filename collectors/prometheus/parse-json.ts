import { labelsOf } from './catalog'
import { type ApiHead, type ApiHeads, createApiHeads } from './api-heads'
import { type Snapshot, snapshotOf } from './histogram'

/** A series of an answer of the query API, with its samples. */
export type ApiSeries = {
  readonly head: ApiHead
  /** Milliseconds and value, as the server's numbers. */
  readonly values: readonly { readonly time: number; readonly value: number }[]
  /** Native histograms. */
  readonly histograms: readonly { readonly time: number; readonly snapshot: Snapshot }[]
}

/** What an answer says beside its series. */
export type ApiFrame = {
  readonly status: string
  readonly resultType: string
  readonly errorType: string
  readonly error: string
  readonly warnings: readonly string[]
}

type Sink = {
  series(series: ApiSeries): void
  /** Elements of the result that are no series. */
  malformed(n: number): void
}

const nameLabel = '__name__'
const maxElement = 8_000_000
const maxFrame = 200_000
const maxDepth = 32

/**
 * Cuts an answer of `/api/v1/query` into its series while it comes in, so that memory holds one of them at a
 * time. Bytes in any pieces. O(bytes).
 */
export function createApiParser(sink: Sink, heads: ApiHeads = createApiHeads()) {
  heads.next()
  /** Open brackets outside of an element, as their bytes. */
  const open: number[] = []
  let frame = ''
  let element: Buffer[] = []
  let elementSize = 0
  /** Of the array that is being read. */
  let elements = 0
  let commas = 0
  let inElement = false
  let depth = 0
  let quoted = false
  /** The next byte of a text means itself. */
  let skip = false
  let broken = false

  /** In an array in an object in the whole, as `data.result` is: of it only the objects are read. */
  const inResult = () => open[2] === openBracket

  const finish = (last: Buffer) => {
    const text = element.length === 0 ? last.toString('utf8') : Buffer.concat([...element, last]).toString('utf8')
    element = []
    elementSize = 0
    const series = readElement(text, heads)
    if (series) sink.series(series)
    else sink.malformed(1)
  }

  const keepElement = (part: Buffer) => {
    elementSize += part.length
    if (elementSize > maxElement) broken = true
    else element.push(Buffer.from(part))
  }

  const keepFrame = (part: Buffer) => {
    if (frame.length + part.length > maxFrame) broken = true
    else frame += part.toString('latin1')
  }

  /** A bracket opens at `i`. Returns from where on the chunk is still to be kept. */
  const opened = (bracket: number, chunk: Buffer, from: number, i: number): number => {
    if (inElement) {
      depth++
      return from
    }
    if (inResult() && bracket === openBrace && open.length === 3) {
      inElement = true
      depth = 1
      elements++
      return i
    }
    if (open.push(bracket) > maxDepth) broken = true
    if (inResult() && open.length === 3) {
      keepFrame(chunk.subarray(from, i + 1))
      elements = 0
      commas = 0
    }
    return from
  }

  const closed = (chunk: Buffer, from: number, i: number): number => {
    if (inElement) {
      if (--depth > 0) return from
      finish(chunk.subarray(from, i + 1))
      inElement = false
      return i + 1
    }
    const ends = inResult() && open.length === 3
    if (ends && commas >= elements && commas > 0) sink.malformed(commas + 1 - elements)
    open.pop()
    return ends ? i : from
  }

  return {
    push(chunk: Buffer): void {
      if (broken) return
      // Variables of the function itself: the loop below is most of the work.
      let from = 0
      let text = quoted
      // Where it fails once, the rest of the chunk is read with care.
      let quick = true
      for (let i = 0; i < chunk.length; i++) {
        const c = chunk[i] ?? 0
        if (text) {
          if (skip) skip = false
          else if (c === backslash) skip = true
          else if (c === quote) text = false
          continue
        }
        if (structural[c] === 0) continue
        if (c === quote) text = true
        else if (c === comma) {
          if (!inElement && open.length === 3) commas++
        } else if (c === openBrace || c === openBracket) {
          from = opened(c, chunk, from, i)
          if (!inElement || from !== i || !quick) continue
          const end = chunk.indexOf(between, i)
          const series = end < 0 ? null : readElement(chunk.toString('utf8', i, end + 2), heads)
          quick = series !== null
          if (!series) continue
          sink.series(series)
          inElement = false
          i = end + 1
          from = i + 1
        } else from = closed(chunk, from, i)
        if (broken) return
      }
      quoted = text
      if (inElement) keepElement(chunk.subarray(from))
      else if (!inResult()) keepFrame(chunk.subarray(from))
    },
    /** What the answer said; null where it was no such answer or broke off. */
    end(): ApiFrame | null {
      return broken || inElement || open.length > 0 ? null : readFrame(Buffer.from(frame, 'latin1').toString('utf8'))
    },
  }
}

const quote = 0x22
const backslash = 0x5c
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d
const comma = 0x2c
/** How the usual servers end one series and begin the next. Within a text its quote would be escaped, so that it means nothing else. */
const between = Buffer.from(']},{"metric":{')
/** 1 for the bytes that mean something outside of texts. */
const structural = new Uint8Array(256)
for (const byte of [quote, openBrace, closeBrace, openBracket, closeBracket, comma]) structural[byte] = 1

type Json = { readonly [key: string]: unknown }

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function readFrame(text: string): ApiFrame | null {
  const frame = parse(text)
  if (!isObject(frame) || typeof frame.status !== 'string') return null
  const data = isObject(frame.data) ? frame.data : {}
  return {
    status: frame.status,
    resultType: textOf(data.resultType),
    errorType: textOf(frame.errorType),
    error: textOf(frame.error),
    warnings: listOf(frame.warnings).flatMap((warning) => (typeof warning === 'string' ? [warning] : [])),
  }
}

const headStart = '{"metric":{'

/** An element of a matrix or a vector; null where it is none, or one of its samples is none. */
function readElement(text: string, heads: ApiHeads): ApiSeries | null {
  // Within a text a quote is escaped, so that these letters end the labels and nothing else.
  const end = text.startsWith(headStart) ? text.indexOf('},"') : -1
  const cut = end < 0 ? null : text.slice(0, end + 1)
  const element = parse(cut === null ? text : `{${text.slice(end + 2)}`)
  if (!isObject(element)) return null
  const head =
    cut === null ? headOf(element.metric) : heads.get(cut, () => headOf(parse(cut.slice(headStart.length - 1))))
  if (!head) return null
  const values: { time: number; value: number }[] = []
  const histograms: { time: number; snapshot: Snapshot }[] = []
  for (const point of element.value === undefined ? listOf(element.values) : [element.value]) {
    const [time, value] = pointOf(point)
    if (time === null || typeof value !== 'string') return null
    values.push({ time, value: numberOf(value) })
  }
  for (const point of element.histogram === undefined ? listOf(element.histograms) : [element.histogram]) {
    const [time, value] = pointOf(point)
    const snapshot = nativeSnapshot(value)
    if (time === null || !snapshot) return null
    histograms.push({ time, snapshot })
  }
  return { head, values, histograms }
}

function headOf(metric: unknown): ApiHead | null {
  if (!isObject(metric)) return null
  const pairs = Object.entries(metric).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  return { name: textOf(metric[nameLabel]), labels: labelsOf(pairs) }
}

function pointOf(point: unknown): [number | null, unknown] {
  const [time, value] = listOf(point)
  return typeof time === 'number' && Math.abs(time) < 8.64e12 ? [Math.round(time * 1000), value] : [null, null]
}

const numberOf = (text: string): number => {
  if (text === '+Inf' || text === 'Inf') return Number.POSITIVE_INFINITY
  if (text === '-Inf') return Number.NEGATIVE_INFINITY
  return text === '' ? Number.NaN : Number(text)
}

/** `{count, sum, buckets: [[rule, "left", "right", "count"], …]}`: only filled buckets are told, so the edges of all of them are bounds. */
function nativeSnapshot(value: unknown): Snapshot | null {
  if (!isObject(value)) return null
  const buckets = listOf(value.buckets).flatMap((bucket) => {
    const [, left, right, n] = listOf(bucket)
    return [{ left: numberOf(textOf(left)), right: numberOf(textOf(right)), n: numberOf(textOf(n)) }]
  })
  buckets.sort((a, b) => a.right - b.right)
  const bounds: number[] = []
  const cumulative: number[] = []
  let below = 0
  for (const { left, right, n } of buckets) {
    if (bounds.at(-1) !== left) {
      bounds.push(left)
      cumulative.push(below)
    }
    below += n
    bounds.push(right)
    cumulative.push(below)
  }
  return snapshotOf(bounds, cumulative, numberOf(textOf(value.sum)), numberOf(textOf(value.count)))
}
