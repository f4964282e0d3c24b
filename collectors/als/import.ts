import type { Observation } from '@/core/observation'
import type { FileBatch } from '@/collectors/source'
import { readLines } from '@/collectors/kit/lines'
import { type Decoded, createDecoder, newIdentity } from './decode'
import { type JsonMap, encodeJson, isMap, memberOf } from './encode-json'
import { createObserve } from './observe'
import { streamMessage } from './schema'
import { entryOfTextLog } from './text-log'

const batchLines = 2_000

/**
 * Reads recorded access logs, plain or gzip, a JSON object a line: StreamAccessLogsMessage, single
 * HTTPAccessLogEntry or TCPAccessLogEntry (a line with an `identifier` holds for those after it), or
 * Envoy's own JSON text log. What cannot be read is counted by reason. Memory is bounded by one batch.
 */
export async function* readAlsFile(
  stream: AsyncIterable<Uint8Array | string>,
  { cluster }: { readonly cluster: string },
): AsyncGenerator<FileBatch> {
  const read = createLineReader(cluster)
  let observations: Observation[] = []
  let skipped = new Map<string, number>()
  let lines = 0
  let used = 0

  const skip = (reason: string) => skipped.set(reason, (skipped.get(reason) ?? 0) + 1)
  const take = (line: string | null) => {
    lines++
    const result = line === null ? 'longer than 1 MB' : read(line)
    if (typeof result === 'string') skip(result)
    else {
      used++
      observations.push(...result)
    }
  }
  const batch = (): FileBatch => {
    const malformed = lines - used
    const counts = { malformed, lines, used, skipped: Object.fromEntries(skipped) }
    const taken = { observations, gaps: [], checkpoint: null, ...counts }
    observations = []
    skipped = new Map()
    lines = 0
    used = 0
    return taken
  }

  try {
    for await (const line of readLines(stream)) {
      take(line)
      if (lines >= batchLines) yield batch()
    }
  } catch (thrown) {
    if (!isBrokenGzip(thrown)) throw thrown
    lines++
    skip('the gzip breaks off or is damaged')
  }
  yield batch()
}

/** The observations of a line, or why it has none. */
function createLineReader(cluster: string): (line: string) => Observation[] | string {
  const whole = createDecoder(cluster)
  const textual = createDecoder(cluster, createObserve(cluster, 'no TLS'))
  const identity = newIdentity()
  const nobody = newIdentity()

  const decode = (message: JsonMap, isText = false): Observation[] | string => {
    const into: Decoded = { observations: [], malformed: 0, intermediate: 0 }
    const bytes = encodeJson(message, streamMessage)
    if (isText) textual.decode(bytes, nobody, into)
    else whole.decode(bytes, identity, into)
    if (into.observations.length > 0 || 'identifier' in message) return into.observations
    return into.malformed > 0 ? 'an entry without a time' : 'an entry of a connection that goes on'
  }

  return (line) => {
    const value = parse(line)
    if (!isMap(value)) return 'not a JSON object'
    const names = ['identifier', 'http_logs', 'tcp_logs']
    if (names.some((name) => memberOf(value, name) !== undefined)) return decode(value)
    if (memberOf(value, 'common_properties') !== undefined) {
      const isTcp = memberOf(value, 'connection_properties') !== undefined
      const isHttp = ['request', 'response', 'protocol_version'].some((name) => memberOf(value, name) !== undefined)
      return decode(messageOf(isTcp || !isHttp ? 'tcp' : 'http', value))
    }
    const text = entryOfTextLog(value)
    return text ? decode(messageOf(text.kind, text.entry), true) : 'not an access log entry'
  }
}

const messageOf = (kind: 'http' | 'tcp', entry: JsonMap): JsonMap => ({ [`${kind}_logs`]: { log_entry: [entry] } })

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

const isBrokenGzip = (thrown: unknown) =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && thrown.code.startsWith('Z_')
