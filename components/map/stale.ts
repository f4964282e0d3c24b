'use client'

import { useEffect, useState } from 'react'
import type { Graph } from '@/core/graph'
import { refreshMs } from '../live'

/** Data older than this says nothing about now: a dozen missed refreshes. */
const staleMs = 12 * refreshMs

/** Whether refreshing has failed for so long that the marks no longer hold. */
export function useStale(failing: boolean, updatedAt: number): boolean {
  const [stale, setStale] = useState(false)
  useEffect(() => {
    if (!failing) return undefined
    const timer = setTimeout(() => setStale(true), Math.max(0, updatedAt + staleMs - Date.now()))
    return () => {
      clearTimeout(timer)
      setStale(false)
    }
  }, [failing, updatedAt])
  return stale
}

/** The same graph with every claim about health withdrawn. */
export const staleGraph = (graph: Graph): Graph => ({
  ...graph,
  nodes: graph.nodes.map((node) => ({ ...node, health: 'unknown', why: 'no fresh data' })),
  edges: graph.edges.map((edge) => ({ ...edge, health: 'unknown', why: 'no fresh data' })),
})
