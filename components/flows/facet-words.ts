import type { FlowFacetId, FlowFacets } from '@/core/flows/flow-facets'
import { formatCount, formatWhen, plural } from '../format'

export const facetTitle: Readonly<Record<FlowFacetId, string>> = {
  verdict: 'Verdict',
  reason: 'Reason',
  protocol: 'Protocol',
  status: 'Status',
  fromNamespace: 'From namespace',
  toNamespace: 'To namespace',
  from: 'From',
  to: 'To',
  port: 'Port',
  encryption: 'Encryption',
  source: 'Told by',
}

/** What the numbers beside the choices count, in sentences. */
export function countedWords({ facets, records }: FlowFacets): readonly string[] {
  const ofRecords = facets.filter(({ basis, values }) => basis === 'records' && values.length > 0)
  const all = facets.every(({ basis }) => basis === 'records')
  const since = records.readTo === null ? 'in this time range' : `back to ${formatWhen(records.readTo)}`
  const counted = `${plural(records.count, 'record')} ${since}`
  if (all) return [`Counts are of the newest ${counted}, because the filter asks what only records have.`]
  return [
    'Counts are flows and requests of the whole time range. What two witnesses saw counts twice, as it is listed twice.',
    ...ofRecords.map(({ id }) => `${facetTitle[id]} counts the newest ${counted}.`),
  ]
}

/** `of 12 more values`. */
export const moreWords = (more: number): string => `${formatCount(more)} more; type a name in the filter to find them`
