import { isDataStorePort } from '../inventory/data-store'
import { type Endpoint, endpointLabel } from '../endpoint'
import { viewOf } from '../figures/family'
import type { Figures, Health } from '../figures/figures'
import { type Filter, type FilterTerm, isFigureField } from './filter-ast'
import { matchEncrypted, matchMtls, matchTunnel } from './filter-encryption'
import { compileNamed, endTest, type EndTest } from './filter-end'
import { type FilterFacts, noFacts } from './filter-facts'
import { linePatterns, lineTest, operationTest } from './filter-operation'
import { compareNumber, compileGlob, foldCase, statusClass, statusRange, termNumber } from './filter-value'
import { sourceParts } from '../witness/witness'
import type { Edge, Facet } from '../world'

/** What a record has beyond its edge and facet. */
export type RecordFields = {
  readonly status: number | null
  readonly latencyMs: number | null
  readonly summary: string
}

/** Figures, with the health that was made of them where there is one. */
export type Judged = Figures & { readonly health?: Health }

/** `figures` is called only by terms about figures; without it they do not match. */
export type EdgeMatch = (edge: Edge, facets: readonly Facet[], figures?: () => Judged, record?: RecordFields) => boolean

export type FilterLeaf = FilterTerm | (Filter & { readonly type: 'text' })

/** A filter as a predicate over any subject, given what its terms and free text mean there. */
export function compileFilter<Subject extends readonly unknown[]>(
  filter: Filter,
  leaf: (part: FilterLeaf) => (...subject: Subject) => boolean,
): (...subject: Subject) => boolean {
  if (filter.type === 'all') return () => true
  if (filter.type === 'not') {
    const inner = compileFilter(filter.of, leaf)
    return (...subject) => !inner(...subject)
  }
  if (filter.type === 'and' || filter.type === 'or') {
    const inner = filter.of.map((part) => compileFilter(part, leaf))
    return filter.type === 'and'
      ? (...subject) => inner.every((match) => match(...subject))
      : (...subject) => inner.some((match) => match(...subject))
  }
  return leaf(filter)
}

/**
 * Does an edge match? A term about what was seen (`verdict:denied`) matches when any of the facets
 * does, so `!verdict:denied` is "never denied". An unknown figure matches no comparison.
 */
export const compileEdgeFilter = (filter: Filter, facts: FilterFacts = noFacts): EdgeMatch =>
  compileFilter(filter, (part) => edgeLeaf(part, facts))

/** What a term or free text means for an edge. */
export const edgeLeaf = (part: FilterLeaf, facts: FilterFacts): EdgeMatch =>
  part.type === 'text' ? matchText(part.value) : matchTerm(part, facts)

/** Does an endpoint without traffic match? Terms about traffic do not. */
export const compileNodeFilter = (filter: Filter, facts: FilterFacts = noFacts): EndTest =>
  compileFilter(filter, (part) => (isIdle(part) ? () => true : (nodeLeaf(part, facts) ?? (() => false))))

const isIdle = (part: FilterLeaf) => part.type === 'term' && part.field === 'is' && part.value.toLowerCase() === 'idle'

/** What a part means for an endpoint by itself; null where it is about traffic. */
export function nodeLeaf(part: FilterLeaf, facts: FilterFacts = noFacts): EndTest | null {
  if (part.type === 'term') return part.side === undefined ? endTest(part, facts) : null
  const text = part.value.toLowerCase()
  return (endpoint) => endpointText(endpoint).includes(text)
}

function matchText(value: string): EdgeMatch {
  const text = value.toLowerCase()
  const folded = foldCase(value)
  return ({ from, to, port }, facets, _figures, record) =>
    endpointText(from).includes(text) ||
    endpointText(to).includes(text) ||
    String(port) === text ||
    facets.some((facet) => facet.reason.toLowerCase().includes(text)) ||
    (record !== undefined && foldCase(record.summary).includes(folded))
}

const endpointText = (e: Endpoint) => endpointLabel(e).toLowerCase()

function matchTerm(term: FilterTerm, facts: FilterFacts): EdgeMatch {
  const end = endTest(term, facts)
  if (end) return matchEnds(term, end, facts)
  if (isFigureField(term.field)) return matchFigure(term, facts)
  const is = compileGlob(term.value)
  const named = compileNamed(term.value)
  switch (term.field) {
    case 'from':
      return ({ from }) => named(from)
    case 'to':
      return ({ to }) => named(to)
    case 'port':
      return ({ port }) => compareNumber(port, term.op, termNumber(term) ?? Number.NaN)
    case 'proto':
      return ({ protocol }, facets) => is(protocol) || facets.some((facet) => facet.l7 !== 'none' && is(facet.l7))
    case 'verdict':
      return (_edge, facets) => facets.some((facet) => is(facet.verdict))
    case 'reason':
      return (_edge, facets) => facets.some((facet) => is(facet.reason))
    case 'source':
      return (_edge, facets) =>
        facets.some(({ source }) => {
          const { transport, type } = sourceParts(source)
          return is(source) || is(transport) || is(type)
        })
    case 'seen':
      return (_edge, facets) => facets.some(({ source }) => is(viewOf(source) ?? 'unknown'))
    case 'encrypted':
    case 'tunnel': {
      const matches = (term.field === 'tunnel' ? matchTunnel : matchEncrypted)(term.value, facts)
      return (edge, facets, _figures, record) => matches(edge, facets, record !== undefined)
    }
    case 'status':
      return matchStatus(term)
    case 'op':
      return matchOperation(term, facts)
    default:
      return () => false
  }
}

/** A term about an endpoint, asked of the side that it names or of both. */
function matchEnds({ side, field, value }: FilterTerm, end: EndTest, { isNew }: FilterFacts): EdgeMatch {
  const nature = field === 'is' ? value.toLowerCase() : ''
  const port: (edge: Edge) => boolean =
    nature === 'datastore' && side !== 'from' ? (edge) => isDataStorePort(edge.port) : () => false
  if (side === 'from') return ({ from }) => end(from)
  if (side === 'to') return (edge) => end(edge.to) || port(edge)
  if (nature === 'new') return (edge) => isNew?.(edge) ?? false
  return (edge) => end(edge.from) || end(edge.to) || port(edge)
}

function matchFigure(term: FilterTerm, { encryption }: FilterFacts): EdgeMatch {
  if (term.field === 'mtls') {
    const holds = matchMtls(term)
    return (edge) => holds(encryption?.(edge))
  }
  const matches = figureLeaf(term)
  return (_edge, _facets, figures) => figures !== undefined && matches(figures())
}

/** What a comparison (`error:>5%`) means for figures; an unknown one never matches. */
export function figureLeaf(term: FilterTerm): (figures: Judged) => boolean {
  if (term.field === 'health') {
    const wanted = term.value.toLowerCase()
    return ({ health = 'unknown' }) => health === wanted
  }
  const wanted = termNumber(term) ?? Number.NaN
  return (figures) => {
    const actual = figure(term, figures)
    return actual !== null && compareNumber(actual, term.op, wanted)
  }
}

/** The figure that a term is about; null where it is unknown. */
function figure({ field }: FilterTerm, figures: Figures): number | null {
  if (field === 'rate') return figures.requestRate ?? figures.flowRate
  if (field === 'error') return figures.errorRatio
  if (field === 'conns') return figures.openConnections
  if (field === 'p50' || field === 'p95' || field === 'p99') return figures[field]
  const { sentRate, receivedRate } = figures
  return sentRate === null && receivedRate === null ? null : (sentRate ?? 0) + (receivedRate ?? 0)
}

/** A record has a line that says what was asked, an edge has the names that were counted. */
function matchOperation({ value }: FilterTerm, facts: FilterFacts): EdgeMatch {
  const named = operationTest(value)
  const written = lineTest(linePatterns(value))
  return (edge, _facets, _figures, record) => (record ? written(record.summary) : facts.operations(edge).some(named))
}

/** A record has its code. Of an edge only how many failed by whose fault is known. */
function matchStatus(term: FilterTerm): EdgeMatch {
  const { from, to } = statusRange(term)
  const hundreds = statusClass(term.value)
  return (_edge, _facets, figures, record) => {
    if (record) return record.status !== null && record.status >= from && record.status <= to
    if (hundreds === 5) return (figures?.().serverErrors ?? 0) > 0
    if (hundreds === 4) return (figures?.().clientErrors ?? 0) > 0
    return false
  }
}
