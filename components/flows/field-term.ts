import type { FilterField, FilterTerm, Side } from '@/core/filter/filter-ast'

const term = (field: FilterField, value: string, side?: Side): FilterTerm | null =>
  value === '' ? null : { type: 'term', field, ...(side && { side }), op: '=', value }

type Rule = readonly [path: RegExp, of: (value: string) => FilterTerm | null]

/** Fields of a source that the filter has a term for, by their path. */
const rules: readonly Rule[] = [
  [/^(source\.namespace|source_namespace)$/, (value) => term('ns', value, 'from')],
  [/^(destination\.namespace|dest_namespace)$/, (value) => term('ns', value, 'to')],
  [/^(drop_reason_desc)$/, (value) => term('reason', value)],
  [/^(dest_port|l4\.(TCP|UDP|SCTP)\.destination_port)$/, (value) => term('port', value)],
  [/^(response\.response_code|l7\.http\.code|l7\.dns\.rcode)$/, (value) => term('status', value)],
  [/^(proto)$/, (value) => term('proto', value)],
]

/** The filter's term for a field of a record; null where it has none. */
export function fieldTerm(path: string, value: string): FilterTerm | null {
  if (value.includes('\n')) return null
  return rules.find(([pattern]) => pattern.test(path))?.[1](value) ?? null
}
