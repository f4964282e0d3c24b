import { endpointType } from '../endpoint'
import { floorTo, type Window } from '../time'
import { amountWords, countWords, listWords, spanWords } from '../text/words'
import type { Mend } from './causes'
import type { ClassifiedEdge } from './classify-world'
import { configuredOf, isInIstio } from './configured'
import type { PeerIntent } from './intent'
import type { PeerMode } from './intent-spec'
import type { CountedIn } from './row-shares'
import type { Seats } from './seats'
import { type SeenEdge, seenOver, seenPlain, type SeenPart } from './seen-over'

/**
 * Whether a namespace of Istio could refuse plaintext. `ready`: all that came in was mTLS for a day or more; `young`:
 * the same for less; `blocked`: STRICT would break edges; `strict`: it refuses plaintext and none was seen lately;
 * `broken`: it is told to refuse it, and plaintext was seen all the same; `unknown`: of some edges nobody tells.
 */
export const readinessStates = ['broken', 'blocked', 'unknown', 'young', 'ready', 'strict'] as const
export type ReadinessState = (typeof readinessStates)[number]

export type Readiness = {
  readonly cluster: string
  readonly namespace: string
  /** Of the namespace; workloads and ports of it may be told otherwise. */
  readonly mode: PeerMode
  readonly state: ReadinessState
  /** As a page says it: `100 % mTLS for 19 d, mode is PERMISSIVE`. */
  readonly words: string
  /** Edges (ids) that STRICT would break, that speak plaintext although it is refused, or that are not known; the last seen first. */
  readonly edges: readonly string[]
  /** In which part of the time the first of `edges` was seen last; null without edges. */
  readonly seen: Window | null
  /** How to refuse plaintext; null where it is not ready. */
  readonly mend: Mend | null
}

/** `looked`: the time that the rows are about. */
export type EncryptionReadiness = { readonly looked: Window; readonly rows: readonly Readiness[] }

/** So long all must have been mTLS, milliseconds: jobs of the night have called. */
const enoughMs = 86_400_000
/** No part but the newest ends later than so long ago. */
const hourMs = 3_600_000

type Incoming = SeenEdge & { readonly strict: boolean }

/**
 * Readiness of each namespace with workloads of Istio's mesh that were called, worst first. `parts` adjoin, newest
 * first; what an edge was when it was seen last decides of it. Machines' own calls are left out: Istio rewrites the
 * kubelet's probes, so STRICT does not break them. So are gateways, which take no PeerAuthentication, and ports that
 * the callee's proxy skips. Time of which nobody told is in no duration. O(edges of all parts).
 */
export function readinessOf(parts: readonly SeenPart[]): readonly Readiness[] {
  const [newest] = parts
  const oldest = parts.at(-1)
  if (!newest || !oldest) return []
  const { seats } = newest.classified
  const span = { from: oldest.window.from, to: newest.window.to }
  const namespaces = new Map<string, SeenEdge[]>()
  for (const seen of seenOver(parts, ({ worldEdge }) => isAsked(worldEdge.edge, seats)).values()) {
    const { cluster, namespace } = seen.each.worldEdge.edge.to
    const known = namespaces.get(`${cluster}/${namespace}`)
    if (known) known.push(seen)
    else namespaces.set(`${cluster}/${namespace}`, [seen])
  }
  return [...namespaces.values()]
    .flatMap((seen): Readiness[] => {
      const callee = seen[0]?.each.worldEdge.edge.to
      if (!callee) return []
      const incoming = seen.map((edge): Incoming => {
        const strict = configuredOf(edge.each.worldEdge.edge, seats).peer?.mode === 'STRICT'
        return { ...edge, strict }
      })
      const intent = seats.intents.peer({ ...callee, name: '' }, null, 0)
      const verdict = judge(incoming, intent, span, (since) => toldMs(parts, callee.cluster, since))
      const blamed = verdict.edges.toSorted((a, b) => b.part.to - a.part.to || (a.each.id < b.each.id ? -1 : 1))
      return [
        {
          cluster: callee.cluster,
          namespace: callee.namespace,
          mode: intent.mode,
          state: verdict.state,
          words: verdict.words,
          edges: blamed.map(({ each }) => each.id),
          seen: blamed[0]?.part ?? null,
          mend: verdict.state === 'ready' ? makeStrict(callee, intent) : null,
        },
      ]
    })
    .sort((a, b) => rank(a) - rank(b) || (a.namespace < b.namespace ? -1 : 1))
}

const rank = ({ state }: Readiness): number => readinessStates.indexOf(state)

function isAsked(edge: ClassifiedEdge['worldEdge']['edge'], seats: Seats): boolean {
  if (endpointType(edge.from) === 'node' || !isInIstio(edge.to, seats)) return false
  const pods = seats.of(edge.to)
  if (pods === null || pods === 'outside') return false
  return !pods.every(({ proxy, skipsIn }) => proxy === 'gateway' || skipsIn.includes(edge.port))
}

type Verdict = { readonly state: ReadinessState; readonly words: string; readonly edges: readonly Incoming[] }

/** How much of the time since a moment (the end of a part) was told of: while nobody looked, nothing is known. */
const toldMs = (parts: readonly SeenPart[], cluster: string, since: number): number =>
  parts
    .filter(({ window }) => window.from >= since)
    .reduce((sum, { window, toldSeconds }) => sum + Math.min(window.to - window.from, toldSeconds(cluster) * 1000), 0)

function judge(
  incoming: readonly Incoming[],
  { mode }: PeerIntent,
  span: Window,
  toldSince: (since: number) => number,
): Verdict {
  const since = (ends: readonly (number | null)[]) => ends.reduce<number>((last, end) => Math.max(last, end ?? 0), 0)
  const refused = incoming.filter(({ evidence, strict, isNewest }) => strict && isNewest && seenPlain(evidence) > 0)
  if (refused.length > 0)
    return { state: 'broken', words: `configured STRICT, ${plainWords(refused)} seen`, edges: refused }
  const breaking = incoming.filter((each) => !each.strict && wouldBreak(each))
  if (breaking.length > 0)
    return {
      state: 'blocked',
      words: `${mode === 'STRICT' ? 'STRICT but for some; without exception it' : 'STRICT'} would break ${countWords(breaking.length, 'edge')}: ${listWords(breaking.map(nameOf))}${agoWords(breaking, span)}`,
      edges: breaking,
    }
  const spanSince = (last: number) => spanWords(toldSince(last))
  if (mode === 'STRICT') {
    const last = since(incoming.map(({ plainUntil }) => plainUntil))
    return { state: 'strict', words: `STRICT, no plaintext seen for ${spanSince(last)}`, edges: [] }
  }
  const untold = incoming.filter(({ evidence, strict }) => !strict && (evidence.identity.shares.unknown ?? 0) > 0)
  if (untold.length > 0)
    return {
      state: 'unknown',
      words: `nobody tells of ${countWords(untold.length, 'edge')}: ${listWords(untold.map(nameOf))}${agoWords(untold, span)}`,
      edges: untold,
    }
  const last = since(incoming.map(({ otherUntil }) => otherUntil))
  const isLong = toldSince(last) >= enoughMs
  const before = last > span.from ? ', not all of it before' : ''
  return {
    state: isLong ? 'ready' : 'young',
    words: `100 % mTLS for ${spanSince(last)}${isLong ? '' : ' only'}${before}, mode is ${mode}`,
    edges: [],
  }
}

/** All but mTLS is refused, also TLS that is not the mesh's. */
const wouldBreak = ({ evidence: { identity } }: Incoming): boolean => {
  const { plaintext = 0, absent = 0, tls = 0, presumed = 0 } = identity.shares
  return plaintext + absent + tls + presumed > 0
}

/** Said where none of these edges was seen in the newest part. */
function agoWords(edges: readonly Incoming[], { to }: Window): string {
  const last = Math.max(...edges.map(({ part }) => part.to))
  return edges.some(({ isNewest }) => isNewest)
    ? ''
    : `, last seen more than ${spanWords(floorTo(to - last, hourMs))} ago`
}

function makeStrict({ cluster, namespace }: { cluster: string; namespace: string }, { by }: PeerIntent): Mend {
  const own = by?.startsWith(`${namespace}/`) ? [by] : []
  return { code: 'make-strict', cluster, subject: [namespace, ...own], words: 'Make STRICT' }
}

const nameOf = ({ each }: Incoming): string => {
  const { from, to } = each.worldEdge.edge
  return `${from.name} → ${to.name}`
}

const unitWords: Readonly<Record<CountedIn, readonly [one: string, many: string]>> = {
  requests: ['plaintext request', 'plaintext requests'],
  connections: ['plaintext connection', 'plaintext connections'],
  bytes: ['byte in plaintext', 'bytes in plaintext'],
  flows: ['plaintext flow', 'plaintext flows'],
}

function plainWords(incoming: readonly Incoming[]): string {
  const sums = new Map<CountedIn, number>()
  for (const { evidence } of incoming) sums.set(evidence.unit, (sums.get(evidence.unit) ?? 0) + seenPlain(evidence))
  return listWords(
    [...sums].map(([unit, sum]) => {
      const n = Math.max(1, Math.round(sum))
      return `${amountWords(n)} ${unitWords[unit][n === 1 ? 0 : 1]}`
    }),
  )
}
