import type { EndMatch } from './end-match'
import type { PortMatch } from './ports'
import type { RequestMatch } from './request-match'

/**
 * What every kind of policy is turned into. A connection passes the tiers of a layer in order; in a tier the
 * blocks that select the pod are read in order, and in a block the rules; the first rule that matches decides.
 * A union of allows, a deny that beats them and a tier with priorities are all such lists.
 */
export type Policy = {
  readonly ref: PolicyRef
  /** A staged policy is left out, unless the question is what would be if staged policies were enforced. */
  readonly mode: 'enforced' | 'staged'
  /** What a staged policy stands in for (or, without blocks, deletes) when staged policies count. */
  readonly replaces: PolicyRef | null
  readonly blocks: readonly Block[]
  /** Tiers that the object defines. */
  readonly tiers: readonly Tier[]
}

/** An object of a cluster. Kinds of one name are told apart by their group. */
export type PolicyRef = {
  /** Without a version; '' for the core group and for controllers of pods. */
  readonly group: string
  readonly kind: string
  /** null where the kind has none. */
  readonly namespace: string | null
  readonly name: string
}

export type Direction = 'ingress' | 'egress'

/** Both layers must allow. The network layer judges at both ends, the mesh layer at the destination (ingress). */
export type Layer = 'network' | 'mesh'

export type Tier = {
  readonly name: string
  /** As people call it in a sentence: "the Admin tier". */
  readonly title: string
  readonly layer: Layer
  /** Lower is read first. */
  readonly order: number
  /** What becomes of a connection that no rule decides although an isolating block selects the pod. */
  readonly end: 'deny' | 'next'
  /** Whether blocks of one order are read by name, or left open by the specification (a profile may know). */
  readonly ties: 'by-name' | 'open'
}

/** Rules of one object for one direction. An object may make several (deny before allow, several specs). */
export type Block = {
  readonly direction: Direction
  /** Name of its tier; a block of a tier that does not exist has no effect. */
  readonly tier: string
  /** Within the tier, lower first; equal ones by namespace and name of the object. */
  readonly order: number
  /** The pods that it is about. Never matches what is no workload. */
  readonly subject: EndMatch
  /** Whether its tier's end applies to the pods that it selects. */
  readonly isolates: boolean
  /** Among blocks of one tier with the same word that select a pod only the first counts (the oldest PeerAuthentication). */
  readonly alone?: string
  /** Its specification says nothing of ICMP, so that it may not apply to it. */
  readonly openForIcmp?: true
  readonly rules: readonly Rule[]
}

/**
 * allow, deny: final in this layer. pass: on to the next tier. log: reads on. ask: somebody outside may deny, else
 * reads on. unknown: may do anything; for what the normal form cannot say, with `doubt` telling what that is.
 */
export type Action = 'allow' | 'deny' | 'pass' | 'log' | 'ask' | 'unknown'

/** Matches where all of its parts match. */
export type Rule = {
  readonly action: Action
  /** Where it stands in the object, as a path that people find (`spec.ingress[2]`). */
  readonly path: string
  /** The other end: the source for ingress, the destination for egress. */
  readonly peer: EndMatch
  /** A condition on the selected pod besides the subject; absent: none. */
  readonly own?: EndMatch
  /** On the destination; null: every protocol and port. */
  readonly ports: PortMatch | null
  /** Of the source; absent: any. */
  readonly sourcePorts?: PortMatch
  /** What is asked for within the connection; absent: anything. */
  readonly request?: RequestMatch
  /** Of an `unknown` or `ask`: what is not known, as the end of a sentence. */
  readonly doubt?: string
}

/** `group/kind/namespace/name`, with nothing in the place of a namespace where there is none. */
export const refKey = ({ group, kind, namespace, name }: PolicyRef): string =>
  `${group}/${kind}/${namespace ?? ''}/${name}`
