/** One field of a record, its place written as a path: `source.labels`. */
export type Field = { readonly path: string; readonly value: string }
export type FieldGroup = { readonly name: string; readonly fields: readonly Field[] }

const maxFields = 400
const maxText = 2_000

/**
 * Every field that the source gave, flattened: what stands alone first under `record`, then one group
 * for each object or common beginning (`source.labels` belongs to `source`). Lists of scalars stay one field.
 */
export function groupFields(fields: Readonly<Record<string, unknown>>): FieldGroup[] {
  const groups = new Map<string, Field[]>()
  const add = (name: string, field: Field) => {
    const group = groups.get(name)
    if (group) group.push(field)
    else groups.set(name, [field])
  }
  for (const { path, value } of flatten(fields, '').slice(0, maxFields)) {
    const dot = path.indexOf('.')
    if (dot > 0) add(path.slice(0, dot), { path: path.slice(dot + 1), value })
    else add(own, { path, value })
  }
  return [...groups]
    .map(([name, list]) => ({ name, fields: list.sort((a, b) => (a.path < b.path ? -1 : 1)) }))
    .sort((a, b) => (a.name === own ? -1 : b.name === own ? 1 : a.name < b.name ? -1 : 1))
}

const own = 'record'

/** The path of a field as its source wrote it. */
export const wholePath = (group: FieldGroup, field: Field): string =>
  group.name === own ? field.path : `${group.name}.${field.path}`

const isNested = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  !(Array.isArray(value) && value.every((item) => typeof item !== 'object'))

function flatten(value: object, prefix: string): Field[] {
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = prefix ? `${prefix}.${name}` : name
    return isNested(inner) ? flatten(inner, path) : [{ path, value: text(inner) }]
  })
}

function text(value: unknown): string {
  const written = Array.isArray(value)
    ? value.map(String).join('\n')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value)
  return written.length > maxText ? `${written.slice(0, maxText)}…` : written
}
