'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { preload } from 'react-dom'
import type { Graph } from '@/core/graph/graph'
import { apiPath } from '../api'
import { useComparison } from '../compare/use-comparison'
import { withDecisions } from './scene/decided'
import { graphQuery, policyLensQuery } from './queries'
import { useStale } from '../use-stale'
import { useDifference, useFrozenToken, useMapState, useViewParams } from '../url-state'
import { withComparison } from './compare-graph'
import { findNodes } from './head/find'
import { unwellOnly } from './narrow'
import { staleGraph } from './stale'
import { indexGraph } from './camera/walk'

/** What the graph is asked for, by the URL. */
export function useGraphParams() {
  const { q, ...params } = useViewParams()
  const { level, by, fold, unfold, nodes, idle, edges, focus, hops, dir, match } = useMapState()
  return {
    ...params,
    // What is marked on the whole map does not narrow it.
    q: match === 'mark' ? undefined : q,
    level,
    by,
    fold,
    unfold,
    nodes: nodes ?? undefined,
    idle: idle ?? undefined,
    edges: edges ?? undefined,
    ...(focus ? { focus, hops, dir } : {}),
  }
}

/** The graph of the URL's view, its index, and what of it the filter found. */
export function useGraph() {
  const params = useGraphParams()
  const { q } = useViewParams()
  const { match, only, lens } = useMapState()
  const marks = match === 'mark' && q !== undefined
  const compare = useComparison(params)
  const { comparison } = compare
  const [differs] = useDifference()
  const frozen = useFrozenToken()
  // The page's HTML asks already: the answer is on its way while the scripts are.
  if (typeof document === 'undefined' && frozen === null)
    preload(apiPath('map', params), { as: 'fetch', crossOrigin: 'anonymous' })
  const query = useQuery(graphQuery(params))
  const found = useQuery({ ...graphQuery({ ...params, q }), enabled: marks })
  const { cluster, last, from, to, recording, level, by, fold, unfold } = params
  const whole = query.data?.foldedBySize ? '1' : undefined
  const { data: policies } = useQuery({
    ...policyLensQuery({ cluster, last, from, to, level, by, fold, unfold, whole }),
    enabled: lens === 'policy' && recording === undefined && query.data !== undefined,
  })
  const decisions = lens === 'policy' && recording === undefined ? policies : undefined
  const stale = useStale(query.isError, query.dataUpdatedAt)
  const graph = useMemo(() => {
    const fresh = query.data && stale ? staleGraph(query.data) : query.data
    const narrowed = fresh && only === 'unwell' ? unwellOnly(fresh) : fresh
    const compared = narrowed && comparison ? withComparison(narrowed, comparison, differs) : narrowed
    return compared && decisions ? withDecisions(compared, decisions) : compared
  }, [query.data, stale, only, comparison, differs, decisions])
  const index = useMemo(() => (graph ? indexGraph(graph) : null), [graph])
  const hits = useMemo(
    () => (graph && q ? hitsOf(graph, q, marks ? found.data : undefined) : noHits),
    [graph, q, marks, found.data],
  )
  const place = `${params.recording ?? params.cluster ?? '*'}.${params.level}${params.by === 'team' ? '.team' : ''}`
  return { ...query, graph, index, hits, place, compare }
}

/** What a filter found: the nodes, in order, and all that is set off from the rest (nothing where all is found). */
export type Hits = { readonly nodes: readonly string[]; readonly matched: ReadonlySet<string> }

const nothing: ReadonlySet<string> = new Set()
const noHits: Hits = { nodes: [], matched: nothing }

/** `filtered`: the graph that the filter leaves, where the whole is shown. */
function hitsOf(graph: Graph, q: string, filtered: Graph | undefined): Hits {
  const named = findNodes(graph, q)
  if (!filtered) {
    const nodes = named.size > 0 ? graph.nodes.filter(({ id }) => named.has(id)) : graph.nodes
    return { nodes: nodes.map(({ id }) => id), matched: named.size === graph.nodes.length ? nothing : named }
  }
  const there = new Set(graph.nodes.map(({ id }) => id))
  const nodes = filtered.nodes.map(({ id }) => id).filter((id) => there.has(id) && (named.size === 0 || named.has(id)))
  return { nodes, matched: new Set([...nodes, ...filtered.edges.map(({ id }) => id)]) }
}

/** How many times a value has become another one since it was first known. */
export function useBeat(value: number): number {
  const [state, setState] = useState({ value, beat: 0 })
  if (state.value !== value) setState({ value, beat: state.beat + 1 })
  return state.beat
}
