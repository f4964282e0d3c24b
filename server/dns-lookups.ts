import { type DnsCount, type DnsLookups, groupDnsLookups } from '@/core/flows/dns-lookups'
import type { Filter } from '@/core/filter/filter-ast'
import { allOf } from '@/core/filter/filter-parse'
import { isCrossing } from '@/core/redact'
import type { Scope } from '@/core/scope'
import { readDnsAnswers } from '@/server/db/flows/read-dns-answers'
import { database } from './database'
import type { EdgesQuestion } from './flow-edges'
import { loadFlowSearch } from './flow-search'

export type DnsQuestion = EdgesQuestion & { readonly filter: Filter }

/** Records that are counted at most; the newest ones. */
const maxRecords = 100_000
const maxListed = 500
/** The longest span that is searched for them. */
const maxSpanMs = 6 * 3_600_000

const isDns: Filter = { type: 'term', field: 'proto', op: '=', value: 'dns' }

/** Names that were looked up, by whom, from the newest DNS answers of the window. */
export async function loadDnsLookups(question: DnsQuestion, scope: Scope): Promise<DnsLookups> {
  const { recording: recordingId } = question
  const search = await loadFlowSearch(question, scope)
  const condition = search.conditionOf(allOf([isDns, question.filter]))
  const from =
    recordingId === null ? Math.max(question.window.from, question.window.to - maxSpanMs) : question.window.from
  const window = { from, to: question.window.to }
  const rows =
    condition.type === 'none'
      ? []
      : await readDnsAnswers(database(), { window, recordingId, condition, limit: maxRecords })
  const counts = rows.flatMap(({ edgeId, summary, ...counted }): DnsCount[] => {
    const edge = search.edges.get(edgeId)
    return edge && !isCrossing(edge) ? [{ client: edge.from, ...questionOf(summary), ...counted }] : []
  })
  const { names, folded } = groupDnsLookups(counts)
  const records = rows.reduce((sum, { count }) => sum + count, 0)
  return {
    window: question.window,
    names: names.slice(0, maxListed),
    more: Math.max(0, names.length - maxListed),
    folded,
    records,
    readTo: records >= maxRecords || from > question.window.from ? from : null,
  }
}

/** `A,AAAA api.example.com` as type and name. */
function questionOf(summary: string): { type: string; name: string } {
  const blank = summary.indexOf(' ')
  const type = blank < 0 ? '' : summary.slice(0, blank)
  return {
    type,
    name: summary
      .slice(blank + 1)
      .replace(/\.$/, '')
      .toLowerCase(),
  }
}
