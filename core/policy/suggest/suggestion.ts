import type { Labels } from '../../inventory/inventory-object'
import type { ModelObject } from '../model'
import type { Direction } from '../normal-form'
import type { PortProtocol } from '../ports'
import type { Evidence, RecordedFlow } from './recorded-flow'

/** What can be written. Each is a file below formats/. */
export const suggestionFormats = [
  'NetworkPolicy',
  'CiliumNetworkPolicy',
  'CalicoNetworkPolicy',
  'IstioAuthorizationPolicy',
] as const
export type FormatName = (typeof suggestionFormats)[number]

export type SuggestOptions = {
  readonly format: FormatName
  /** Whom one suggestion is about. */
  readonly per: 'workload' | 'namespace'
  /** Whether a workload is isolated in both directions, or only in those of which something needs a rule. */
  readonly isolate: 'both' | 'seen'
  /** Whose workloads are isolated; null: all. */
  readonly namespaces: readonly string[] | null
  /** How many address ranges a rule may have for one port before addresses are put together into wider ones. */
  readonly mostRanges: number
}

export const defaultSuggestOptions: SuggestOptions = {
  format: 'NetworkPolicy',
  per: 'workload',
  isolate: 'both',
  namespaces: null,
  mostRanges: 8,
}

export type Suggestions = {
  /** By namespace and name. */
  readonly suggestions: readonly Suggestion[]
  /** Whatever no rule was made of, by reason. */
  readonly leftOut: readonly LeftOut[]
  /** How many flows rules allow already. */
  readonly decided: number
}

/** One new object, in the format's words and in ours. */
export type Suggestion = {
  readonly manifest: ModelObject
  readonly subject: Subject
  /** null: stays as it is. Empty: nothing comes in. */
  readonly ingress: readonly SuggestedRule[] | null
  readonly egress: readonly SuggestedRule[] | null
  readonly evidence: Evidence
  /** What of the subject no rule was made of. */
  readonly leftOut: readonly LeftOut[]
  readonly caveats: readonly Caveat[]
}

/** Workloads are written `namespace/name[Kind]`. */
export type Subject = {
  readonly namespace: string
  /** Empty: every pod of the namespace. */
  readonly labels: Labels
  /** Whose traffic it was made of. */
  readonly workloads: readonly string[]
  /** Others that have the same labels. */
  readonly alsoSelects: readonly string[]
}

/** dns: is there because names must be looked up, seen or not. */
export type SuggestedRule = {
  readonly purpose: 'traffic' | 'dns'
  readonly peers: readonly SuggestedPeer[]
  readonly ports: readonly SuggestedPort[]
  /** null: not seen (DNS only). */
  readonly evidence: Evidence | null
}

export type SuggestedPort = { readonly protocol: PortProtocol; readonly port: number }

export type SuggestedPeer =
  | ({ readonly type: 'pods' } & Subject)
  | {
      readonly type: 'addresses'
      readonly cidr: string
      /** How many addresses of it were seen, and how many it has. */
      readonly seen: number
      readonly size: number
      /** DNS names that were looked up for them. */
      readonly names: readonly string[]
    }
  | { readonly type: 'names'; readonly names: readonly string[] }
  | { readonly type: 'entity'; readonly entity: 'nodes' | 'kube-apiserver' }
  | {
      readonly type: 'identity'
      readonly namespace: string
      readonly serviceAccount: string
      readonly workloads: readonly string[]
      readonly alsoSelects: readonly string[]
    }

export type LeftOut = {
  readonly reason: LeftOutReason
  /** The side that got no rule; null: neither. */
  readonly direction: Direction | null
  readonly flows: readonly RecordedFlow[]
  /** Connections. */
  readonly count: number
}

/** In words: left-out.ts. */
export const leftOutReasons = [
  'reply',
  'ephemeral-port',
  'denied',
  'denied-by-policy',
  'kubelet-probe',
  'node-unclear',
  'unknown-direction',
  'unknown-end',
  'hidden-end',
  'unknown-port',
  'no-ports',
  'service-without-pods',
  'host-network',
  'no-stable-label',
  'no-address',
  'no-identity',
  'not-judged',
  'open',
] as const
export type LeftOutReason = (typeof leftOutReasons)[number]

export type Caveat = { readonly code: CaveatCode; readonly text: string }
export const caveatCodes = [
  'short-window',
  'hidden-peers',
  'same-labels',
  'wide-ranges',
  'node-addresses',
  'probes',
  'dns-not-seen',
  'any-backend',
  'denied',
  'left-out-traffic',
] as const
export type CaveatCode = (typeof caveatCodes)[number]
