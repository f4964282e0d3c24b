import type { Window } from '../time'
import type { Evidence } from './suggest/recorded-flow'
import type { Model } from './model'
import type { PolicyRef } from './normal-form'
import type { PortProtocol } from './ports'
import type { Profile } from './profile'

/**
 * What questions about the policies of one cluster need: its objects as of a moment, and its traffic over a period.
 * Plain data, so that the server can hand it to a page and the page to a worker.
 */
export type PolicyGround = {
  readonly cluster: string
  /** Milliseconds: objects are those of this moment. */
  readonly at: number
  /** The time that `edges` were recorded in. */
  readonly period: Window
  readonly profile: Profile
  /** `objects` are the policies of every kind that could be read. */
  readonly model: Model
  /** What is known of each of `model.objects` beside what it says, in the same order. */
  readonly records: readonly PolicyRecord[]
  readonly edges: readonly GroundEdge[]
  /** Kinds of policies that the cluster serves and that could not be read, and why. */
  readonly unread: readonly { readonly kind: string; readonly reason: string }[]
  /** There are namespaces of which the asker sees nothing; what passes into them has unknown ends. How many is not told. */
  readonly hidesNamespaces: boolean
  /** When a policy of the cluster was last made, changed or deleted; null: not in the history. Traffic before it obeyed others. */
  readonly lastChange: number | null
  /** When the oldest traffic that is kept begins, of whatever cluster; absent: there is none. */
  readonly recordedFrom?: number
}

/** A policy object as the API server keeps it. Times are milliseconds. */
export type PolicyRecord = {
  readonly ref: PolicyRef
  readonly apiVersion: string
  readonly uid: string
  readonly resourceVersion: string
  readonly createdAt: number
  /** Since when it is as it is, as far as it was watched. */
  readonly changedAt: number
  readonly managers: readonly ObjectManager[]
  readonly owner: ObjectOwner
}

/** Who wrote fields of an object, by its managedFields. `time`: of the last write; null: not told. */
export type ObjectManager = {
  readonly manager: string
  readonly operation: 'Apply' | 'Update' | 'unknown'
  readonly time: number | null
}

/** What keeps an object as it is, and would undo or refuse a change that is made past it. */
export type ObjectOwner = (
  | { readonly type: 'argo-cd' | 'flux' | 'helm'; readonly name: string }
  /** Another object of the cluster owns it (an operator). */
  | { readonly type: 'controller'; readonly kind: string; readonly name: string }
  /** Written with Oriel, or by people with other tools. */
  | { readonly type: 'people'; readonly manager: string | null }
  /** `writer`: the manager that wrote it last, whose tool is not known; absent: not told. */
  | { readonly type: 'unknown'; readonly writer?: string }
) & {
  /** Tracking-id of Argo CD that it carries and that names another object: it was copied from that one. */
  readonly copiedFrom?: string
}

/** Recorded traffic between two ends on one port. */
export type GroundEdge = {
  /** Of the drawn edge (`from|to|port|protocol`), for links to the map and flows. */
  readonly id: string
  readonly from: GroundEnd
  readonly to: GroundEnd
  readonly protocol: PortProtocol
  readonly port: number | null
  /** Connections, else flows, that were let pass; null: not told. */
  readonly allowed: number | null
  /** The same of those that were stopped. */
  readonly denied: number | null
  /** `count`: both together. */
  readonly evidence: Evidence
  /** The last time that it was let pass, and stopped; null: not in the period, or not told. */
  readonly lastAllowed: number | null
  readonly lastDenied: number | null
  /** Source that the figures are of. */
  readonly witness: string
  /** Policies that a source named as those that decided; absent: none did. */
  readonly named?: readonly NamedDecision[]
}

/** `policies`: by refKey, those that are there. */
export type NamedDecision = {
  readonly verdict: 'allowed' | 'denied'
  readonly witness: 'hubble' | 'goldmane'
  readonly policies: readonly string[]
}

/** `workload`: number in `model.workloads`. */
export type GroundEnd =
  | { readonly type: 'workload'; readonly workload: number }
  | { readonly type: 'node'; readonly name: string }
  | { readonly type: 'external'; readonly address: string; readonly names: readonly string[] }
  | { readonly type: 'unknown'; readonly why: 'hidden' | 'not-known' }
