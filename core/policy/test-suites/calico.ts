import { z } from 'zod'
import type { End } from '../decision'
import { normalPath } from '../http-path'
import { httpAt } from '../kinds/calico-http'
import { labelsOf } from '../kinds/calico-labels'
import { netsAt } from '../kinds/calico-nets'
import { parseSelector, selectorText } from '../kinds/calico-selector'
import { labelsMatch } from '../label-match'
import { addressMatches } from '../match-address'
import { habitsOf } from '../profile'
import type { Reader } from '../read'
import { requestMatches } from '../request-match'
import { pod, readJson } from '../test-model'
import { yes } from '../tri'
import { type SuiteResult, Tally } from './suite'

const labels = z.record(z.string(), z.string())
const nets = z.array(z.string()).nullable()
const path = z.object({ PathMatch: z.object({ exact: z.string().optional(), prefix: z.string().optional() }) })
const paths = z.array(z.object({ Title: z.string(), Paths: z.array(path), ReqPath: z.string(), Result: z.boolean() }))
const shape = z.object({
  selectorTests: z.array(z.object({ selector: z.string(), Match: z.array(labels), NonMatch: z.array(labels) })),
  badSelectors: z.array(z.string()),
  canonicalisation: z.array(z.object({ Input: z.string(), Expected: z.string() })),
  TestMatchHTTPMethods: z.array(
    z.object({ Title: z.string(), Methods: z.array(z.string()), Method: z.string(), Result: z.boolean() }),
  ),
  TestMatchHTTPPaths: paths,
  TestMatchHTTPPaths_Normalization: paths,
  TestNormalizeHTTPPath: z.array(z.object({ Title: z.string(), In: z.string(), Want: z.string(), Ok: z.boolean() })),
  TestMatchNet: z.array(z.object({ Title: z.string(), Nets: nets, Ip: z.string(), Match: z.boolean() })),
  TestMatchNets: z.array(
    z.object({
      Title: z.string(),
      Nets: nets,
      SrcIP: z.string(),
      DstIP: z.string(),
      SrcResult: z.boolean(),
      DstResult: z.boolean(),
    }),
  ),
})
type Tables = z.infer<typeof shape>

/** Tables of Calico's own tests: selectors, HTTP and address matches. */
export function runCalico(folder: string): SuiteResult {
  const tally = new Tally()
  const tables = shape.parse(readJson(folder, 'tables.json'))
  selectors(tables, tally)
  requests(tables, tally)
  addresses(tables, tally)
  return tally
}

function selectors({ selectorTests, badSelectors, canonicalisation }: Tables, tally: Tally): void {
  for (const { selector, Match, NonMatch } of selectorTests)
    for (const [all, expected] of [[Match, true] as const, [NonMatch, false] as const])
      for (const one of all)
        tally.check(() => `${selector} on ${JSON.stringify(one)}`, expected, selects(selector, one))
  for (const text of badSelectors) tally.check(() => `refuses ${text}`, true, 'problem' in parseSelector(text))
  for (const { Input, Expected } of canonicalisation) {
    const read = parseSelector(Input)
    tally.check(() => `writes ${Input}`, Expected, 'selector' in read ? selectorText(read.selector) : null)
  }
}

function selects(text: string, own: Readonly<Record<string, string>>): boolean | null {
  const read = parseSelector(text)
  return 'selector' in read ? labelsMatch(labelsOf(read.selector), own) : null
}

function requests(tables: Tables, tally: Tally): void {
  for (const { Title, Methods, Method, Result } of tables.TestMatchHTTPMethods)
    tally.check(() => `method ${Title}`, Result, allows({ methods: Methods }, { method: Method }))
  for (const { Title, Paths, ReqPath, Result } of [
    ...tables.TestMatchHTTPPaths,
    ...tables.TestMatchHTTPPaths_Normalization,
  ]) {
    const http = { paths: Paths.map(({ PathMatch }) => PathMatch) }
    tally.check(() => `path ${Title}`, Result, allows(http, { path: ReqPath }))
  }
  for (const { Title, In, Want, Ok } of tables.TestNormalizeHTTPPath)
    tally.check(() => `normal path ${Title}`, Ok ? Want : null, normalPath(In))
}

function allows(http: unknown, request: { method?: string; path?: string }): boolean {
  const match = httpAt(reader(http))
  return match === null || requestMatches(match, request) === yes
}

function addresses({ TestMatchNet, TestMatchNets }: Tables, tally: Tally): void {
  for (const { Title, Nets, Ip, Match } of TestMatchNet) tally.check(() => `net ${Title}`, Match, within(Nets, Ip))
  for (const { Title, Nets, SrcIP, DstIP, SrcResult, DstResult } of TestMatchNets) {
    tally.check(() => `nets of the source: ${Title}`, SrcResult, within(Nets, SrcIP))
    tally.check(() => `nets of the destination: ${Title}`, DstResult, within(Nets, DstIP))
  }
}

function within(all: readonly string[] | null, address: string): boolean {
  const match = netsAt(reader(all))
  const end: End = { type: 'external', address }
  return match === null || addressMatches(match, end, sight) === yes
}

const reader = (value: unknown): Reader => ({ path: '', value, problems: [] })

const sight = {
  habits: habitsOf.calico,
  trustDomain: '',
  namespace: () => undefined,
  serviceAccount: () => undefined,
  apiServer: null,
  subject: pod('x/a'),
  doubt: () => undefined,
}
