import { endpointType } from '../endpoint'
import { amountWords, countWords, listWords, spanWords } from '../words'
import type { World } from '../world'
import { firstEvidence, type UnitEvidence } from './classify-edge'
import type { ClassifiedEdge, ClassifiedWorld } from './classify-world'
import { configuredOf, isInIstio } from './configured'
import type { PeerMode } from './intent-spec'
import type { CountedIn } from './row-shares'
import type { Seats } from './seats'

/**
 * Whether a namespace of Istio could refuse plaintext. `ready`: all that came in was mTLS; `blocked`: STRICT would
 * break edges; `strict`: it refuses plaintext and none was seen; `broken`: it is told to refuse it, and plaintext was
 * seen all the same; `unknown`: of some edges nobody tells.
 */
export const readinessStates = ['broken', 'blocked', 'unknown', 'ready', 'strict'] as const
export type ReadinessState = (typeof readinessStates)[number]

export type Readiness = {
  readonly cluster: string
  readonly namespace: string
  /** Of the namespace; workloads and ports of it may be told otherwise. */
  readonly mode: PeerMode
  readonly state: ReadinessState
  /** As a page says it: `100 % mTLS for 24 h, mode is PERMISSIVE`. */
  readonly words: string
  /** Edges (ids) that STRICT would break, that speak plaintext although it is refused, or that are not known. */
  readonly edges: readonly string[]
}

type Incoming = { readonly each: ClassifiedEdge; readonly evidence: UnitEvidence; readonly strict: boolean }

/**
 * Readiness of each namespace with workloads of Istio's mesh that were called, worst first. Machines' own calls are
 * left out: Istio rewrites the kubelet's probes, so STRICT does not break them. Ports that the callee's proxy skips
 * are not its to refuse. O(edges).
 */
export function readinessOf(
  { window }: Pick<World, 'window'>,
  { edges, seats }: ClassifiedWorld,
): readonly Readiness[] {
  const namespaces = new Map<string, Incoming[]>()
  for (const each of edges) {
    const { edge } = each.worldEdge
    const evidence = firstEvidence(each)
    if (!evidence || endpointType(edge.from) === 'node' || !isInIstio(edge.to, seats) || isSkipped(edge, seats))
      continue
    const key = `${edge.to.cluster}/${edge.to.namespace}`
    const strict = configuredOf(edge, seats).peer?.mode === 'STRICT'
    const known = namespaces.get(key)
    if (known) known.push({ each, evidence, strict })
    else namespaces.set(key, [{ each, evidence, strict }])
  }
  return [...namespaces.values()]
    .flatMap((incoming): Readiness[] => {
      const callee = incoming[0]?.each.worldEdge.edge.to
      if (!callee) return []
      const { mode } = seats.intents.peer({ ...callee, name: '' }, null, 0)
      return [{ cluster: callee.cluster, namespace: callee.namespace, mode, ...judge(incoming, mode, window) }]
    })
    .sort((a, b) => rank(a) - rank(b) || (a.namespace < b.namespace ? -1 : 1))
}

const rank = ({ state }: Readiness): number => readinessStates.indexOf(state)

function isSkipped({ to, port }: ClassifiedEdge['worldEdge']['edge'], { of }: Seats): boolean {
  const pods = of(to)
  return pods !== null && pods !== 'outside' && pods.every(({ skipsIn }) => skipsIn.includes(port))
}

type Verdict = Pick<Readiness, 'state' | 'words' | 'edges'>

function judge(incoming: readonly Incoming[], mode: PeerMode, window: World['window']): Verdict {
  const refused = incoming.filter(({ evidence, strict }) => strict && seenPlain(evidence) > 0)
  if (refused.length > 0)
    return { state: 'broken', words: `configured STRICT, ${plainWords(refused)} seen`, edges: ids(refused) }
  const breaking = incoming.filter((each) => !each.strict && wouldBreak(each))
  if (breaking.length > 0)
    return {
      state: 'blocked',
      words: `STRICT would break ${countWords(breaking.length, 'edge')}: ${listWords(breaking.map(nameOf))}`,
      edges: ids(breaking),
    }
  if (mode === 'STRICT') return { state: 'strict', words: 'STRICT, no plaintext seen', edges: [] }
  const untold = incoming.filter(({ evidence }) => (evidence.identity.shares.unknown ?? 0) > 0)
  if (untold.length > 0)
    return {
      state: 'unknown',
      words: `nobody tells of ${countWords(untold.length, 'edge')}: ${listWords(untold.map(nameOf))}`,
      edges: ids(untold),
    }
  return { state: 'ready', words: `100 % mTLS for ${spanWords(window.to - window.from)}, mode is ${mode}`, edges: [] }
}

/** Plaintext that a proxy saw, in the unit. */
const seenPlain = ({ identity, total }: UnitEvidence): number =>
  identity.basis === 'measured' ? (identity.shares.plaintext ?? 0) * total : 0

/** All but mTLS is refused, also TLS that is not the mesh's. */
const wouldBreak = ({ evidence: { identity } }: Incoming): boolean => {
  const { plaintext = 0, absent = 0, tls = 0, presumed = 0 } = identity.shares
  return plaintext + absent + tls + presumed > 0
}

const ids = (incoming: readonly Incoming[]): readonly string[] => incoming.map(({ each }) => each.id)

const nameOf = ({ each }: Incoming): string => {
  const { from, to } = each.worldEdge.edge
  return `${from.name} → ${to.name}`
}

const unitWords: Readonly<Record<CountedIn, string>> = {
  requests: 'plaintext requests',
  connections: 'plaintext connections',
  bytes: 'bytes in plaintext',
  flows: 'plaintext flows',
}

function plainWords(incoming: readonly Incoming[]): string {
  const sums = new Map<CountedIn, number>()
  for (const { evidence } of incoming) sums.set(evidence.unit, (sums.get(evidence.unit) ?? 0) + seenPlain(evidence))
  return listWords([...sums].map(([unit, n]) => `${amountWords(Math.max(1, Math.round(n)))} ${unitWords[unit]}`))
}
