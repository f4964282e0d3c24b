'use client'

import { type ReactNode, useId, useState } from 'react'
import { dot, maxDotEdges } from '@/core/export/export-dot'
import { edgesCsv, nodesCsv } from '@/core/export/export-graph-csv'
import { maxMermaidEdges, mermaid } from '@/core/export/export-mermaid'
import { exportPart } from '@/core/export/export-parts'
import type { Graph } from '@/core/graph/graph'
import { formatDateTime, plural } from '../format'
import { drawnMap } from '../map/scene/drawn'
import { useGraph } from '../map/use-graph'
import { useMapState } from '../url-state'
import { Button } from '../ui/button'
import { download, fileName } from './download'
import { useMapFrame } from './map-frame'
import { matrixCells, matrixCsv, maxMatrixCells } from './matrix-csv'
import { mapPicture } from './picture'
import { pngOf, svgText } from './picture-file'

/** More nodes are no picture that anybody could read, and minutes of drawing. */
const maxPictureNodes = 3_000

/** The map as files and texts: as it is drawn, or its graph. */
export function ExportPart() {
  const { graph } = useGraph()
  const { lens, by } = useMapState()
  const frame = useMapFrame(graph)
  const [said, setSaid] = useState('')
  if (!graph) return null
  const save = (what: string, extension: string, content: string | Blob, type?: string) => {
    const name = fileName(what, graph.window.to, extension)
    download(name, content, type)
    setSaid(`${name} is downloaded.`)
  }
  const copy = async (what: string, text: string) => {
    try {
      await navigator.clipboard.writeText(text)
      setSaid(`${what} is copied.`)
    } catch {
      setSaid('Copying failed; download it instead.')
    }
  }
  const picture = () => {
    const drawn = drawnMap()
    return drawn && mapPicture(drawn, frame())
  }
  const savePng = async () => {
    const drawn = picture()
    if (!drawn) return
    try {
      const { blob, scale } = await pngOf(drawn)
      save('map', 'png', blob)
      if (scale < 2) setSaid(`Downloaded at ${scale.toFixed(1)} times its size; a browser draws no larger picture.`)
    } catch {
      setSaid('The browser could not draw the picture. Try SVG, or fold the map.')
    }
  }
  const saveSvg = () => {
    const drawn = picture()
    if (drawn) save('map', 'svg', svgText(drawn), 'image/svg+xml')
  }
  const isDrawn = drawnMap() !== null && graph.nodes.length <= maxPictureNodes
  const inMermaid = exportPart(graph, maxMermaidEdges)
  const inDot = exportPart(graph, maxDotEdges)
  const title = `Service map, ${formatDateTime(graph.window.from, 'min')} to ${formatDateTime(graph.window.to, 'min')}`
  return (
    <section aria-label="Export" className="flex flex-col gap-2 border-t border-line p-4">
      <Line name="Picture" note={pictureNote(graph, isDrawn)}>
        <Button size="sm" disabled={!isDrawn} onClick={() => void savePng()}>
          PNG
        </Button>
        <Button size="sm" disabled={!isDrawn} onClick={saveSvg}>
          SVG
        </Button>
      </Line>
      <Line
        name="Data"
        note={
          graph.edges.length < graph.total.edges
            ? `the ${plural(graph.edges.length, 'edge')} that are drawn, of ${graph.total.edges}`
            : ''
        }
      >
        <Button size="sm" onClick={() => save('edges', 'csv', edgesCsv(graph), 'text/csv')}>
          Edges CSV
        </Button>
        <Button size="sm" onClick={() => save('nodes', 'csv', nodesCsv(graph), 'text/csv')}>
          Nodes CSV
        </Button>
        <Button
          size="sm"
          disabled={matrixCells(graph) > maxMatrixCells}
          title={
            matrixCells(graph) > maxMatrixCells
              ? 'Too large for a table; fold or filter the map'
              : 'Callers by callees, as the matrix shows them through this lens'
          }
          onClick={() => save('matrix', 'csv', matrixCsv(graph, lens, by), 'text/csv')}
        >
          Matrix CSV
        </Button>
        <Button
          size="sm"
          onClick={() => save('map', 'json', `${JSON.stringify(graph, null, 2)}\n`, 'application/json')}
        >
          JSON
        </Button>
      </Line>
      <Line name="Mermaid" note={inMermaid.note}>
        <Button size="sm" onClick={() => void copy('The Mermaid text', mermaid(inMermaid, title))}>
          Copy
        </Button>
        <Button size="sm" onClick={() => save('map', 'mmd', mermaid(inMermaid, title))}>
          Download
        </Button>
      </Line>
      <Line name="Graphviz DOT" note={inDot.note}>
        <Button size="sm" onClick={() => void copy('The DOT text', dot(inDot, title))}>
          Copy
        </Button>
        <Button size="sm" onClick={() => save('map', 'dot', dot(inDot, title))}>
          Download
        </Button>
      </Line>
      <output className="block min-h-4 text-xs text-fg-2">{said}</output>
    </section>
  )
}

function pictureNote(graph: Graph, isDrawn: boolean): string {
  if (isDrawn) return 'the whole map as it is drawn, in this theme'
  return graph.nodes.length > maxPictureNodes
    ? `more than ${maxPictureNodes} nodes make no readable picture; fold or filter the map`
    : 'switch to the drawn map for a picture of it'
}

function Line({ name, note, children }: { name: string; note: string; children: ReactNode }) {
  const id = useId()
  return (
    <fieldset aria-labelledby={id} className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1">
      <span id={id} className="w-28 shrink-0 text-fg-2">
        {name}
      </span>
      {children}
      <span className="min-w-0 text-xs text-fg-3">{note}</span>
    </fieldset>
  )
}
