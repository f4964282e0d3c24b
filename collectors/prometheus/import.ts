import type { Observation } from '@/core/observation'
import type { FileBatch } from '@/collectors/source'
import { readLines } from '@/collectors/kit/lines'
import { createCatalog, createRegistry } from './catalog'
import { metricFamilies } from './families'
import type { MetricFamily } from './family'
import { type Entry, type Frame, type TargetGrowth, createFrame, createTargetGrowth } from './growth'
import { readSeries, readTextLine } from './parse-text'
import { targetKey, targetOf } from './targets'

export type PrometheusFile = {
  readonly cluster: string
  /** Time of the first snapshot where the file tells none, in milliseconds; now by default. */
  readonly time?: number
}

/** Snapshots without a time of their own are taken to be this far apart. */
const stepMs = 15_000
const maxSeries = 1_000_000
const batchLines = 20_000

/**
 * Reads pages of metrics as they were served, one or several after the other, plain or gzip. A page ends at
 * `# EOF`, where a series comes again, or where the samples' time changes. What grew from page to page is
 * counted; of a target with one page only the totals are, as of that page's time. Memory grows with the series.
 */
export const readPrometheusText = (
  stream: AsyncIterable<Uint8Array | string>,
  file: PrometheusFile,
): AsyncGenerator<FileBatch> => readPages(stream, file, metricFamilies)

/** With its families given, for tests. */
export async function* readPages(
  stream: AsyncIterable<Uint8Array | string>,
  { cluster, time }: PrometheusFile,
  families: readonly MetricFamily[],
): AsyncGenerator<FileBatch> {
  const pages = createPages(families, cluster, time ?? Date.now())
  let lines = 0
  let used = 0
  let skipped = new Map<string, number>()
  const skip = (reason: string) => skipped.set(reason, (skipped.get(reason) ?? 0) + 1)

  const take = (last: boolean): FileBatch => {
    const observations = pages.take(last)
    const malformed = [...skipped].reduce((sum, [reason, n]) => sum + (faults.has(reason) ? n : 0), 0)
    const batch = {
      observations,
      gaps: [],
      checkpoint: null,
      malformed,
      lines,
      used,
      skipped: Object.fromEntries(skipped),
    }
    lines = 0
    used = 0
    skipped = new Map()
    return batch
  }

  try {
    for await (const line of readLines(stream)) {
      lines++
      const outcome = line === null ? 'too long' : pages.read(line)
      if (outcome === 'used') used++
      else skip(outcome)
      if (lines >= batchLines) yield take(false)
    }
  } catch (thrown) {
    if (!isBrokenGzip(thrown)) throw thrown
    lines++
    skip('the gzip breaks off or is damaged')
  }
  yield take(true)
}

const malformedLine = 'no line of the text format'
const tooMany = `more than ${maxSeries} series`
const otherMetric = 'a metric that Oriel does not read'
const faults = new Set([
  malformedLine,
  tooMany,
  'too long',
  'older than the page before',
  'the gzip breaks off or is damaged',
])

type Series = { readonly family: MetricFamily; readonly entry: Entry; readonly target: string }

type TargetState = {
  readonly growths: Map<MetricFamily, TargetGrowth>
  readonly who: ReturnType<typeof targetOf>
  frames: Map<MetricFamily, Frame>
  /** The first page, until a second tells whether it is a base or all there is. */
  first: { readonly time: number; readonly frames: Map<MetricFamily, Frame> } | null
  pages: number
}

function createPages(families: readonly MetricFamily[], cluster: string, startTime: number) {
  const catalog = createCatalog(families)
  const registry = createRegistry('')
  const readers = new Map(families.map((family) => [family, family.create({ cluster, nodes: () => [] })]))
  const known = new Map<string, Series | null>()
  const targets = new Map<string, TargetState>()
  let observations: Observation[] = []
  let inPage = new Set<string>()
  let time: number | null = null
  let untold = startTime - stepMs
  let outcome = ''

  const step = (state: TargetState, at: number, frames: Map<MetricFamily, Frame>) => {
    for (const [family, growth] of state.growths) {
      const { samples, histograms } = growth.step(at, frames.get(family) ?? createFrame())
      if (samples.length + histograms.length === 0) continue
      observations.push(...(readers.get(family)?.read(samples, histograms, state.who) ?? []))
    }
  }

  const endPage = () => {
    if (inPage.size === 0) return
    untold = time ?? untold + stepMs
    for (const state of targets.values()) {
      if (state.frames.size === 0) continue
      const { frames } = state
      state.frames = new Map()
      if (++state.pages === 1) state.first = { time: untold, frames }
      else {
        if (state.first) step(state, state.first.time, state.first.frames)
        state.first = null
        step(state, untold, frames)
      }
    }
    inPage = new Set()
    time = null
  }

  const stateOf = (key: string, who: TargetState['who']): TargetState => {
    const state = targets.get(key) ?? {
      growths: new Map(families.map((family) => [family, createTargetGrowth()])),
      who,
      frames: new Map(),
      first: null,
      pages: 0,
    }
    targets.set(key, state)
    return state
  }

  const seriesOf = (name: string, text: string): Series | null => {
    const seen = known.get(text)
    if (seen !== undefined) return seen
    const meaning = catalog.get(name)
    const labels = meaning && readSeries(text)
    const entry = labels ? registry.entry(meaning, labels) : null
    const series = entry && labels ? { family: meaning.family, entry, target: targetKey(labels) } : null
    if (labels && series) stateOf(series.target, targetOf(labels))
    known.set(text, series)
    return series
  }

  const sample = (name: string, text: string, value: number, at: number | null) => {
    outcome = malformedLine
    if (known.size >= maxSeries && !known.has(text)) {
      outcome = tooMany
      return
    }
    const series = seriesOf(name, text)
    if (!series) return
    if ((at === null ? inPage.has(text) : at !== time) && inPage.size > 0) endPage()
    if (at !== null && at < untold && time === null && targets.get(series.target)?.pages) {
      outcome = 'older than the page before'
      return
    }
    time = at
    inPage.add(text)
    const state = targets.get(series.target)
    const frame = state?.frames.get(series.family) ?? createFrame()
    state?.frames.set(series.family, frame)
    frame.entries.push(series.entry)
    frame.values.push(value)
    outcome = 'used'
  }

  return {
    /** `used`, or why the line was passed over. */
    read(line: string): string {
      outcome = line.startsWith('#') ? 'a comment' : otherMetric
      const good = readTextLine(line, { wants: (name) => catalog.has(name), sample, end: endPage })
      return good ? outcome : malformedLine
    },
    /** What grew since the last call; at the end also the totals of targets with one page only. */
    take(last: boolean): Observation[] {
      if (last) {
        endPage()
        for (const state of targets.values()) {
          if (!state.first) continue
          step(state, state.first.time - 1, new Map())
          step(state, state.first.time, state.first.frames)
        }
      }
      const taken = observations
      observations = []
      return taken
    },
  }
}

const isBrokenGzip = (thrown: unknown) =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && thrown.code.startsWith('Z_')
