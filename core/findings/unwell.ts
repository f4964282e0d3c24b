import { findBlame, type Blame } from '../health/blame'
import { blameSentence } from '../health/blame-words'
import { endpointKey, endpointType, parseEndpointKey } from '../endpoint'
import { healthRank, judgeEdge, judgeNode } from '../health/health'
import type { Judgement } from '../health/health-rules'
import { isOutside, spokenName } from '../redact'
import { percentilesOfTally } from '../figures/tally'
import { type Call, sumOf } from '../witness/traffic'
import { msWords, percentWords } from '../text/words'
import { storedIds } from '../world'
import { affectedOf, type Audit, type AuditContext, callId, callName, witnessOf } from './context'
import type { Affected, Draft, Evidence } from './finding'

/** A call (or an endpoint, where only all its calls together tell) that is unwell, and where that begins. */
type Case = {
  readonly call: Call | null
  readonly key: string
  readonly judgement: Judgement
  readonly blame: Blame
}

/** Services and edges that fail or are slow, each trouble once at where it begins, with all that it reaches. */
export const unwell: Audit = (context) => {
  const byRoot = new Map<string, Case[]>()
  for (const found of casesOf(context)) {
    const root = found.blame.hops.at(-1)?.call.toKey ?? found.key
    const known = byRoot.get(root)
    if (known) known.push(found)
    else byRoot.set(root, [found])
  }
  return [...byRoot].map(([root, cases]) => draftOf(root, cases, context))
}

function casesOf({ traffic, measures }: AuditContext): Case[] {
  const cases: Case[] = []
  const told = new Set<string>()
  for (const call of traffic.calls) {
    const judgement = judgeEdge(call.tally, measures.ofEdge(call, call.l7))
    const ailment = ailmentOf(judgement)
    if (!ailment) continue
    told.add(call.toKey)
    cases.push({ call, key: call.toKey, judgement, blame: findBlame(traffic, call.toKey, ailment) })
  }
  for (const key of new Set(traffic.calls.map(({ toKey }) => toKey))) {
    const endpoint = parseEndpointKey(key)
    if (told.has(key) || !endpoint || isOutside(endpoint) || endpointType(endpoint) === 'node') continue
    const judgement = judgeNode(traffic.received(key), null, measures.ofNode(endpoint))
    const ailment = ailmentOf(judgement)
    if (ailment) cases.push({ call: null, key, judgement, blame: findBlame(traffic, key, ailment) })
  }
  return cases
}

function ailmentOf({ health, cause }: Judgement): 'errors' | 'latency' | null {
  if (health !== 'degraded' && health !== 'failing') return null
  return cause === 'latency' ? 'latency' : cause === 'errors' || cause === 'clientErrors' ? 'errors' : null
}

function draftOf(root: string, cases: readonly Case[], context: AuditContext): Draft {
  const { traffic, world } = context
  const own = cases.filter(({ key }) => key === root)
  // The last hops of others lead to it even where it is not unwell by its own measure.
  const hops = cases.flatMap(({ blame }) => blame.hops.filter(({ call }) => call.toKey === root))
  const into = distinct([...own.flatMap(({ call }) => call ?? []), ...hops.map(({ call }) => call)])
  const [only] = into
  const single = into.length === 1 && only ? only : null
  const worst = cases.toSorted((a, b) => order(a, root) - order(b, root) || (callOrder(a) < callOrder(b) ? -1 : 1))[0]
  // Mark and title are of its own health, as map and panel say it: what it reaches may be worse off.
  const severity = worstHealth(own)
  const target = parseEndpointKey(root)
  const name = single ? callName(single) : target ? spokenName(target) : root
  const slow = (own.length > 0 ? own : cases).every(({ judgement }) => judgement.cause === 'latency')
  const affected = affectedBy(cases, root)
  const responses = sumOf(into.length > 0 ? into : traffic.incoming(root))
  return {
    audit: 'unwell',
    severity,
    title: `${name} ${slow ? 'is slow' : severity === 'failing' ? 'is failing' : 'returns errors'}`,
    sentence: worst ? sentenceOf(worst, root) : '',
    subject: single ? callId(single) : root,
    endpoints: [root, ...affected.map(({ id }) => id)],
    affected,
    evidence: responses ? evidenceOf(responses, single ? witnessOf(single, world) : null) : [],
    watch: {
      edges: (into.length > 0 ? into : traffic.incoming(root)).flatMap(storedIds),
      figure: slow ? 'p95' : 'errors',
    },
    weight:
      affected.reduce((sum, { health }) => sum + (health === 'failing' ? failingWeight : 1), 0) +
      (responses?.serverErrors ?? 0) / (1 + (responses?.responses ?? 0)),
  }
}

/** Its own trouble speaks first, then the worst of the others. */
const order = ({ key, judgement }: Case, root: string): number => (key === root ? 0 : 10) - healthRank(judgement.health)
const callOrder = ({ call, key }: Case): string => (call ? callId(call) : key)

function sentenceOf({ judgement, blame, key }: Case, root: string): string {
  if (key === root)
    return [`${judgement.why}.`, blame.hops.length === 0 ? blameSentence(blame) : ''].filter(Boolean).join(' ')
  return `${blameSentence(blame)} ${judgement.why}.`
}

/** Whom it makes fail counts for more than any number that it only reaches. */
const failingWeight = 1000

const worstHealth = (cases: readonly Case[]): 'failing' | 'degraded' =>
  cases.some(({ judgement }) => judgement.health === 'failing') ? 'failing' : 'degraded'

/** Everybody on the way from the root back to the callers, nearest first. */
function affectedBy(cases: readonly Case[], root: string): readonly Affected[] {
  const distance = new Map<string, { readonly affected: Affected; readonly hops: number }>()
  const put = (endpoint: Call['edge']['from'], hops: number) => {
    const id = endpointKey(endpoint)
    const known = distance.get(id)
    if (id === root || (known && known.hops <= hops)) return
    const own = cases.filter(({ key }) => key === id)
    distance.set(id, { affected: { ...affectedOf(endpoint), health: own.length > 0 ? worstHealth(own) : null }, hops })
  }
  for (const { call, blame } of cases) {
    const { length } = blame.hops
    blame.hops.forEach((hop, at) => put(hop.call.edge.from, length - at))
    if (call && endpointType(call.edge.from) !== 'node') put(call.edge.from, length + 1)
  }
  return [...distance.values()]
    .sort((a, b) => a.hops - b.hops || (a.affected.id < b.affected.id ? -1 : 1))
    .map(({ affected }) => affected)
}

function evidenceOf(sum: NonNullable<ReturnType<typeof sumOf>>, witness: string | null): readonly Evidence[] {
  const p95 = percentilesOfTally(sum)[1]
  return [
    ...(sum.serverErrors !== null && sum.responses
      ? [{ figure: 'errors', value: `${percentWords(sum.serverErrors / sum.responses)} of ${sum.responses}`, witness }]
      : []),
    ...(p95 === null ? [] : [{ figure: 'p95', value: msWords(p95), witness }]),
  ]
}

const distinct = (calls: readonly Call[]): readonly Call[] => [
  ...new Map(calls.map((call) => [callId(call), call])).values(),
]
