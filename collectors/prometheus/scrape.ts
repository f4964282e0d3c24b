import { setTimeout as sleep } from 'node:timers/promises'
import type { Gap, Observation } from '@/core/observation'
import { clean } from '@/collectors/kit/text'
import type { Batch, DiscoveryInventory, ReadContext, Source } from '@/collectors/source'
import { AppError, toError } from '@/server/errors'
import { type ScrapeConfig, scrapeConfig } from './config'
import { discoverPods } from './discover'
import { addressOf, reasonOf } from './explain'
import { chosenFamilies, metricFamilies } from './families'
import type { FamilyReader, MetricFamily } from './family'
import { type HttpClient, createHttpClient, httpError } from './http'
import { inPool } from './pool'
import { bearer } from './query'
import { type Place, placesOf } from './places'
import { type ScrapeTarget, createScrapeTarget } from './scrape-target'
import { takeReadings } from './take-readings'

const maxPageBytes = 64_000_000
const maxSockets = 1_000
/** One failed scrape loses nothing: the next one tells the growth of both. */
const minMisses = 2
const forgetMs = 15 * 60_000
const accept = 'application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1'

/** Pods, scraped by Oriel itself where no server does it. */
export const scrape: Source<ScrapeConfig> = createScrape(metricFamilies)

/** With its families given, for tests. */
export function createScrape(families: readonly MetricFamily[]): Source<ScrapeConfig> {
  return {
    id: 'scrape',
    title: 'Metrics of pods',
    config: scrapeConfig,
    target: describeTarget,
    discover: (inventory) => discoverPods(inventory, families),
    read: (config, _from, context) => read(config, context, chosenFamilies(families, config.families)),
  }
}

function describeTarget({ cluster, pods, targets }: ScrapeConfig): string {
  const first = targets[0]
  const more = targets.length > 1 ? ` and ${targets.length - 1} more` : ''
  const addresses = first ? `${addressOf(new URL(first.url))}${more}` : ''
  const where = [pods ? 'pods' : '', addresses].filter((part) => part !== '').join(' and ')
  return cluster ? `${where} of ${cluster}` : where
}

/** A place and what is known of it from one round to the next. */
type Scraped = {
  readonly place: Place
  readonly target: ScrapeTarget
  misses: number
  /** Of the newest page. */
  lastAt: number | null
  gapFrom: number | null
  error: string
}

type Session = {
  readonly client: HttpClient
  readonly config: ScrapeConfig
  readonly cluster: string
  readonly readers: ReadonlyMap<MetricFamily, FamilyReader>
  readonly scraped: Map<string, Scraped>
  readonly signal: AbortSignal
  said: string
}

async function* read(
  config: ScrapeConfig,
  context: ReadContext,
  families: readonly MetricFamily[],
): AsyncGenerator<Batch> {
  const { inventory, signal } = context
  const cluster = config.cluster ?? context.cluster
  if (config.targets.length === 0 && !(config.pods && inventory))
    throw new AppError(
      'invalid',
      'There is nothing to scrape: give addresses under targets, or let Oriel read the cluster.',
    )
  const nodes = () => inventory?.nodes() ?? []
  const session: Session = {
    client: createHttpClient(config.tls, maxSockets),
    config,
    cluster,
    readers: new Map(families.map((family) => [family, family.create({ cluster, nodes })])),
    scraped: new Map(),
    signal,
    said: '',
  }
  try {
    for (let n = 0; !signal.aborted; n++) {
      const start = Date.now()
      yield* round(session, families, inventory, n === 0)
      await sleep(Math.max(0, start + config.intervalMs - Date.now()), undefined, { signal }).catch(() => {})
    }
  } finally {
    session.client.close()
  }
  const gaps = [...session.scraped.values()].flatMap((scraped) => endGap(scraped, session, Date.now()))
  yield { observations: [], gaps, checkpoint: null, malformed: 0 }
}

async function* round(
  session: Session,
  families: readonly MetricFamily[],
  inventory: DiscoveryInventory | null,
  first: boolean,
): AsyncGenerator<Batch> {
  const { config, scraped, signal } = session
  const start = Date.now()
  const places = placesOf(config, config.pods ? inventory : null, families)
  const gaps = forgetOthers(session, places)
  // For the addresses of the configuration only: pods that were found are strangers.
  const headers = config.bearerTokenFile === undefined ? {} : await bearer(config.bearerTokenFile)
  const targets = [...places.values()].map((place) => {
    const known = scraped.get(place.key) ?? create(place)
    scraped.set(place.key, known)
    return known
  })
  let up = 0
  for await (const batch of inPool(targets, config.concurrency, (one) => scrapeOne(session, one, headers))) {
    if (batch === null) continue
    up++
    if (batch.observations.length + batch.malformed > 0) yield batch
  }
  if (signal.aborted) return
  const firstError = targets.find(({ error }) => error !== '')
  if (first && up === 0 && firstError)
    throw new AppError('unavailable', `None of ${targets.length} targets answers. ${firstError.error}`)
  for (const one of targets) gaps.push(...gapsOf(one, session))
  const checkpoint = up > 0 ? { time: start } : null
  yield {
    observations: [],
    gaps,
    checkpoint,
    malformed: 0,
    ...newFacts(session, targets, up),
    ...takeReadings(session.readers.values()),
  }
}

const create = (place: Place): Scraped => ({
  place,
  target: createScrapeTarget(place.families, place.key),
  misses: 0,
  lastAt: null,
  gapFrom: null,
  error: '',
})

/** One page; null where the target failed, which is noted on it. */
async function scrapeOne(
  session: Session,
  scraped: Scraped,
  headers: Readonly<Record<string, string>>,
): Promise<Batch | null> {
  const { client, config, readers, signal } = session
  const { place, target } = scraped
  const page = target.begin()
  const time = Date.now()
  try {
    const request = {
      url: place.url,
      headers: { accept, ...(place.own ? headers : {}) },
      timeoutMs: config.timeoutMs,
      maxBytes: maxPageBytes,
      signal,
    }
    const { status } = await client.send(request, (chunk, answer) => {
      if (answer.status === 200) page.push(chunk)
    })
    if (status !== 200) throw httpError('STATUS', `it answers with HTTP ${status}`)
    const { grown, malformed, resets } = page.finish(time)
    target.forget(time - forgetMs)
    const gaps =
      scraped.gapFrom === null ? [] : [gapOf(scraped, session, scraped.gapFrom, resets > 0 ? time : scraped.gapFrom)]
    scraped.gapFrom = null
    scraped.misses = 0
    scraped.error = ''
    scraped.lastAt = time
    const observations: Observation[] = []
    for (const { family, growth } of grown) {
      if (growth.samples.length + growth.histograms.length === 0) continue
      for (const one of readers.get(family)?.read(growth.samples, growth.histograms, place.target) ?? [])
        observations.push(one)
    }
    return { observations, gaps, checkpoint: null, malformed }
  } catch (thrown) {
    if (signal.aborted) return null
    scraped.misses++
    scraped.error = `${place.part}: ${clean(reasonOf(toError(thrown)), 300)}`
    return null
  }
}

/** Gap that began with this round: none before the first page, which nothing is counted from. */
function gapsOf(scraped: Scraped, session: Session): Gap[] {
  const { misses, lastAt, gapFrom } = scraped
  if (gapFrom !== null || lastAt === null || misses < minMisses) return []
  scraped.gapFrom = lastAt
  return [gapOf(scraped, session, lastAt, null)]
}

const gapOf = ({ place }: Scraped, { cluster }: Session, from: number, to: number | null): Gap => ({
  cluster,
  from,
  to,
  cause: 'source_down',
  lost: null,
  part: place.part,
})

const endGap = (scraped: Scraped, session: Session, now: number): Gap[] =>
  scraped.gapFrom === null ? [] : [gapOf(scraped, session, scraped.gapFrom, now)]

/** Pods that went away take their gap with them. */
function forgetOthers(session: Session, places: ReadonlyMap<string, Place>): Gap[] {
  const gaps: Gap[] = []
  for (const [key, scraped] of session.scraped) {
    if (places.has(key)) continue
    gaps.push(...endGap(scraped, session, Date.now()))
    session.scraped.delete(key)
  }
  return gaps
}

function newFacts(session: Session, targets: readonly Scraped[], up: number): Pick<Batch, 'facts'> {
  const found = new Set(targets.filter(({ target }) => target.size > 0).flatMap(({ place }) => place.families))
  const facts = {
    ...Object.assign({}, ...[...found].map((family) => session.readers.get(family)?.facts?.())),
    reading: found.size > 0 ? [...found].map(({ id }) => id).join(', ') : 'no pod serves metrics of any family',
    'targets up': up,
    'targets down': targets.length - up,
    series: targets.reduce((sum, { target }) => sum + target.size, 0),
    'first error': targets.find(({ error }) => error !== '')?.error ?? 'none',
  }
  const text = JSON.stringify(facts)
  if (text === session.said) return {}
  session.said = text
  return { facts }
}
