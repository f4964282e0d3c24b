/** One field of a record, its place written as a path: `source.labels`. */
export type Field = { readonly path: string; readonly value: string }
export type FieldGroup = { readonly name: string; readonly fields: readonly Field[] }

const maxFields = 400
const maxText = 2_000

/** Every field that the source gave, flattened: scalars first under `record`, then one group for each object. Arrays of scalars stay one field. */
export function groupFields(fields: Readonly<Record<string, unknown>>): FieldGroup[] {
  const own: Field[] = []
  const groups: FieldGroup[] = []
  for (const [name, value] of Object.entries(fields)) {
    if (isNested(value)) groups.push({ name, fields: flatten(value, '').slice(0, maxFields) })
    else own.push({ path: name, value: text(value) })
  }
  const filled = groups.filter((group) => group.fields.length > 0).sort((a, b) => (a.name < b.name ? -1 : 1))
  return own.length > 0
    ? [{ name: 'record', fields: own.sort((a, b) => (a.path < b.path ? -1 : 1)) }, ...filled]
    : filled
}

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
