import type { FieldValues } from '@/core/filter/filter-values'

/** A filter that finds something, and what it finds. */
export type Example = { readonly text: string; readonly finds: string }

/** Fields of which the examples name values. */
export const exampleFields = ['ns', 'from', 'to', 'port', 'team', 'verdict', 'encrypted', 'is'] as const

/** Filters that find something in the data: its own names, and only words that it has. */
export function examplesOf(known: readonly FieldValues[]): readonly Example[] {
  const values = (field: (typeof exampleFields)[number]) =>
    (known.find((one) => one.field === field)?.values ?? []).map(({ value }) => quoted(value))
  const [ns, other] = values('ns')
  const [from] = values('from')
  const [to] = values('to')
  const [port] = values('port')
  const [team] = values('team')
  const has = (field: 'verdict' | 'encrypted' | 'is', value: string) => values(field).includes(value)
  const examples: (Example | false | undefined)[] = [
    { text: 'health:failing,degraded', finds: 'what is unwell' },
    { text: 'error:>1% or p95:>300ms', finds: 'what answers wrong or late' },
    ns !== undefined && { text: `ns:${ns}`, finds: `everything in and out of ${ns}` },
    ns !== undefined &&
      other !== undefined && { text: `from:ns=${ns} to:ns=${other}`, finds: `calls from ${ns} to ${other}` },
    from !== undefined && { text: `from:${from}`, finds: `what ${from} calls` },
    to !== undefined && { text: `to:${to}`, finds: `who calls ${to}` },
    team !== undefined && { text: `team:${team}`, finds: `what team ${team} owns` },
    port !== undefined && { text: `port:${port}`, finds: `what goes to port ${port}` },
    has('verdict', 'denied') && { text: 'verdict:denied', finds: 'what policies refused' },
    has('encrypted', 'plaintext') && { text: 'encrypted:no', finds: 'what goes in plain text' },
    has('is', 'external') && { text: 'to:is=external', finds: 'what leaves the cluster' },
  ]
  return examples.filter((example) => typeof example === 'object')
}

const quoted = (value: string) => (/[\s()|",]/.test(value) ? `"${value.replaceAll('"', '')}"` : value)
