'use client'

import { createParser, parseAsArrayOf, parseAsStringLiteral, useQueryState, useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { parseFilter } from '@/core/filter/filter-parse'
import { serialiseFilter } from '@/core/filter/filter-serialise'
import { differences } from '@/core/compare/compare'
import { parseVersus, type Versus } from '@/core/compare/compare-window'
import { levels } from '@/core/graph/graph'
import { directions } from '@/core/graph/graph-focus'
import { groupings } from '@/core/graph/graph-groups'
import type { Window } from '@/core/time'
import { clean } from '@/core/text/text'
import { parseMoment } from '@/core/time-param'
import { defaultLast, movedWindow, parseLast, type TimeRange, windowAt } from './time-range'

/** What the map's colours are about. */
export const lenses = ['health', 'traffic', 'errors', 'latency', 'encryption', 'policy'] as const
export type Lens = (typeof lenses)[number]

/** The same graph: drawn, as tables, or callers by callees. */
export const mapViews = ['map', 'list', 'matrix'] as const
export type MapView = (typeof mapViews)[number]

/** What is written on edges. `auto`: figures of what is chosen or unwell. */
export const edgeLabels = ['auto', 'none', 'rate', 'errors', 'p95', 'protocol'] as const
export type EdgeLabels = (typeof edgeLabels)[number]

/** How far the map reaches around the node in focus. */
export const focusHops = ['1', '2', '3', 'all'] as const
export type FocusHops = (typeof focusHops)[number]

/** Longer than any name or filter that somebody writes. */
const maxText = 8_000

/** Text without what HTML cannot carry: the browser would read back another one than the server wrote. */
export const parseAsText = createParser({ parse: (text: string) => clean(text, maxText) || null, serialize: String })

/** As long as the API takes an id of a node or edge. */
const maxId = 2_000

/** What cannot be an id selects nothing. */
const parseAsSelection = createParser({
  parse: (text: string) => {
    const id = clean(text, maxText)
    return id.length > 0 && id.length <= maxId ? id : null
  },
  serialize: String,
})

const parseAsLast = createParser({
  parse: (text: string) => (parseLast(text) === null ? null : text),
  serialize: (text: string) => text,
})

/** Milliseconds since the epoch or ISO 8601, as the API reads it; written as milliseconds. */
const parseAsMoment = createParser({ parse: parseMoment, serialize: String })

const parseAsId = createParser({
  parse: (text: string) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null),
  serialize: String,
})

const parseAsVersus = createParser<Versus>({ parse: parseVersus, serialize: String })

/** Every parameter that a page keeps in the URL, by its name there. */
export const urlParsers = {
  last: parseAsLast,
  from: parseAsMoment,
  to: parseAsMoment,
  cluster: parseAsText,
  q: parseAsText.withDefault(''),
  level: parseAsStringLiteral(levels).withDefault('workload'),
  lens: parseAsStringLiteral(lenses).withDefault('health'),
  view: parseAsStringLiteral(mapViews).withDefault('map'),
  fold: parseAsArrayOf(parseAsText).withDefault([]),
  unfold: parseAsArrayOf(parseAsText).withDefault([]),
  by: parseAsStringLiteral(groupings).withDefault('namespace'),
  labels: parseAsStringLiteral(edgeLabels).withDefault('auto'),
  /** The node that the map is drawn around, how far, and which way. */
  focus: parseAsText,
  hops: parseAsStringLiteral(focusHops).withDefault('2'),
  dir: parseAsStringLiteral(directions).withDefault('both'),
  /** What the filter finds is marked on the whole map instead of being shown alone. */
  match: parseAsStringLiteral(['mark'] as const),
  /** Only edges that are unwell, with their ends. */
  only: parseAsStringLiteral(['unwell'] as const),
  /** Leaves out workloads without traffic. */
  idle: parseAsStringLiteral(['0'] as const),
  /** More edges than the usual most. */
  edges: parseAsId,
  /** A second node or edge that the selection is compared with. */
  with: parseAsText,
  /** Shows the machines of the cluster on the map. */
  nodes: parseAsStringLiteral(['1'] as const),
  sel: parseAsSelection,
  /** The window that is compared with; null is none. */
  vs: parseAsVersus,
  /** The moment that a list of records begins at. */
  at: parseAsMoment,
  /** Shows only what differs in this way. */
  differs: parseAsStringLiteral(differences),
  recording: parseAsId,
  /** A change of policies whose traffic is watched. */
  applied: parseAsId,
  /** Token of a frozen link: the page shows what that link keeps. */
  frozen: parseAsText,
}

const timeParsers = { last: urlParsers.last, from: urlParsers.from, to: urlParsers.to, recording: urlParsers.recording }

/** Token of the frozen link that the page shows; null on live pages. */
export const useFrozenToken = (): string | null => useQueryState('frozen', urlParsers.frozen)[0]

/** A frozen view has one time. */
const stay = () => Promise.resolve(new URLSearchParams())

/**
 * The time range that the page is about. A recording without a range is shown `whole`; it does not
 * move, and choosing a moving range leaves it; `showWhole` shows all of it again.
 */
export function useTimeRange() {
  const [{ last, from, to, recording }, setTime] = useQueryStates(timeParsers)
  const setState = useFrozenToken() === null ? setTime : stay
  const range = useMemo<TimeRange>(
    () => (from !== null && to !== null && to > from ? { from, to } : { last: last ?? defaultLast }),
    [from, to, last],
  )
  const setLast = useCallback(
    (next: string) =>
      setState(
        { last: next === defaultLast ? null : next, from: null, to: null, recording: null },
        { history: 'push' },
      ),
    [setState],
  )
  const setWindow = useCallback(
    (window: Window, history: 'push' | 'replace' = 'push') =>
      setState({ last: null, from: Math.round(window.from), to: Math.round(window.to) }, { history }),
    [setState],
  )
  const move = useCallback(
    (direction: -1 | 1) => setWindow(movedWindow(windowAt(range, Date.now()), direction, Date.now())),
    [range, setWindow],
  )
  const showWhole = useCallback(() => setState({ last: null, from: null, to: null }, { history: 'push' }), [setState])
  const whole = recording !== null && range.last !== undefined
  return { range, whole, live: range.last !== undefined && !whole, setLast, setWindow, showWhole, move }
}

/** The cluster that the page is about; null is all of them. */
export const useCluster = () => useQueryState('cluster', urlParsers.cluster.withOptions({ history: 'push' }))

/** The filter text, written to the URL as it is typed (at most five times a second). */
export const useFilter = () => useQueryState('q', urlParsers.q.withOptions({ throttleMs: 200 }))

/** The selected node or edge; null when none is. */
export const useSelection = () => useQueryState('sel', urlParsers.sel.withOptions({ history: 'push' }))

/** What the page compares with; null where it compares with nothing. */
export const useVersus = () => useQueryState('vs', urlParsers.vs.withOptions({ history: 'push' }))

/** The only difference that is shown of a comparison; null shows everything. */
export const useDifference = () => useQueryState('differs', urlParsers.differs.withOptions({ history: 'push' }))

/** The recording that is shown in place of live data; null is live data. */
export const useRecording = () => useQueryState('recording', urlParsers.recording)

/** What the map shows and how: level, lens, drawing or list, and which namespaces the viewer folded or unfolded. */
export function useMapState() {
  const [state, setState] = useQueryStates(
    {
      level: urlParsers.level,
      lens: urlParsers.lens,
      view: urlParsers.view,
      fold: urlParsers.fold,
      unfold: urlParsers.unfold,
      nodes: urlParsers.nodes,
      by: urlParsers.by,
      labels: urlParsers.labels,
      focus: urlParsers.focus,
      hops: urlParsers.hops,
      dir: urlParsers.dir,
      match: urlParsers.match,
      only: urlParsers.only,
      idle: urlParsers.idle,
      edges: urlParsers.edges,
      with: urlParsers.with,
    },
    { history: 'push' },
  )
  return { ...state, setState }
}

const wholeRecording = { last: undefined, from: undefined, to: undefined }

/** The part of a filter that can be read; the field says what is wrong with the rest (shell/filter-field.tsx). */
const understood = (text: string): string => {
  const { filter, errors } = parseFilter(text)
  return errors.length === 0 ? text : serialiseFilter(filter)
}

/** The part of the question that every page shares, as parameters of the API. */
export function useViewParams() {
  const { range, whole } = useTimeRange()
  const [cluster] = useCluster()
  const [q] = useFilter()
  const [recording] = useRecording()
  return useMemo(
    () => ({
      ...(whole ? wholeRecording : range),
      cluster: cluster ?? undefined,
      q: understood(q) || undefined,
      recording: recording ?? undefined,
    }),
    [range, whole, cluster, q, recording],
  )
}
