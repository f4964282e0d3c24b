'use client'

import { formatCount } from '../../format'
import { Button } from '../../ui/button'
import { Segmented } from '../../ui/segmented'
import { focusHops, type FocusHops } from '../../url-state'
import { directions, type Direction } from '@/core/graph/graph-focus'
import { options } from './options'
import type { MapModel } from '../use-map'

const hopWords: Readonly<Record<FocusHops, string>> = { '1': '1 hop', '2': '2', '3': '3', all: 'All' }
const directionWords: Readonly<Record<Direction, string>> = { both: 'Both', up: 'Callers', down: 'Callees' }

/** What the map is drawn around, how far and which way; and the way out. */
export function FocusBar({ map }: { map: MapModel }) {
  const { focus, graph, index } = map
  if (focus === null) return null
  const name = index?.nodes.get(focus)?.name ?? focus.split('/').at(-1) ?? focus
  const cut = graph && graph.focus === focus && graph.nodes.length < graph.total.nodes && map.only === null
  return (
    <fieldset className="pointer-events-auto flex flex-wrap items-center gap-2">
      <legend className="sr-only">Around {name}</legend>
      <span
        data-overlay
        className="inline-flex h-[30px] items-center gap-2 rounded-md border border-line bg-panel pl-2.5 text-fg-2"
      >
        <span>
          Around <b className="font-semibold text-fg">{name}</b>
        </span>
        <Button size="sm" variant="quiet" onClick={map.leave}>
          Leave
        </Button>
      </span>
      <Segmented
        label="Hops"
        value={map.hops}
        options={options(focusHops, hopWords)}
        onChange={(hops) => void map.setState({ hops })}
      />
      <Segmented
        label="Direction"
        value={map.dir}
        options={options(directions, directionWords)}
        onChange={(dir) => void map.setState({ dir })}
      />
      {cut && (
        <span data-overlay className="rounded-sm bg-canvas/85 px-1 text-xs text-fg-3">
          the nearest {formatCount(graph.nodes.length)} of {formatCount(graph.total.nodes)} nodes
        </span>
      )}
    </fieldset>
  )
}
