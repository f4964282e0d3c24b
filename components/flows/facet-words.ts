import type { CountedRecords, FacetBasis, FlowFacetId, FlowFacets } from '@/core/flows/flow-facets'
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
export function countedWords({ facets, records, ofStatus }: FlowFacets): readonly string[] {
  const ofRecords = facets.filter(({ basis, values }) => basis === 'records' && values.length > 0)
  if (facets.every(({ basis }) => basis === 'records'))
    return [
      `Counts are of the ${newestWords(records)}, because the filter asks what only records have.`,
      ...(ofStatus ? [`Status counts the ${newestWords(ofStatus)}, whatever their status.`] : []),
    ]
  return [
    'Counts are of flows and requests of the whole time range, not of records. What two witnesses saw counts twice, as it is listed twice.',
    'The list has other numbers: answers (of DNS, say) and further events of one denial are records of their own, and of very many flows not each record is kept.',
    ...ofRecords.map(({ id }) => `${facetTitle[id]} counts the ${newestWords(records)}.`),
  ]
}

/** What one number beside a choice counts: `293 flows and requests`. */
export const countWords = (count: number, basis: FacetBasis): string =>
  basis === 'window' ? `${formatCount(count)} flows and requests` : plural(count, 'record')

/** Said at a facet itself whose counts are of other records than the rest of the panel; '' for all others. */
export const apartWords = (id: FlowFacetId, { ofStatus }: FlowFacets): string =>
  id === 'status' && ofStatus ? `of the ${newestWords(ofStatus)}` : ''

const newestWords = ({ count, readTo }: CountedRecords): string =>
  `newest ${plural(count, 'record')} ${readTo === null ? 'in this time range' : `back to ${formatWhen(readTo)}`}`

/** `of 12 more values`. */
export const moreWords = (more: number): string => `${formatCount(more)} more; type a name in the filter to find them`
