import { isFields } from './read'

/** The object itself, or the items of a List; nothing of an empty document. */
export function objectsIn(value: unknown): readonly { readonly object: unknown; readonly path: string }[] {
  if (value === null || value === undefined) return []
  if (!isFields(value) || typeof value.kind !== 'string' || !value.kind.endsWith('List') || !Array.isArray(value.items))
    return [{ object: value, path: '' }]
  const { kind, apiVersion } = value
  const itemKind = kind === 'List' ? undefined : kind.slice(0, -'List'.length)
  return value.items.flatMap((item: unknown, i) => {
    const object = isFields(item) && item.kind === undefined ? { apiVersion, kind: itemKind, ...item } : item
    return objectsIn(object).map((one) => ({ ...one, path: [`items[${i}]`, one.path].filter(Boolean).join('.') }))
  })
}
