'use client'

import { useCallback } from 'react'
import type { Graph } from '@/core/graph/graph'
import { formatCount, formatDateTime, plural } from '../format'
import { useFilter, useMapState, useRecording } from '../url-state'
import type { Frame } from './picture'

/** What is written around a picture of the map: what it is of, and what is not on it. */
export function useMapFrame(graph: Graph | undefined): () => Frame {
  const { lens, level } = useMapState()
  const [q] = useFilter()
  const [recording] = useRecording()
  return useCallback(() => {
    const clusters = [...new Set(graph?.nodes.map(({ cluster }) => cluster).filter(Boolean) ?? [])]
    const title = clusters.length === 0 || clusters.length > 3 ? 'Service map' : `Service map of ${clusters.join(', ')}`
    const window = graph?.window
    const asked = [
      window ? `${formatDateTime(window.from, 'min')} to ${formatDateTime(window.to, 'min')}` : '',
      recording === null ? '' : `recording ${recording}`,
      `level ${level}`,
      `lens ${lens}`,
      q ? `filter ${q}` : '',
    ]
    return {
      title,
      lines: [asked.filter(Boolean).join(' · '), graph ? leftOut(graph) : ''].filter(Boolean),
      legend: document.querySelector('[aria-label="Legend"], [data-legend]'),
    }
  }, [graph, lens, level, q, recording])
}

/** `Showing 800 of 3,412 edges · 3 gaps in the data`; '' where nothing is left out. */
function leftOut({ edges, total, folded, gaps, hiddenNodes }: Graph): string {
  return [
    edges.length < total.edges ? `showing ${formatCount(edges.length)} of ${formatCount(total.edges)} edges` : '',
    folded.length > 0 ? `${plural(folded.length, 'namespace')} folded` : '',
    hiddenNodes > 0 ? `${plural(hiddenNodes, 'machine')} left out` : '',
    gaps.length > 0 ? `data is missing for a part of the time (${plural(gaps.length, 'gap')})` : '',
  ]
    .filter(Boolean)
    .join(' · ')
}
