import type { InventoryObject, PolicyObject } from '../inventory/inventory-object'
import type { Window } from '../time'
import { buildEdges } from './build-edges'
import { buildModel } from './build-model'
import type { PolicyGround, PolicyRecord } from './ground'
import { endFinderOf } from './ground-ends'
import type { GroundPods } from './ground-pods'
import type { GroundTraffic } from './ground-traffic'
import { changedAtOf, managersOf, manifestOf, ownerOf } from './inventory-policy'
import { kindOf } from './kinds'
import type { ModelObject } from './model'
import { nameFinderOf } from './named-hits'
import type { Profile } from './profile'
import { refOf } from './read'

/** An object as it was from `from` (milliseconds) on. */
export type Version<T extends InventoryObject = InventoryObject> = { readonly object: T; readonly from: number }

/** The inventory of one cluster as of a moment, as the asker may see it. */
export type GroundInventory = {
  readonly pods: readonly GroundPods[]
  readonly objects: readonly InventoryObject[]
  readonly policies: readonly Version<PolicyObject>[]
  readonly profile: Profile
  readonly hidesNamespaces: boolean
}

export type GroundQuestion = {
  readonly cluster: string
  /** Milliseconds. */
  readonly at: number
  readonly period: Window
  /** As in PolicyGround. */
  readonly lastChange: number | null
  readonly recordedFrom: number | null
}

/** What questions about the policies of one cluster need. Objects of kinds that the engine does not know are left out. O(objects + edges). */
export function buildGround(
  { cluster, at, period, lastChange, recordedFrom }: GroundQuestion,
  { pods, objects, policies, profile, hidesNamespaces }: GroundInventory,
  traffic: GroundTraffic,
  unread: PolicyGround['unread'],
): PolicyGround {
  const known = policies.flatMap((version) => {
    const manifest = manifestOf(version.object)
    const record = recordOf(version, manifest)
    return record ? [{ manifest, record }] : []
  })
  const model = buildModel({ pods, objects, policies: known.map(({ manifest }) => manifest) })
  const records = known.map(({ record }) => record)
  return {
    cluster,
    at,
    period,
    profile,
    model,
    records,
    edges: buildEdges(traffic, cluster, endFinderOf(model, cluster), nameFinderOf(records)),
    unread,
    hidesNamespaces,
    lastChange,
    ...(recordedFrom !== null && { recordedFrom }),
  }
}

/** null: of a kind that is not known. */
export function recordOf({ object, from }: Version<PolicyObject>, manifest: ModelObject): PolicyRecord | null {
  const kind = kindOf(manifest)
  if (!kind) return null
  return {
    ref: refOf(manifest, kind.kind, kind.namespaced),
    apiVersion: typeof manifest.apiVersion === 'string' ? manifest.apiVersion : '',
    uid: object.uid,
    resourceVersion: object.touched?.resourceVersion ?? '',
    createdAt: object.createdAt,
    changedAt: changedAtOf(object, from),
    managers: managersOf(object),
    owner: ownerOf(object),
  }
}
