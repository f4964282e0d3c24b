import { validateHeaderName, validateHeaderValue } from 'node:http'
import { z } from 'zod'
import { clientTls } from '@/collectors/kit/tls'

/** Those that metrics carry. */
export const familyNames = ['istio', 'linkerd', 'envoy', 'felix', 'servicegraph', 'obi'] as const

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'write the whole address, for example http://prometheus:9090' })
  .refine((text) => withoutUser(text), 'leave the user out of the address and write it under basic')

const withoutUser = (text: string): boolean => {
  const url = URL.parse(text)
  return !url || (url.username === '' && url.password === '')
}

const cluster = z.string().min(1).max(100).optional()
const intervalMs = z.int().min(1_000).max(300_000).default(15_000)

const headers = z.record(z.string(), z.string()).refine(isHeaders, 'a header has characters that HTTP does not allow')

function isHeaders(record: Readonly<Record<string, string>>): boolean {
  try {
    for (const [name, value] of Object.entries(record)) {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    }
    return true
  } catch {
    return false
  }
}

const basic = z.strictObject({
  username: z.string().min(1).describe('User name.'),
  passwordFile: z.string().min(1).describe('File that holds the password; read again before each round.'),
})

export const prometheusConfig = z
  .strictObject({
    url: httpUrl.describe(
      'Address of the server, with its path prefix if it has one: http://prometheus:9090, https://mimir/prometheus.',
    ),
    cluster: cluster.describe('Name of the observed cluster; by default the inventory’s.'),
    families: z
      .array(z.enum(familyNames))
      .min(1)
      .optional()
      .describe('Which telemetry to read from its metrics; by default all that is found.'),
    intervalMs: intervalMs.describe('How often the server is asked, in milliseconds.'),
    bearerTokenFile: z
      .string()
      .min(1)
      .optional()
      .describe('File that holds a bearer token; read again before each round.'),
    basic: basic.optional().describe('User name and password.'),
    headers: headers
      .optional()
      .describe('Headers of each request, such as X-Scope-OrgID or THANOS-TENANT. Their values are never shown.'),
    tls: clientTls.optional().describe('Certificates of an https address, where the system’s do not do.'),
    timeoutMs: z.int().min(100).max(300_000).default(30_000).describe('How long one answer may take, in milliseconds.'),
    maxSeries: z
      .int()
      .min(1)
      .max(10_000_000)
      .default(100_000)
      .describe('Most series of all families together; an answer with more is refused. About 1 kB of memory each.'),
  })
  .refine(({ basic, bearerTokenFile }) => !basic || !bearerTokenFile, 'write basic or bearerTokenFile, not both')

export type PrometheusConfig = z.output<typeof prometheusConfig>

const target = z.strictObject({
  url: httpUrl.describe('Address of the metrics, for example http://10.0.0.7:15020/stats/prometheus.'),
  namespace: z.string().min(1).max(253).optional().describe('Namespace of the pod that it is.'),
  pod: z.string().min(1).max(253).optional().describe('Its name.'),
  node: z.string().min(1).max(253).optional().describe('Name of the node that it is on.'),
})

export const scrapeConfig = z.strictObject({
  cluster: cluster.describe('Name of the observed cluster; by default the inventory’s.'),
  families: z
    .array(z.enum(familyNames))
    .min(1)
    .optional()
    .describe('Which telemetry to look for; by default all that there is.'),
  pods: z.boolean().default(true).describe('Scrape the pods of the cluster that serve such metrics.'),
  targets: z.array(target).max(10_000).default([]).describe('Further addresses to scrape.'),
  intervalMs: intervalMs.describe('How often each pod is scraped, in milliseconds.'),
  timeoutMs: z
    .int()
    .min(100)
    .max(60_000)
    .default(10_000)
    .describe('How long one pod may take to answer, in milliseconds.'),
  concurrency: z.int().min(1).max(1_000).default(20).describe('How many pods are scraped at once.'),
  bearerTokenFile: z.string().min(1).optional().describe('File that holds a bearer token for the further addresses.'),
  tls: clientTls.optional().describe('Certificates of https addresses, where the system’s do not do.'),
})

export type ScrapeConfig = z.output<typeof scrapeConfig>
export type StaticTarget = z.output<typeof target>
