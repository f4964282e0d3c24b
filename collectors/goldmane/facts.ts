import type { Decoder } from './decode'
import { versionOf } from './enums'

export type Facts = Readonly<Record<string, string | number>>

/** What the flows themselves tell of the peer, in the words of the Sources page. */
export type FactsOf = {
  /** A flow of the bucket that starts at `time` (milliseconds). */
  bucket(time: number): void
  /** What is new since the last call. */
  take(): Facts | undefined
}

export function createFacts(decoder: Decoder): FactsOf {
  let newest = 0
  let flows = 0
  let complete = 0
  let said = ''

  return {
    bucket(time) {
      if (time < newest) return
      if (time > newest) {
        complete = flows
        flows = 0
        newest = time
      }
      flows++
    },
    take() {
      const version = versionOf(decoder.kinds)
      const facts = {
        ...(version && { 'Calico version, by its policy kinds': version }),
        ...(complete > 0 && { 'flows in the last full bucket': complete }),
      }
      const text = JSON.stringify(facts)
      if (text === said || text === '{}') return undefined
      said = text
      return facts
    },
  }
}
