import type { Fields } from '@/core/policy/read'
import type { KubernetesObject } from '../model/object'
import {
  differing,
  type FieldSet,
  fieldsOf,
  type IsWhole,
  type Path,
  union,
  valueAt,
  without,
  withValue,
} from './field-set'
import { isOf, type Managed, managedOf, owning, type Writer, withManaged } from './managed-fields'
import { StatusError } from './status'

/** Server-side apply of a configuration on what is there. Throws StatusError 409 where others own what it changes, unless `force`. */
export function applied(
  live: KubernetesObject | null,
  config: KubernetesObject,
  writer: Writer,
  { isWhole, force }: { readonly isWhole: IsWhole; readonly force: boolean },
): KubernetesObject {
  const fields = fieldsOf(config, isWhole)
  const managed = managedOf(live)
  const others = managed.filter((one) => !isOf(writer)(one))
  const changed = live ? differing(fields, live, config) : fields
  const taken = disputed(others, changed)
  if (taken.length > 0 && !force) throw refusal(taken)
  const ofOthers = others.reduce<FieldSet>((all, one) => union(all, one.fields), new Map())
  const left = without(without(managed.find(isOf(writer))?.fields ?? new Map(), fields), ofOthers)
  let merged: Fields = live ?? config
  for (const path of fields.values()) merged = withValue(merged, path, valueAt(config, path))
  for (const path of left.values()) merged = withoutEmpty(withValue(merged, path, undefined), path)
  return withManaged(
    merged as KubernetesObject,
    owning(managed, writer, {
      apiVersion: config.apiVersion,
      fields,
      isChanged: changed.size > 0 || left.size > 0,
      taken: new Map(taken.map(({ path }) => [JSON.stringify(path), path])),
    }),
  )
}

/** Labels and annotations of which none is left are not written as empty maps. */
function withoutEmpty(object: Fields, [first = '', second = '']: Path): Fields {
  const value = valueAt(object, [first, second])
  const isEmpty = first === 'metadata' && JSON.stringify(value) === '{}'
  return isEmpty ? withValue(object, [first, second], undefined) : object
}

type Dispute = { readonly entry: Managed; readonly path: Path }

const disputed = (others: readonly Managed[], changed: FieldSet): readonly Dispute[] =>
  others.flatMap((entry) => [...changed].flatMap(([key, path]) => (entry.fields.has(key) ? [{ entry, path }] : [])))

const managerText = ({ manager, operation, apiVersion }: Managed) =>
  operation === 'Update' ? `"${manager}" using ${apiVersion}` : `"${manager}"`
const pathText = (path: Path) => path.map((name) => `.${name}`).join('')

function refusal(disputes: readonly Dispute[]): StatusError {
  const causes = disputes.map(({ entry, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${managerText(entry)}`,
    field: pathText(path),
  }))
  return new StatusError(409, 'Conflict', refusalText(disputes), { causes })
}

function refusalText(disputes: readonly Dispute[]): string {
  const [first] = disputes
  if (first && disputes.length === 1)
    return `Apply failed with 1 conflict: conflict with ${managerText(first.entry)}: ${pathText(first.path)}`
  const byManager = new Map<string, string[]>()
  for (const { entry, path } of disputes)
    byManager.set(managerText(entry), [...(byManager.get(managerText(entry)) ?? []), `- ${pathText(path)}`])
  const lines = [...byManager]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([manager, paths]) => [`conflicts with ${manager}:`, ...paths])
  return `Apply failed with ${disputes.length} conflicts: ${lines.join('\n')}`
}
