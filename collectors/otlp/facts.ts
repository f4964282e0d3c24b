import type { PairCounts } from './pair'
import type { Service, Span, Spans } from './span'

export type Facts = Readonly<Record<string, string | number>>

/** What is said of the senders on the Sources page. */
export type FactBook = {
  note(spans: Spans | null, sender: string): void
  /** What changed, at most once in `everyMs`. */
  take(now: number, counts: Readonly<PairCounts>, held: number): Facts | undefined
}

const everyMs = 10_000
const maxSenders = 1_000
const maxSdks = 20

export function createFacts(): FactBook {
  let senders = new Set<string>()
  const sdks = new Set<string>()
  let saidAt = Number.NEGATIVE_INFINITY
  let said = ''
  let spansThen = 0

  const noteSdks = (spans: readonly Span[]) => {
    let last: Service | null = null
    for (const { service } of spans) {
      if (service !== last && service.sdk && sdks.size < maxSdks) sdks.add(service.sdk)
      last = service
    }
  }

  return {
    note(spans, sender) {
      if (senders.size < maxSenders) senders.add(sender)
      if (spans) noteSdks(spans.spans)
    },
    take(now, counts, held) {
      if (now - saidAt < everyMs || senders.size === 0) return undefined
      const seconds = (now - saidAt) / 1000
      const facts: Facts = {
        senders: senders.size,
        SDKs: [...sdks].sort().join(', '),
        ...(Number.isFinite(seconds) && { 'spans per second': Math.round((counts.spans - spansThen) / seconds) }),
        'spans repeated': counts.repeated,
        'calls paired': counts.paired,
        'spans unpaired': counts.unpaired,
        'spans dropped': counts.dropped,
        'spans waiting': held,
      }
      saidAt = now
      spansThen = counts.spans
      senders = new Set()
      const text = JSON.stringify(facts)
      if (text === said) return undefined
      said = text
      return facts
    },
  }
}
