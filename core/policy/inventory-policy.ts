import type { InventoryKind, PolicyObject, Writer } from '../inventory/inventory-object'
import type { ObjectManager, ObjectOwner } from './ground'
import type { PolicyKind } from './kind'
import { policyKinds } from './kinds'
import type { ModelObject } from './model'
import { ownerOfManifest } from './object-owner'
import { isFields } from './read'

/** Kept by their name alone since before other kinds were: those of one name are told apart by their group. */
const byNameAlone = {
  'networking.k8s.io/NetworkPolicy': 'NetworkPolicy',
  'security.istio.io/PeerAuthentication': 'PeerAuthentication',
  'networking.istio.io/DestinationRule': 'DestinationRule',
} as const

export type PolicyInventoryKind = PolicyObject['kind']

/**
 * What the inventory calls a kind of policies: `Kind.group` (`AuthorizationPolicy.security.istio.io`), but for the three
 * kinds above. Calico's two groups hold the same objects and are called by the served one, `projectcalico.org`.
 */
export function inventoryKindOf({ group, kind }: Pick<PolicyKind, 'group' | 'kind'>): PolicyInventoryKind {
  const key = `${group}/${kind}`
  if (key in byNameAlone) return byNameAlone[key as keyof typeof byNameAlone]
  return `${kind}.${group.replace(/^crd\./, '')}`
}

/** The kinds of policies as the inventory calls them, each with the kinds of the engine that it is, best first. */
export const policyInventoryKinds: ReadonlyMap<PolicyInventoryKind, readonly [PolicyKind, ...PolicyKind[]]> = grouped()

function grouped() {
  const kinds = new Map<PolicyInventoryKind, [PolicyKind, ...PolicyKind[]]>()
  for (const kind of policyKinds) {
    const key = inventoryKindOf(kind)
    const same = kinds.get(key)
    if (same) same.push(kind)
    else kinds.set(key, [kind])
  }
  return kinds
}

/** Whether the inventory calls a kind of policies so. */
export const isPolicyKind = (kind: string): kind is PolicyInventoryKind =>
  (policyInventoryKinds as ReadonlyMap<string, unknown>).has(kind)

/** Name, group and plural of a kind of the inventory, and whether it lies in namespaces; null: no kind of policies. */
export const policyKindOf = (kind: InventoryKind): PolicyKind | null =>
  isPolicyKind(kind) ? (policyInventoryKinds.get(kind)?.[0] ?? null) : null

/**
 * The object as the API server holds it, less its status and managedFields, for the engine and for people to read.
 * One that was too large to be kept has a text in place of its spec, so no reader takes it for an empty policy.
 */
export function manifestOf(object: PolicyObject): ModelObject {
  const { namespace, name, uid, touched, cut, spec, more } = object
  const kind = policyInventoryKinds.get(object.kind)?.[0]
  const apiVersion = object.apiVersion ?? (kind ? `${kind.group}/${kind.versions[0]}` : '')
  const metadata = {
    name,
    ...(namespace !== '' && { namespace }),
    uid,
    ...(touched && { resourceVersion: touched.resourceVersion }),
    ...(touched?.generation != null && { generation: touched.generation }),
    creationTimestamp: new Date(object.createdAt).toISOString().replace('.000Z', 'Z'),
    ...(object.metadata ?? { labels: object.labels, annotations: object.annotations }),
  }
  return {
    apiVersion,
    kind: kind?.kind ?? object.kind.split('.')[0],
    metadata: apiVersion.startsWith('crd.projectcalico.org/') ? withCalicoMetadata(metadata) : metadata,
    ...(cut ? { spec: `not kept: it has ${cut.bytes} bytes` } : spec != null && { spec }),
    ...more,
  }
}

/** Calico stores labels and annotations of its objects in an annotation. */
function withCalicoMetadata(metadata: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const annotations = isFields(metadata.annotations) ? metadata.annotations : {}
  const stored = parsed(annotations['projectcalico.org/metadata'])
  if (!isFields(stored)) return metadata
  return {
    ...metadata,
    labels: { ...fieldsOf(stored.labels), ...fieldsOf(metadata.labels) },
    annotations: { ...fieldsOf(stored.annotations), ...annotations },
  }
}

const fieldsOf = (value: unknown) => (isFields(value) ? value : {})

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Who wrote fields of it, status aside, the newest first. Empty: not told. */
export const managersOf = ({ writers = [], touched }: PolicyObject): readonly ObjectManager[] =>
  writers
    .map((writer, n) => managerOf({ ...writer, time: touched?.times[n] ?? null }))
    .toSorted((a, b) => (b.time ?? 0) - (a.time ?? 0))

/** Who made this version and when, milliseconds; null: not told. */
export const madeByOf = ({ madeBy }: PolicyObject): ObjectManager | null => (madeBy ? managerOf(madeBy) : null)

const managerOf = ({ manager, operation, time }: Writer & { readonly time: number | null }): ObjectManager => ({
  manager,
  operation: operation === 'Apply' || operation === 'Update' ? operation : 'unknown',
  time,
})

/** Who keeps it as it is, by what it says of itself. */
export const ownerOf = (object: PolicyObject): ObjectOwner => ownerOfManifest(manifestOf(object), managersOf(object))

/** Since when it says what it says, milliseconds: since it was written, where that is told, else since this version was first seen at `from`. */
export const changedAtOf = ({ madeBy }: PolicyObject, from: number): number => madeBy?.time ?? from
