import { views } from './family'
import type { FilterField } from './filter-ast'
import { encryptionEvidences, l7Protocols, protocols, verdicts } from './verdict'

/** One term of the filter language, as completion and help show it. */
export type TermHelp = {
  /** name: matched as a whole, `*` for any characters; choice: one of `values`; number and figure: compared. */
  readonly kind: 'name' | 'choice' | 'number' | 'figure'
  readonly help: string
  readonly example: string
  /** What may stand after the colon; empty where anything may. */
  readonly values: readonly string[]
}

const name = (help: string, example: string): TermHelp => ({ kind: 'name', help, example, values: [] })
const figure = (help: string, example: string): TermHelp => ({ kind: 'figure', help, example, values: [] })
const number = (help: string, example: string): TermHelp => ({ kind: 'number', help, example, values: [] })
const choice = (help: string, example: string, values: readonly string[]): TermHelp => ({
  kind: 'choice',
  help,
  example,
  values,
})

/** The whole language, in the order in which completion offers it. */
export const filterTerms: Readonly<Record<FilterField, TermHelp>> = {
  ns: name('Namespace of either end', 'ns:shop'),
  from: name('The caller, by name or namespace/name', 'from:web'),
  to: name('The callee, by name or namespace/name', 'to:shop/cart'),
  name: name('Name of either end', 'name:cart-*'),
  kind: name('Kind of either end', 'kind:StatefulSet'),
  cluster: name('Cluster of either end', 'cluster:prod-eu-1'),
  port: number('Destination port', 'port:5432'),
  proto: choice('Transport or application protocol', 'proto:http', [
    ...new Set([...l7Protocols, ...protocols].filter((protocol) => protocol !== 'none')),
  ]),
  verdict: choice('What happened to flows', 'verdict:denied', verdicts),
  reason: name('Why flows were denied or failed', 'reason:POLICY_DENIED'),
  error: figure('Share of responses that are server errors', 'error:>5%'),
  rate: figure('Requests per second, or flows where there are none', 'rate:>10'),
  p50: figure('Median latency', 'p50:>100ms'),
  p95: figure('95th percentile of latency', 'p95:>300ms'),
  p99: figure('99th percentile of latency', 'p99:>1s'),
  encrypted: choice('Evidence of encryption', 'encrypted:no', ['yes', 'no', ...encryptionEvidences]),
  status: number('Status of a single record, in the flow table', 'status:5xx'),
  source: name('Source that saw it', 'source:hubble'),
  seen: choice('Where it was seen: by the network, by proxies (a mesh), by spans', 'seen:flows !seen:proxies', views),
}
