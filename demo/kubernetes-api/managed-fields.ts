import { type KubernetesObject, timestamp } from '../model/object'
import {
  differing,
  type FieldSet,
  fieldsOf,
  fromFieldsV1,
  type IsWhole,
  sameSet,
  toFieldsV1,
  union,
  without,
} from './field-set'

/** One entry of `metadata.managedFields`, with its fields read. */
export type Managed = {
  readonly manager: string
  readonly operation: 'Apply' | 'Update'
  readonly apiVersion: string
  readonly time: string
  readonly fields: FieldSet
}

export type Writer = Pick<Managed, 'manager' | 'operation'> & { readonly now: number }

type Entry = Omit<Managed, 'fields'> & { readonly fieldsV1: unknown }

export const managedOf = (object: KubernetesObject | null): readonly Managed[] =>
  ((object?.metadata.managedFields ?? []) as readonly Entry[]).map(({ fieldsV1, ...entry }) => ({
    manager: entry.manager,
    operation: entry.operation,
    apiVersion: entry.apiVersion,
    time: entry.time,
    fields: fromFieldsV1(fieldsV1),
  }))

/** The object with these entries; those without fields are left out. */
export const withManaged = (object: KubernetesObject, managed: readonly Managed[]): KubernetesObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    managedFields: managed
      .filter(({ fields }) => fields.size > 0)
      .map(({ fields, ...entry }) => ({ ...entry, fieldsType: 'FieldsV1', fieldsV1: toFieldsV1(fields) })),
  },
})

export const isOf =
  ({ manager, operation }: Writer) =>
  (entry: Managed): boolean =>
    entry.manager === manager && entry.operation === operation

/** `isChanged`: something of the object is not as it was. */
type Owned = {
  readonly apiVersion: string
  readonly fields: FieldSet
  readonly taken: FieldSet
  readonly isChanged: boolean
}

/** Entries after one writer has come to own exactly these fields, taking `taken` from the others. */
export function owning(
  before: readonly Managed[],
  writer: Writer,
  { apiVersion, fields, taken, isChanged }: Owned,
): readonly Managed[] {
  const own = before.find(isOf(writer))
  const isSame = own !== undefined && sameSet(own.fields, fields) && !isChanged
  const { manager, operation, now } = writer
  const entry = isSame ? own : { manager, operation, apiVersion, time: timestamp(now), fields }
  return [...before.filter((one) => one !== own).map((one) => ({ ...one, fields: without(one.fields, taken) })), entry]
}

/** A write that is no apply: its writer owns what it changed, nobody owns what is gone. */
export function updated(
  before: KubernetesObject | null,
  after: KubernetesObject,
  writer: Writer,
  isWhole: IsWhole,
  startsWith: FieldSet,
): KubernetesObject {
  const old = before ? fieldsOf(before, isWhole, true) : startsWith
  const all = fieldsOf(after, isWhole, true)
  const leaves = fieldsOf(after, isWhole)
  const gone = without(old, all)
  const changed = union(without(all, old), differing(leaves, before ?? {}, after))
  const managed = managedOf(before)
  const own = managed.find(isOf(writer))?.fields ?? new Map()
  const fields = union(without(own, gone), changed)
  const taken = union(changed, gone)
  return withManaged(
    after,
    owning(managed, writer, { apiVersion: after.apiVersion, fields, taken, isChanged: taken.size > 0 }),
  )
}
