'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { graphQuery } from '../queries'
import { useMapState, useViewParams } from '../url-state'
import { indexGraph } from './walk'

/** What the graph is asked for, by the URL. */
export function useGraphParams() {
  const params = useViewParams()
  const { level, fold, unfold, nodes } = useMapState()
  return { ...params, level, fold, unfold, nodes: nodes ?? undefined }
}

/** The graph of the URL's view, its index, and a count that rises with every refresh. */
export function useGraph() {
  const params = useGraphParams()
  const { level } = params
  const query = useQuery(graphQuery(params))
  const graph = query.data
  const index = useMemo(() => (graph ? indexGraph(graph) : null), [graph])
  return { ...query, graph, index, view: `${params.recording ?? params.cluster ?? '*'}.${level}` }
}

/** How many times a value has become another one since it was first known. */
export function useBeat(value: number): number {
  const [state, setState] = useState({ value, beat: 0 })
  if (state.value !== value) setState({ value, beat: state.beat + 1 })
  return state.beat
}
