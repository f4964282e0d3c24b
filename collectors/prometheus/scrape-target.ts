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

type Known = {
  readonly series: string
  /** null: malformed. */
  readonly entry: Entry | null
  readonly family: MetricFamily | undefined
  readonly position: number
}

export const maxSeriesOfTarget = 200_000

/** `scope` names the target among all. Throws TOO_LARGE out of `push` past `maxSeriesOfTarget`. */
export function createScrapeTarget(families: readonly MetricFamily[], scope: string): ScrapeTarget {
  const catalog = createCatalog(families)
  const registry = createRegistry(scope)
  /** By the text of the series, so that labels are read once. */
  const known = new Map<string, Known>()
  /** In the order in which they were first seen, which is that of the page. */
  let order: Known[] = []
  const growths = new Map<MetricFamily, TargetGrowth>(families.map((family) => [family, createTargetGrowth()]))

  const knownOf = (name: string, series: string): Known => {
    const seen = known.get(series)
    if (seen) return seen
    if (known.size >= maxSeriesOfTarget)
      throw httpError('TOO_LARGE', `it has more than ${maxSeriesOfTarget} series of ours`)
    const meaning = catalog.get(name)
    const labels = meaning && readSeries(series)
    const entry = labels ? registry.entry(meaning, labels) : null
    // A copy: a piece of the page would keep all of the page in memory.
    const one = { series: Buffer.from(series).toString(), entry, family: meaning?.family, position: order.length }
    known.set(one.series, one)
    order.push(one)
    return one
  }

  return {
    get size() {
      return known.size
    },
    begin() {
      const frames = new Map<MetricFamily, Frame>(families.map((family) => [family, createFrame()]))
      const unfit = new Set<string>()
      let malformed = 0
      let next = 0
      const take = ({ entry, family, position }: Known, value: number) => {
        next = position + 1
        const frame = family && frames.get(family)
        if (!entry || !frame) malformed++
        else {
          frame.entries.push(entry)
          frame.values.push(value)
        }
      }
      const parser = createTextParser({
        expected: () => order[next]?.series ?? '',
        asExpected(value) {
          const one = order[next]
          if (one) take(one, value)
        },
        wants: (name) => catalog.has(name) && !unfit.has(name),
        sample: (name, series, value) => take(knownOf(name, series), value),
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
      if (!registry.forget(time)) return
      const kept = order.filter(({ entry }) => (entry?.series.time ?? 0) >= time)
      known.clear()
      order = kept.map((one, position) => ({ ...one, position }))
      for (const one of order) known.set(one.series, one)
    },
  }
}

/** Whether a series can be what we take it for, by the type that its page tells. */
function fits(part: string | undefined, type: string): boolean {
  if (part === 'counter') return !['gauge', 'histogram', 'summary', 'gaugehistogram'].includes(type)
  if (part === 'gauge') return !['histogram', 'summary', 'gaugehistogram'].includes(type)
  return true
}
