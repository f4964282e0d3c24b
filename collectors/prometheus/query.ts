import { readFile } from 'node:fs/promises'
import { AppError, toError } from '@/server/errors'
import type { ApiHeads } from './api-heads'
import type { PrometheusConfig } from './config'
import { checkAnswer, explainError } from './explain'
import type { MetricFamily } from './family'
import { type HttpClient, httpError } from './http'
import { type ApiFrame, type ApiSeries, createApiParser } from './parse-json'

/** `clock`: the server's own, in milliseconds to the second; null where it does not tell. */
export type Answer = ApiFrame & { readonly malformed: number; readonly series: number; readonly clock: number | null }

/** Series of one answer are small; a server that sends more than this for each that is let in is not one. */
const bytesPerSeries = 4_000
const leastBytes = 1_000_000

/** Asks the query API at one moment, in milliseconds. Throws an AppError with the next step. */
export async function query(
  client: HttpClient,
  config: PrometheusConfig,
  promql: string,
  time: number,
  signal: AbortSignal,
  onSeries: (series: ApiSeries) => void,
  heads: ApiHeads,
): Promise<Answer> {
  const url = apiUrl(config.url, 'query')
  let malformed = 0
  let series = 0
  let start = ''
  const parser = createApiParser(
    {
      series: (one) => {
        if (++series > config.maxSeries)
          throw httpError('TOO_LARGE', `the answer has more than ${config.maxSeries} series`)
        onSeries(one)
      },
      malformed: (n) => {
        malformed += n
      },
    },
    heads,
  )
  try {
    const answer = await client.send(
      {
        url,
        headers: { accept: 'application/json', ...(await authorization(config)), ...config.headers },
        body: new URLSearchParams({ query: promql, time: (time / 1000).toFixed(3) }).toString(),
        timeoutMs: config.timeoutMs,
        maxBytes: Math.max(leastBytes, config.maxSeries * bytesPerSeries),
        signal,
      },
      (chunk, { status }) => {
        if (start.length < 1_000) start += chunk.toString('utf8', 0, 1_000)
        // The words of a failure are short; what goes on for long is no failure's.
        if (status === 200 || start.length < 1_000) parser.push(chunk)
      },
    )
    const frame = checkAnswer(answer, parser.end(), start.slice(0, 1_000), new URL(config.url))
    const clock = Date.parse(answer.headers.date ?? '')
    return { ...frame, malformed, series, clock: Number.isNaN(clock) ? null : clock }
  } catch (thrown) {
    throw explainError(thrown, new URL(config.url), config.maxSeries)
  }
}

export function apiUrl(base: string, name: string): URL {
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/api/v1/${name}`
  return url
}

/** Read from its file each time, because tokens are renewed. */
async function authorization({ basic, bearerTokenFile }: PrometheusConfig): Promise<Record<string, string>> {
  if (bearerTokenFile !== undefined) return await bearer(bearerTokenFile)
  if (!basic) return {}
  const password = await readSecret(basic.passwordFile)
  return { authorization: `Basic ${Buffer.from(`${basic.username}:${password}`).toString('base64')}` }
}

/** What a file holds, of one line. Throws AppError('unavailable') that names the file. */
async function readSecret(path: string): Promise<string> {
  try {
    const text = (await readFile(path, 'utf8')).trim()
    if (/^[^\p{Cc}]+$/u.test(text)) return text
  } catch (thrown) {
    throw new AppError(
      'unavailable',
      `Cannot read the file ${path}: ${toError(thrown).message}. Check the source’s settings.`,
    )
  }
  throw new AppError('unavailable', `The file ${path} holds no token or password of one line. Check what is in it.`)
}

/** A header that lets in with the token of a file. */
export async function bearer(path: string): Promise<Record<string, string>> {
  const token = await readSecret(path)
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new AppError('unavailable', `The file ${path} holds no bearer token. Check what is in it.`)
  return { authorization: `Bearer ${token}` }
}

/**
 * Selects every series of a family, with the samples of the last `ms` milliseconds: in one query, or in
 * two where its counters have matchers, which its gauges need not bear.
 */
export function familyQueries(family: MetricFamily, ms: number): readonly string[] {
  const counted = [
    ...family.counters,
    ...family.histograms.flatMap((name) => [name, `${name}_bucket`, `${name}_sum`, `${name}_count`]),
  ]
  const more = family.matchers
    .trim()
    .replace(/^\{|\}$/g, '')
    .trim()
  const select = (names: readonly string[], matchers: string) =>
    `{__name__=~"${names.join('|')}"${matchers === '' ? '' : `,${matchers}`}}[${seconds(ms)}s]`
  if (more === '') return [select([...counted, ...family.gauges], '')]
  return family.gauges.length === 0 ? [select(counted, more)] : [select(counted, more), select(family.gauges, '')]
}

export const scrapesQuery = (ms: number): string => `up[${seconds(ms)}s]`

const seconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000))
