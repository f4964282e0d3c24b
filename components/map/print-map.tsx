'use client'

import { useEffect, useRef } from 'react'
import type { Graph } from '@/core/graph/graph'
import { useMapFrame } from '../share/map-frame'
import { mapPicture } from '../share/picture'
import { drawnMap } from './scene/drawn'

/** The whole map as one picture that fits a page, drawn when the page is printed. */
export function PrintMap({ graph }: { graph: Graph | undefined }) {
  const box = useRef<HTMLDivElement>(null)
  const frame = useMapFrame(graph)
  useEffect(() => {
    const begin = () => {
      const drawn = drawnMap()
      const picture = drawn && mapPicture(drawn, { ...frame(), title: '', lines: [] })
      if (picture) box.current?.replaceChildren(picture)
    }
    const end = () => box.current?.replaceChildren()
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
    return () => {
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
    }
  }, [frame])
  return <div ref={box} data-print-map className="hidden print:block" />
}
