import type { GroundEdge, PolicyGround } from '../ground'
import { type ModelObject, type Workload, workloadName } from '../model'
import type { Direction } from '../normal-form'
import { type Evidence, evidenceOf, type RecordedFlow } from '../suggest/recorded-flow'
import { formatNamed } from '../suggest/formats/formats'
import { leftOutWords } from '../suggest/left-out'
import { suggestPolicies } from '../suggest/suggest-policies'
import {
  defaultSuggestOptions,
  type Caveat,
  type FormatName,
  type LeftOut,
  type LeftOutReason,
  type Subject,
  type SuggestedPeer,
  type SuggestedRule,
  type Suggestion,
  type SuggestOptions,
} from '../suggest/suggestion'
import type { PreparedGround } from '../what-if'
import { groundFlows } from './ground-flows'
import { edgesOfRule } from './rule-evidence'

/** Whom suggestions are for. `workload`: as `workloadName` writes it. A team is its namespaces. */
export type SuggestScope =
  | { readonly type: 'workload'; readonly workload: string }
  | { readonly type: 'namespaces'; readonly namespaces: readonly string[] }

export type SuggestRequest = {
  readonly scope: SuggestScope
  readonly format: FormatName
  readonly per: SuggestOptions['per']
  readonly isolate: SuggestOptions['isolate']
}

export type GroundSuggestions = {
  readonly suggestions: readonly GroundSuggestion[]
  /** Connections of the scope that got no rule. */
  readonly leftOut: readonly LeftOutSentence[]
  /** How many flows of the scope rules allow already. */
  readonly decided: number
}

/** One policy to be, rule by rule. */
export type GroundSuggestion = {
  /** `namespace/name` of the object. */
  readonly key: string
  readonly format: FormatName
  readonly manifest: ModelObject
  readonly subject: Subject
  /** Directions that it isolates in. */
  readonly isolates: readonly Direction[]
  readonly rules: readonly EvidencedRule[]
  readonly evidence: Evidence
  readonly caveats: readonly Caveat[]
  readonly leftOut: readonly LeftOutSentence[]
}

/** One peer on its ports, so that it can be accepted or dropped by itself. */
export type EvidencedRule = {
  /** Among those of its suggestion; the same where the same is suggested again. */
  readonly id: string
  readonly direction: Direction
  /** With one peer (DNS: all of them), and the evidence of this one. */
  readonly rule: SuggestedRule
  /** Edges that it was made of, by their ids; for links. */
  readonly edges: readonly string[]
  /** Sources that the figures are of. */
  readonly witnesses: readonly string[]
}

export type LeftOutSentence = {
  readonly reason: LeftOutReason
  readonly direction: Direction | null
  readonly connections: number
  readonly edges: number
  readonly sentence: string
}

/** Least privilege for a scope, of the traffic of a ground. O(edges), see `suggestPolicies`. */
export function suggestOnGround({ ground, compiled }: PreparedGround, request: SuggestRequest): GroundSuggestions {
  const inScope = scopeOf(ground, request.scope)
  const flows = groundFlows(ground).filter(({ from, to }) => inScope.end(from) || inScope.end(to))
  const { suggestions, leftOut, decided } = suggestPolicies(compiled('left-out'), flows, {
    ...defaultSuggestOptions,
    format: request.format,
    per: request.per,
    isolate: request.isolate,
    namespaces: inScope.namespaces,
  })
  return {
    suggestions: suggestions
      .filter(({ subject }) => [...subject.workloads, ...subject.alsoSelects].some(inScope.name))
      .map((one) => suggestionOf(ground, request.format, one)),
    leftOut: leftOut.map(leftOutSentence),
    decided,
  }
}

function scopeOf({ model }: PolicyGround, scope: SuggestScope) {
  const spaces = new Set(scope.type === 'namespaces' ? scope.namespaces : [scope.workload.split('/')[0] ?? ''])
  const isIn = (workload: Workload) =>
    scope.type === 'workload' ? workloadName(workload) === scope.workload : spaces.has(workload.namespace)
  const names = new Set(model.workloads.filter(isIn).map(workloadName))
  return {
    namespaces: [...spaces],
    name: (name: string) => names.has(name),
    end: (end: RecordedFlow['to']) => end.type === 'workload' && isIn(end.workload),
  }
}

function suggestionOf(ground: PolicyGround, format: FormatName, suggestion: Suggestion): GroundSuggestion {
  const { manifest, subject, ingress, egress, evidence, caveats, leftOut } = suggestion
  const names = new Set(subject.workloads)
  const rulesOf = (direction: Direction, rules: readonly SuggestedRule[] | null) =>
    (rules ?? []).flatMap(onePeerEach).map((rule) => evidencedRule(ground, names, direction, rule))
  return {
    key: `${subject.namespace}/${nameOf(manifest)}`,
    format,
    manifest,
    subject,
    isolates: [...(ingress ? (['ingress'] as const) : []), ...(egress ? (['egress'] as const) : [])],
    rules: [...rulesOf('ingress', ingress), ...rulesOf('egress', egress)],
    evidence,
    caveats,
    leftOut: leftOut.map(leftOutSentence),
  }
}

const onePeerEach = (rule: SuggestedRule): readonly SuggestedRule[] =>
  rule.purpose === 'dns' ? [rule] : rule.peers.map((peer) => ({ ...rule, peers: [peer] }))

function evidencedRule(
  ground: PolicyGround,
  subject: ReadonlySet<string>,
  direction: Direction,
  rule: SuggestedRule,
): EvidencedRule {
  const edges = edgesOfRule(ground, subject, direction, rule)
  const evidence = evidenceOf(
    edges.map(({ allowed, evidence, lastAllowed }) => ({
      ...evidence,
      count: allowed ?? evidence.count,
      last: lastAllowed ?? evidence.last,
    })),
  )
  return {
    id: [direction, rule.purpose, ...rule.peers.map(peerKey)].join(' '),
    direction,
    rule: { ...rule, evidence: evidence ?? rule.evidence },
    edges: edges.map(({ id }) => id),
    witnesses: witnessesOf(edges),
  }
}

function peerKey(peer: SuggestedPeer): string {
  switch (peer.type) {
    case 'pods':
      return `${peer.namespace} ${JSON.stringify(peer.labels)}`
    case 'addresses':
      return peer.cidr
    case 'names':
      return peer.names.join(' ')
    case 'entity':
      return peer.entity
    case 'identity':
      return `${peer.namespace}/${peer.serviceAccount}`
  }
}

const witnessesOf = (edges: readonly GroundEdge[]) => [...new Set(edges.map(({ witness }) => witness))].sort()

const nameOf = ({ metadata }: ModelObject): string =>
  typeof metadata === 'object' && metadata !== null && 'name' in metadata ? String(metadata.name) : ''

const leftOutSentence = ({ reason, direction, flows, count }: LeftOut): LeftOutSentence => ({
  reason,
  direction,
  connections: count,
  edges: flows.length,
  sentence: `${count.toLocaleString('en-US')} ${count === 1 ? 'connection' : 'connections'} without ${direction === null ? 'a' : `an ${direction}`} rule: they ${leftOutWords[reason]}.`,
})

/** Says in an object when it was suggested; what was seen later is drift. */
export const suggestedAtAnnotation = 'oriel.dev/suggested-at'

/**
 * The object with the rules that were accepted, as they are (some may have been narrowed). Directions stay isolated
 * although all of their rules were dropped. @param at when it was suggested, in milliseconds
 */
export function acceptedManifest(
  { format, manifest, subject, isolates }: GroundSuggestion,
  rules: readonly Pick<EvidencedRule, 'direction' | 'rule'>[],
  at: number,
): ModelObject {
  const of = (direction: Direction) =>
    isolates.includes(direction)
      ? joinPeers(rules.flatMap((one) => (one.direction === direction ? [one.rule] : [])))
      : null
  const metadata = typeof manifest.metadata === 'object' && manifest.metadata !== null ? manifest.metadata : {}
  return {
    ...manifest,
    metadata: { ...metadata, annotations: { [suggestedAtAnnotation]: new Date(at).toISOString() } },
    spec: formatNamed(format).spec({ subject, ingress: of('ingress'), egress: of('egress') }),
  }
}

/** Peers with the same ports as one rule again. */
function joinPeers(rules: readonly SuggestedRule[]): readonly SuggestedRule[] {
  const joined = new Map<string, SuggestedRule>()
  for (const rule of rules) {
    const key = JSON.stringify([rule.purpose, rule.ports])
    const same = joined.get(key)
    joined.set(key, same ? { ...same, peers: [...same.peers, ...rule.peers] } : rule)
  }
  return [...joined.values()]
}

/** Kinds that make sense on this ground: those that its network and mesh enforce. */
export const suggestFormats = ({ profile, model }: PolicyGround): readonly FormatName[] => [
  'NetworkPolicy',
  ...(profile === 'cilium' ? (['CiliumNetworkPolicy'] as const) : []),
  ...(profile === 'calico' ? (['CalicoNetworkPolicy'] as const) : []),
  ...(model.workloads.some(({ mesh }) => mesh === 'istio') ? (['IstioAuthorizationPolicy'] as const) : []),
]
