import type { Gap } from '@/core/observation'
import type { FileBatch } from '@/collectors/source'
import { createJsonDecoder } from './decode-json'
import { type ObjectText, readObjects } from './json-objects'
import { type PairLimits, createPairs } from './pair'
import type { Span } from './span'
import { createZipkinDecoder } from './zipkin'

type Bytes = AsyncIterable<Uint8Array | string>
type Options = { readonly cluster: string }
type Read = { readonly spans: readonly Span[]; readonly rejected: number; readonly reason: string }

/** Everything of a file has the same age: what waits is let go of after this many more spans. */
const limits: PairLimits = { ttlMs: 100_000, maxHeld: 250_000, maxSeen: 500_000 }
const batchObservations = 2_000
const maxObject = 64_000_000

/**
 * Reads traces as the Collector's file exporter writes them: ExportTraceServiceRequests in JSON, lines
 * or one document, plain or gzip. `cluster`: where spans name none. Memory: about 250,000 spans at most.
 */
export function readOtlpFile(stream: Bytes, { cluster }: Options): AsyncGenerator<FileBatch> {
  const decode = createJsonDecoder(undefined)
  return readFile(stream, cluster, (document) => {
    const spans = decode(document, Number.POSITIVE_INFINITY)
    return spans ?? { spans: [], rejected: 1, reason: 'not an OTLP trace export' }
  })
}

/** Reads Zipkin v2 JSON: arrays of spans, of traces, or lines of either. The same bounds as `readOtlpFile`. */
export function readZipkinFile(stream: Bytes, { cluster }: Options): AsyncGenerator<FileBatch> {
  const decode = createZipkinDecoder(undefined)
  return readFile(stream, cluster, (value) => {
    const span = decode(value)
    return typeof span === 'string' ? { spans: [], rejected: 1, reason: span } : { ...one, spans: [span] }
  })
}

const one = { rejected: 0, reason: '' }

async function* readFile(stream: Bytes, cluster: string, read: (object: unknown) => Read): AsyncGenerator<FileBatch> {
  const pairs = createPairs(cluster, limits)
  let skipped = new Map<string, number>()
  let lines = 0
  let used = 0
  let clock = 0
  let waiting = 0

  const skip = (reason: string, n: number) => {
    lines += n
    skipped.set(reason, (skipped.get(reason) ?? 0) + n)
  }
  const add = (text: ObjectText) => {
    const object = text === null ? undefined : parse(text)
    if (object === undefined) {
      skip(text === null ? 'longer than 64 MB' : 'not a JSON object', 1)
      return
    }
    const { spans, rejected, reason } = read(object)
    for (const span of spans) pairs.add(span, ++clock)
    pairs.expire(clock)
    lines += spans.length
    used += spans.length
    waiting += spans.length
    if (rejected > 0) skip(reason, rejected)
  }
  const take = (): FileBatch => {
    const { observations, dropped } = pairs.take()
    const gaps: Gap[] = dropped
      ? [{ cluster, from: dropped.from, to: dropped.to, cause: 'overload', lost: dropped.n, part: '' }]
      : []
    const counts = { lines, used, skipped: Object.fromEntries(skipped), malformed: lines - used }
    skipped = new Map()
    lines = 0
    used = 0
    waiting = 0
    return { observations, gaps, checkpoint: null, ...counts }
  }

  try {
    for await (const text of readObjects(stream, maxObject)) {
      add(text)
      if (waiting >= batchObservations) yield take()
    }
  } catch (thrown) {
    if (!isBrokenGzip(thrown)) throw thrown
    skip('the gzip breaks off or is damaged', 1)
  }
  pairs.release()
  yield take()
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isBrokenGzip = (thrown: unknown) =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && thrown.code.startsWith('Z_')
