import type { FlowObservation } from '@/core/observation'
import type { FileBatch } from '@/collectors/source'
import { readLines } from '@/collectors/kit/lines'
import { createJsonDecoder } from './decode-json'
import { goldmaneWindow } from './observe'

const batchRecords = 2_000
const maxWhole = 64_000_000

/**
 * Reads recorded flows, plain or gzip: protojson of Flow, FlowResult or FlowListResult, or what whisker-backend
 * answers (its list, and the lines of its event stream); one value a line, or one JSON value over
 * many lines, of at most 64 MB. What cannot be read is counted by reason. Memory: one batch, or the one value.
 */
export async function* readGoldmaneFile(
  stream: AsyncIterable<Uint8Array | string>,
  { cluster }: { readonly cluster: string },
): AsyncGenerator<FileBatch> {
  const decoder = createJsonDecoder({ cluster, windowSeconds: goldmaneWindow })
  let observations: FlowObservation[] = []
  let skipped = new Map<string, number>()
  let lines = 0

  const skip = (reason: string) => {
    lines++
    skipped.set(reason, (skipped.get(reason) ?? 0) + 1)
  }
  const read = (record: unknown) => {
    const received = decoder.decode(record)
    if (received.type === 'flow') {
      lines++
      observations.push(received)
    } else skip(received.reason)
  }
  const take = (): FileBatch => {
    const used = observations.length
    const counts = { malformed: lines - used, lines, used, skipped: Object.fromEntries(skipped) }
    const batch = { observations, gaps: [], checkpoint: null, ...counts }
    observations = []
    skipped = new Map()
    lines = 0
    return batch
  }

  try {
    for await (const value of readValues(stream)) {
      if (typeof value === 'string') skip(value)
      else
        for (const record of recordsOf(value.json)) {
          read(record)
          if (lines >= batchRecords) yield take()
        }
    }
  } catch (thrown) {
    if (!isBrokenGzip(thrown)) throw thrown
    skip('the gzip breaks off or is damaged')
  }
  yield take()
}

type Value = { readonly json: unknown } | string

/** The JSON values of a file; a text says why a line holds none. */
async function* readValues(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<Value> {
  const whole = createWhole()
  for await (const line of readLines(stream)) {
    if (line === null) {
      whole.drop()
      yield 'longer than 1 MB: write one flow a line (jq -c .items[])'
      continue
    }
    const data = whole.open ? line : eventData(line)
    if (data === null) continue
    const value = whole.open ? undefined : parse(data)
    if (value !== undefined) yield { json: value }
    else if (whole.open || opens.test(data)) {
      const text = whole.add(data)
      if (text === null) continue
      const json = parse(text)
      yield json === undefined ? 'not JSON' : { json }
    } else yield 'not JSON'
  }
  if (whole.open) yield 'not JSON'
}

/** A value over many lines begins with a bracket and breaks off where a line may. */
const opens = /^[{[](.*[{[,])?$/s

/** Gathers the lines of one value until its brackets are closed. */
function createWhole() {
  let lines: string[] = []
  let length = 0
  let depth = 0
  const drop = () => {
    lines = []
    length = 0
    depth = 0
  }
  return {
    get open() {
      return lines.length > 0
    },
    drop,
    /** The whole text with the line that ends it, or when it is too long to go on; null before. */
    add(line: string): string | null {
      lines.push(line)
      length += line.length
      for (const bracket of line.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/[{}[\]]/g) ?? [])
        depth += bracket === '{' || bracket === '[' ? 1 : -1
      if (depth > 0 && length <= maxWhole) return null
      const text = length > maxWhole ? '' : lines.join('\n')
      drop()
      return text
    },
  }
}

/** The payload of a server-sent event's line, the line itself where it is none, null for an event's other fields. */
function eventData(line: string): string | null {
  if (line.startsWith('data:')) return line.slice(5).trim()
  return /^(event|id|retry)?:/.test(line) ? null : line
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A list as it comes from List (`flows`) or from whisker-backend (`items`), an array, or the one record. */
function recordsOf(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json
  if (typeof json !== 'object' || json === null) return [json]
  if ('items' in json && Array.isArray(json.items)) return json.items
  if ('flows' in json && Array.isArray(json.flows)) return json.flows
  return [json]
}

const isBrokenGzip = (thrown: unknown) =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && thrown.code.startsWith('Z_')
