import { StringDecoder } from 'node:string_decoder'
import { createCatalog, createRegistry } from './catalog'
import type { MetricFamily } from './family'
import { type Entry, type Frame, type Growth, type TargetGrowth, createFrame, createTargetGrowth } from './growth'
import { httpError } from './http'
import { createTextParser, readSeries } from './parse-text'

/** What one page of metrics told. */
export type Page = {
  readonly grown: readonly { readonly family: MetricFamily; readonly growth: Growth }[]
  readonly malformed: number
  readonly resets: number
}

/** Pages of one pod, one after the other. Memory grows with the wanted series. */
export type ScrapeTarget = {
  /** Begins a page; one that is not finished counts nothing. */
  begin(): { push(chunk: Buffer): void; finish(time: number): Page }
  /** Forgets series that were not seen since `time`. */
  forget(time: number): void
  readonly size: number
}

export const maxSeriesOfTarget = 200_000

/** `scope` names the target among all. Throws TOO_LARGE out of `push` past `maxSeriesOfTarget`. */
export function createScrapeTarget(families: readonly MetricFamily[], scope: string): ScrapeTarget {
  const catalog = createCatalog(families)
  const registry = createRegistry(`${scope}\u0002`)
  /** By the text of the series, so that labels are read once; null: malformed. */
  const known = new Map<string, Entry | null>()
  const growths = new Map<MetricFamily, TargetGrowth>(families.map((family) => [family, createTargetGrowth()]))

  const entryOf = (name: string, series: string): Entry | null => {
    const seen = known.get(series)
    if (seen !== undefined) return seen
    if (known.size >= maxSeriesOfTarget)
      throw httpError('TOO_LARGE', `it has more than ${maxSeriesOfTarget} series of ours`)
    const meaning = catalog.get(name)
    const labels = meaning && readSeries(series)
    const entry = labels ? registry.entry(meaning, labels) : null
    known.set(series, entry)
    return entry
  }

  return {
    get size() {
      return known.size
    },
    begin() {
      const frames = new Map<MetricFamily, Frame>(families.map((family) => [family, createFrame()]))
      const unfit = new Set<string>()
      let malformed = 0
      const parser = createTextParser({
        wants: (name) => catalog.has(name) && !unfit.has(name),
        sample(name, series, value) {
          const entry = entryOf(name, series)
          const family = catalog.get(name)?.family
          const frame = family && frames.get(family)
          if (!entry || !frame) malformed++
          else {
            frame.entries.push(entry)
            frame.values.push(value)
          }
        },
        type(name, type) {
          for (const full of [name, `${name}_total`]) {
            if (fits(catalog.get(full)?.part, type)) continue
            unfit.add(full)
            malformed++
          }
        },
      })
      const decoder = new StringDecoder('utf8')
      return {
        push: (chunk) => parser.push(decoder.write(chunk)),
        finish(time) {
          parser.push(decoder.end())
          parser.end()
          const grown = families.flatMap((family) => {
            const frame = frames.get(family)
            const growth = frame && growths.get(family)?.step(time, frame)
            return growth ? [{ family, growth }] : []
          })
          const sum = (of: (growth: Growth) => number) => grown.reduce((n, { growth }) => n + of(growth), 0)
          return {
            grown,
            malformed: malformed + parser.malformed + sum((growth) => growth.malformed),
            resets: sum((growth) => growth.resets),
          }
        },
      }
    },
    forget(time) {
      registry.forget(time)
      for (const [series, entry] of known) if ((entry?.series.time ?? 0) < time) known.delete(series)
    },
  }
}

/** Whether a series can be what we take it for, by the type that its page tells. */
function fits(part: string | undefined, type: string): boolean {
  if (part === 'counter') return !['gauge', 'histogram', 'summary', 'gaugehistogram'].includes(type)
  if (part === 'gauge') return !['histogram', 'summary', 'gaugehistogram'].includes(type)
  return true
}
