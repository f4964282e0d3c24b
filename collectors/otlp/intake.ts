import { createDecoder } from './decode'
import { createJsonDecoder } from './decode-json'
import type { Inbox } from './inbox'
import type { Spans } from './span'

export type Encoding = 'protobuf' | 'json'

/** What a request was. `accepted`: its spans will be counted, but for `rejected` ones that could not be read. */
export type Received =
  | { readonly type: 'accepted'; readonly rejected: number; readonly reason: string }
  | { readonly type: 'malformed' }
  | { readonly type: 'full' }

/** The way from a request's bytes into the inbox, the same for both ports. */
export type Intake = {
  readonly full: boolean
  take(body: Buffer, encoding: Encoding, sender: string): Received
}

export type IntakeLimits = {
  /** A request on the wire, compressed or not; the Collector's own receiver takes 20 MiB. */
  readonly maxBody: number
  /** The same after gzip. */
  readonly maxMessage: number
  readonly maxSpans: number
  /** All bodies under way on the HTTP port together. */
  readonly maxUnderWay: number
  /** A request must have come whole after this time, its headers in a third of it. */
  readonly requestMs: number
}

export const intakeLimits: IntakeLimits = {
  maxBody: 16_000_000,
  maxMessage: 32_000_000,
  maxSpans: 50_000,
  maxUnderWay: 64_000_000,
  requestMs: 30_000,
}

export function createIntake(
  inbox: Inbox,
  cluster: string | undefined,
  maxSpans: number,
  onRequest: (spans: Spans | null, sender: string) => void,
): Intake {
  const decode = createDecoder(cluster)
  const decodeJson = createJsonDecoder(cluster)

  const read = (body: Buffer, encoding: Encoding): Spans | null =>
    encoding === 'protobuf' ? decode(body, maxSpans) : decodeJson(jsonOf(body), maxSpans)

  return {
    get full() {
      return inbox.full
    },
    take(body, encoding, sender) {
      if (inbox.full) return { type: 'full' }
      const spans = read(body, encoding)
      onRequest(spans, sender)
      if (!spans) return { type: 'malformed' }
      if (!inbox.put(spans)) return { type: 'full' }
      return { type: 'accepted', rejected: spans.rejected, reason: spans.reason }
    },
  }
}

/** undefined: no JSON. */
function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
