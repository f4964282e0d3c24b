import { endpointKey, endpointLabel, type Endpoint } from './endpoint'
import type { Figures } from './figures'
import { figureFields, type Filter, type FilterTerm } from './filter-ast'
import { compareNumber, compileGlob, termNumber } from './filter-value'
import type { EncryptionEvidence } from './verdict'
import { viewOf } from './family'
import { sourceParts } from './witness'
import type { Edge, Facet } from './world'

/** What a record has beyond its edge and facet. */
export type RecordFields = {
  readonly status: number | null
  readonly latencyMs: number | null
  readonly summary: string
}

/** `figures` is called only by terms about figures; without it they do not match. */
export type EdgeMatch = (
  edge: Edge,
  facets: readonly Facet[],
  figures?: () => Figures,
  record?: RecordFields,
) => boolean

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
export const compileEdgeFilter = (filter: Filter): EdgeMatch => compileFilter(filter, edgeLeaf)

/** What a term or free text means for an edge. */
export const edgeLeaf = (part: FilterLeaf): EdgeMatch =>
  part.type === 'text' ? matchText(part.value) : matchTerm(part)

/** Does an endpoint without traffic match? Terms about traffic do not. */
export const compileNodeFilter = (filter: Filter): ((endpoint: Endpoint) => boolean) =>
  compileFilter(filter, (part) => nodeLeaf(part) ?? (() => false))

/** What a part means for an endpoint by itself; null where it is about traffic. */
export function nodeLeaf(part: FilterLeaf): ((endpoint: Endpoint) => boolean) | null {
  if (part.type === 'term') return endpointTerm(part)
  const text = part.value.toLowerCase()
  return (endpoint) => endpointText(endpoint).includes(text)
}

function matchText(value: string): EdgeMatch {
  const text = value.toLowerCase()
  return ({ from, to, port }, facets, _figures, record) =>
    endpointText(from).includes(text) ||
    endpointText(to).includes(text) ||
    String(port) === text ||
    facets.some((facet) => facet.reason.toLowerCase().includes(text)) ||
    (record?.summary.toLowerCase().includes(text) ?? false)
}

const endpointText = (e: Endpoint) => endpointLabel(e).toLowerCase()

/** Terms about one endpoint, whichever end it is; null where the term is about something else. */
function endpointTerm({ field, value }: FilterTerm): ((endpoint: Endpoint) => boolean) | null {
  const is = compileGlob(value)
  if (field === 'ns') return (e) => is(e.namespace)
  if (field === 'cluster') return (e) => is(e.cluster)
  if (field === 'name') return (e) => is(e.name)
  if (field === 'kind') return (e) => is(e.kind)
  return null
}

function matchTerm(term: FilterTerm): EdgeMatch {
  const endpoint = endpointTerm(term)
  if (endpoint) return ({ from, to }) => endpoint(from) || endpoint(to)
  if (figureFields.has(term.field)) return matchFigure(term)
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
      return matchEncryption(term.value.toLowerCase())
    case 'status':
      return (_edge, _facets, _figures, record) => matchStatus(term, record?.status ?? null)
    default:
      return () => false
  }
}

/** Is this the endpoint that `from:` or `to:` names: by name, namespace/name or key? */
export function compileNamed(value: string): (endpoint: Endpoint) => boolean {
  const is = compileGlob(value)
  return (e) => is(e.name) || is(endpointLabel(e)) || is(endpointKey(e))
}

function matchFigure(term: FilterTerm): EdgeMatch {
  const matches = figureLeaf(term)
  return (_edge, _facets, figures) => figures !== undefined && matches(figures())
}

/** What a comparison (`error:>5%`) means for figures; an unknown one never matches. */
export function figureLeaf(term: FilterTerm): (figures: Figures) => boolean {
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
  if (field === 'p50' || field === 'p95' || field === 'p99') return figures[field]
  return null
}

const encrypting: ReadonlySet<EncryptionEvidence> = new Set(['mtls', 'tls', 'wireguard', 'ipsec', 'tunnel'])

/** `yes` and `no` need evidence; `unknown` is an edge without any. */
function matchEncryption(wanted: string): EdgeMatch {
  if (wanted === 'unknown') return (_edge, facets) => facets.every((facet) => facet.encryption === 'unknown')
  return (_edge, facets) =>
    facets.some(({ encryption }) => {
      if (wanted === 'yes') return encrypting.has(encryption)
      return encryption === (wanted === 'no' ? 'plaintext' : wanted)
    })
}

function matchStatus(term: FilterTerm, status: number | null): boolean {
  if (status === null) return false
  const [, hundreds] = /^([1-5])xx$/i.exec(term.value) ?? []
  if (hundreds !== undefined) return Math.floor(status / 100) === Number(hundreds)
  return compareNumber(status, term.op, termNumber(term) ?? Number.NaN)
}
