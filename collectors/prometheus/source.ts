import { setTimeout as sleep } from 'node:timers/promises'
import type { Observation } from '@/core/observation'
import type { Batch, Checkpoint, ReadContext, Source } from '@/collectors/source'
import { type PrometheusConfig, prometheusConfig } from './config'
import { discoverServers } from './discover'
import { addressOf } from './explain'
import { chosenFamilies, metricFamilies } from './families'
import type { FamilyReader, MetricFamily } from './family'
import { type FamilySeries, createFamilySeries } from './family-series'
import { type HttpClient, createHttpClient } from './http'
import { type ApiHeads, createApiHeads } from './api-heads'
import { familyQueries, query, scrapesQuery } from './query'
import { type Scrapes, createScrapes } from './targets'
import { takeReadings } from './take-readings'

export type Timings = {
  /** The server is asked for what is at least this old, so that scrapes under way are in. */
  readonly lagMs: number
  /** How far back the first read of all goes, so that the map is not empty. */
  readonly firstSpanMs: number
  /** How far before a checkpoint a resume reads, to find the values that growth is counted from. */
  readonly baseMs: number
  /** How much of the window before is read again, for samples that came late. */
  readonly overlapMs: number
  /** Longest window of one query. */
  readonly windowMs: number
  /** A stop longer than this is not read up on. */
  readonly catchUpMs: number
  /** How far the checkpoint stays behind, so that what comes late is counted also over a restart; replays are absorbed by key. */
  readonly slackMs: number
  /** For so long after the earliest sample no series is taken for new-born: the scrape interval is not known. */
  readonly settleMs: number
}

const timings: Timings = {
  lagMs: 5_000,
  firstSpanMs: 5 * 60_000,
  baseMs: 3 * 60_000,
  overlapMs: 30_000,
  windowMs: 60_000,
  catchUpMs: 2 * 3_600_000,
  slackMs: 15_000,
  settleMs: 150_000,
}

/** What is not seen for this long is forgotten. */
const forgetMs = 15 * 60_000
const batchSize = 5_000

/** A server with Prometheus's query API: Prometheus, Thanos, Mimir, VictoriaMetrics. */
export const prometheus: Source<PrometheusConfig> = createPrometheus(metricFamilies, timings)

/** With its families and times given, for tests. */
export function createPrometheus(families: readonly MetricFamily[], timings: Timings): Source<PrometheusConfig> {
  return {
    id: 'prometheus',
    title: 'Prometheus',
    config: prometheusConfig,
    target: ({ cluster, url }) => `${cluster ? `${cluster} at ` : ''}${addressOf(new URL(url))}`,
    discover: discoverServers,
    read: (config, from, context) => read(config, from, context, chosenFamilies(families, config.families), timings),
  }
}

/** What one read keeps. */
type Session = {
  readonly client: HttpClient
  readonly config: PrometheusConfig
  readonly families: readonly {
    readonly family: MetricFamily
    readonly reader: FamilyReader
    readonly series: FamilySeries
    readonly heads: ApiHeads
  }[]
  readonly scrapes: Scrapes
  readonly heads: ApiHeads
  readonly signal: AbortSignal
  /** Growth up to here was told by an earlier run. */
  readonly after: number
  readonly slackMs: number
  warning: string
  said: string
}

async function* read(
  config: PrometheusConfig,
  from: Checkpoint | null,
  context: ReadContext,
  families: readonly MetricFamily[],
  timings: Timings,
): AsyncGenerator<Batch> {
  const { signal } = context
  const client = createHttpClient(config.tls, 2)
  let session: Session | null = null
  try {
    const skew = await clockSkew(client, config, signal)
    const newest = () => Date.now() + skew - timings.lagMs
    const window = firstWindow(from, newest(), timings)
    session = createSession(client, config, families, context, window, timings)
    for (let { start, cursor } = window; !signal.aborted; start = cursor - timings.overlapMs) {
      const end = Math.min(newest(), cursor + timings.windowMs)
      yield* round(session, start, end)
      cursor = end
      const wait = cursor + config.intervalMs - newest()
      if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => {})
    }
  } catch (thrown) {
    if (!signal.aborted) {
      if (session) yield lastBatch(session)
      throw thrown
    }
  } finally {
    client.close()
  }
  if (session) yield lastBatch(session)
}

/** Where the first query begins, how far an earlier run has read, and what it has told. */
type Window = { readonly start: number; readonly cursor: number; readonly after: number }

function firstWindow(from: Checkpoint | null, newest: number, timings: Timings): Window {
  if (!from) {
    const start = newest - timings.firstSpanMs
    return { start, cursor: start, after: Number.NEGATIVE_INFINITY }
  }
  const cursor = Math.min(newest, Math.max(from.time, newest - timings.catchUpMs))
  return { start: cursor - timings.baseMs, cursor, after: cursor }
}

function createSession(
  client: HttpClient,
  config: PrometheusConfig,
  families: readonly MetricFamily[],
  context: ReadContext,
  { start, after }: Window,
  { settleMs, slackMs }: Timings,
): Session {
  const cluster = config.cluster ?? context.cluster
  const nodes = () => context.inventory?.nodes() ?? []
  return {
    client,
    config,
    families: families.map((family) => {
      const reader = family.create({ cluster, nodes })
      return { family, reader, series: createFamilySeries(family, reader, start + settleMs), heads: createApiHeads() }
    }),
    scrapes: createScrapes(cluster),
    heads: createApiHeads(),
    signal: context.signal,
    after,
    slackMs,
    warning: '',
    said: '',
  }
}

/** Servers tell their time to the second. */
const leastSkewMs = 2_000

/** How far the server's clock is ahead of ours: samples have its times, and a window by our clock could miss them all. */
async function clockSkew(client: HttpClient, config: PrometheusConfig, signal: AbortSignal): Promise<number> {
  const before = Date.now()
  const { clock } = await query(client, config, scrapesQuery(1_000), before, signal, () => {}, createApiHeads())
  if (clock === null) return 0
  const skew = clock - (before + Date.now()) / 2
  return Math.abs(skew) < leastSkewMs ? 0 : skew
}

const lastBatch = ({ scrapes }: Session): Batch => ({
  observations: [],
  gaps: scrapes.close(Date.now()),
  checkpoint: null,
  malformed: 0,
})

/** Reads one window: all scrapes in it, then one query a family. The checkpoint comes with the last batch. */
async function* round(session: Session, start: number, end: number): AsyncGenerator<Batch> {
  const { client, config, families, scrapes, signal } = session
  const ms = end - start
  await query(client, config, scrapesQuery(ms), end, signal, scrapes.add, session.heads)
  session.warning = ''
  let malformed = 0
  for (const { family, series, heads } of families) {
    series.forget(end - forgetMs)
    for (const selected of familyQueries(family, ms)) {
      const others = families.reduce((sum, each) => sum + (each.series === series ? 0 : each.series.size), 0)
      const budget = { ...config, maxSeries: Math.max(1, config.maxSeries - others) }
      const answer = await query(client, budget, selected, end, signal, series.add, heads)
      session.warning ||= answer.warnings[0] ?? ''
      malformed += answer.malformed
    }
    const observations = series.take(session.after, scrapes)
    malformed += series.takeMalformed()
    yield* slices(observations)
  }
  const resetSince = (key: string, time: number) => {
    const resets = families.map(({ series }) => series.resetSince(key, time)).filter((reset) => reset !== null)
    return resets.length === 0 ? null : resets.includes(true)
  }
  const gaps = scrapes.take(end, resetSince)
  const checkpoint = { time: Math.max(session.after, end - session.slackMs) }
  const readings = takeReadings(families.map(({ reader }) => reader))
  yield { observations: [], gaps, checkpoint, malformed, ...newFacts(session), ...readings }
}

function* slices(observations: readonly Observation[]): Generator<Batch> {
  for (let at = 0; at < observations.length; at += batchSize)
    yield { observations: observations.slice(at, at + batchSize), gaps: [], checkpoint: null, malformed: 0 }
}

/** What changed since it was last said. */
function newFacts(session: Session): Pick<Batch, 'facts'> {
  const { families, scrapes, warning } = session
  const found = families.filter(({ series }) => series.size > 0)
  const facts = {
    ...Object.assign({}, ...found.map(({ reader }) => reader.facts?.())),
    reading: found.length > 0 ? found.map(({ family }) => family.id).join(', ') : nothingFound,
    series: found.reduce((sum, { series }) => sum + series.size, 0),
    targets: Math.max(0, ...found.map(({ series }) => series.targets)),
    'targets down': scrapes.down,
    warning: warning === '' ? 'none' : warning,
  }
  const text = JSON.stringify(facts)
  if (text === session.said) return {}
  session.said = text
  return { facts }
}

const nothingFound =
  'no series of any family were found; check the tenant header, the families, and that the proxies are scraped'
