'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { type Graph, type GraphNode, isGroup } from '@/core/graph/graph'
import { useAnnounce } from '../../ui/announcer'
import { EmptyState } from '../../ui/empty-state'
import { WideFrame } from '../../ui/wide-frame'
import { canFold, shortLabel } from '../scene/node-size'
import { Legend } from '../legend'
import { axisLabel, matrixOf } from './matrix'
import { matrixKeyOf } from './matrix-keys'
import { MatrixCell, cellWords } from './matrix-cell'
import type { MapModel } from '../use-map'
import type { GraphIndex } from '../camera/walk'

const size = 26
const head = 150
/** Of names at the left; less where half of the room would be theirs. */
const sides = { wide: 210, narrow: 160, below: 640 } as const

type Props = { graph: Graph; index: GraphIndex; map: MapModel }

/** The same graph as a table: callers down, callees across. Arrows move, Enter opens the edge. Only what is in view is drawn. */
export function MapMatrix({ graph, index, map }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const matrix = useMemo(() => matrixOf(graph, map.lens, map.by), [graph, map.lens, map.by])
  const { callers, callees } = matrix
  const [at, setAt] = useState<readonly [row: number, column: number]>([0, 0])
  const announce = useAnnounce()
  const common = { getScrollElement: () => box.current, estimateSize: () => size, overscan: 8 }
  // oxlint-disable-next-line react/incompatible-library -- its answers change in place; nothing here memoises by them
  const rows = useVirtualizer({ count: callers.length, scrollPaddingStart: head, scrollMargin: 0, ...common })
  const side = (rows.scrollRect?.width ?? Infinity) < sides.below ? sides.narrow : sides.wide
  const columns = useVirtualizer({ count: callees.length, horizontal: true, scrollPaddingStart: side, ...common })
  const row = Math.min(at[0], Math.max(0, callers.length - 1))
  const column = Math.min(at[1], Math.max(0, callees.length - 1))

  const go = (nextRow: number, nextColumn: number) => {
    const r = Math.max(0, Math.min(callers.length - 1, nextRow))
    const c = Math.max(0, Math.min(callees.length - 1, nextColumn))
    setAt([r, c])
    rows.scrollToIndex(r)
    columns.scrollToIndex(c)
    const [caller, callee] = [callers[r], callees[c]]
    if (caller && callee) announce(cellWords(caller, callee, matrix.cell(caller.id, callee.id)))
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-cell="${r} ${c}"]`)?.focus())
  }
  /** The next call in the row or column; an empty matrix cell is seldom what is looked for. */
  const jump = (stepRow: number, stepColumn: number) => {
    for (let r = row + stepRow, c = column + stepColumn; ; r += stepRow, c += stepColumn) {
      const [caller, callee] = [callers[r], callees[c]]
      if (!caller || !callee) break
      if (matrix.cell(caller.id, callee.id)) return go(r, c)
    }
    go(row + stepRow, column + stepColumn)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const move = matrixKeyOf(event, [row, column], [callers.length, callees.length])
    if (!move) return
    if ('jump' in move) jump(...move.jump)
    else go(...move.to)
    event.preventDefault()
  }
  const template = { display: 'grid', gridTemplateColumns: `${side}px ${columns.getTotalSize()}px` }
  const chosen = index.edges.get(map.selected ?? '')
  if (callers.length === 0) {
    return (
      <EmptyState title="No calls in this time">
        <p>
          A row is a workload that calls, a column one that is called. The map and the list show those without traffic.
        </p>
      </EmptyState>
    )
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <WideFrame scroller={box} what="callees">
        <div
          ref={box}
          className="min-h-0 flex-1 overflow-auto"
          style={{ scrollPaddingTop: head, scrollPaddingLeft: side }}
        >
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys move through the cells, each of which is a button */}
          <table
            aria-label="Callers and callees"
            aria-rowcount={callers.length + 1}
            aria-colcount={callees.length + 1}
            onKeyDown={onKeyDown}
            className="block w-max"
          >
            <thead className="sticky top-0 z-[2] block border-b border-line bg-canvas">
              <tr style={{ ...template, height: head }} aria-rowindex={1}>
                <th
                  scope="col"
                  aria-colindex={1}
                  className="sticky left-0 z-[3] flex items-end bg-canvas px-2.5 pb-2 text-left text-2xs font-medium text-fg-3"
                >
                  Callers ↓ &nbsp; callees →
                </th>
                {columns.getVirtualItems().map((item) => {
                  const node = callees[item.index]
                  if (!node) return null
                  const starts = startsRegion(callees, item.index, matrix.regionOf)
                  return (
                    <th
                      key={node.id}
                      scope="col"
                      aria-colindex={item.index + 2}
                      className={`absolute bottom-0 h-full p-0 text-left font-normal ${starts ? 'border-l border-line' : ''} ${item.index === column ? 'text-fg' : 'text-fg-2'}`}
                      style={{ left: side, width: size, transform: `translateX(${item.start}px)` }}
                    >
                      <AxisName
                        node={node}
                        vertical
                        chosen={map.selected === node.id}
                        onSelect={map.select}
                        onFold={foldOf(node)}
                      />
                    </th>
                  )
                })}
              </tr>
            </thead>
            <tbody
              className="relative block"
              style={{ height: rows.getTotalSize(), width: side + columns.getTotalSize() }}
            >
              {rows.getVirtualItems().map((line) => {
                const caller = callers[line.index]
                if (!caller) return null
                const starts = startsRegion(callers, line.index, matrix.regionOf)
                return (
                  <tr
                    key={caller.id}
                    aria-rowindex={line.index + 2}
                    className={`absolute inset-x-0 ${starts ? 'border-t border-line' : ''} ${line.index === row ? 'bg-panel' : ''}`}
                    style={{ height: size, transform: `translateY(${line.start}px)` }}
                  >
                    <th
                      scope="row"
                      aria-colindex={1}
                      className="sticky left-0 z-[1] flex items-center border-r border-line bg-canvas p-0 text-left font-normal text-fg-2"
                      style={{ width: side, height: size }}
                    >
                      <AxisName
                        node={caller}
                        chosen={map.selected === caller.id}
                        onSelect={map.select}
                        onFold={foldOf(caller)}
                      />
                    </th>
                    {columns.getVirtualItems().map((item) => {
                      const callee = callees[item.index]
                      if (!callee) return null
                      return (
                        <MatrixCell
                          key={callee.id}
                          at={`${line.index} ${item.index}`}
                          left={side + item.start}
                          size={size}
                          caller={caller}
                          callee={callee}
                          cell={matrix.cell(caller.id, callee.id)}
                          current={line.index === row && item.index === column}
                          selected={chosen?.from === caller.id && chosen.to === callee.id}
                          edge={startsRegion(callees, item.index, matrix.regionOf)}
                          column={item.index + 2}
                          onFocus={() => setAt([line.index, item.index])}
                          onOpen={map.select}
                        />
                      )
                    })}
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      </WideFrame>
      <div className="border-t border-line px-3 py-1.5">
        <Legend graph={graph} lens={map.lens} scene={null} />
      </div>
    </div>
  )

  function foldOf(node: GraphNode): (() => void) | null {
    const region = matrix.regionOf(node)
    if (region === '' || !canFold(region)) return null
    return () => map.setFolded(region, !isGroup(node.type))
  }
}

const startsRegion = (nodes: readonly GraphNode[], at: number, regionOf: (node: GraphNode) => string): boolean => {
  const [node, before] = [nodes[at], nodes[at - 1]]
  return node !== undefined && before !== undefined && regionOf(node) !== regionOf(before)
}

type NameProps = {
  node: GraphNode
  vertical?: boolean
  chosen: boolean
  onSelect: (id: string) => void
  onFold: (() => void) | null
}

/** The name of a row or column, which opens its node; a double click folds or unfolds its region. */
const AxisName = ({ node, vertical = false, chosen, onSelect, onFold }: NameProps) => (
  <button
    type="button"
    tabIndex={-1}
    aria-pressed={chosen}
    title={`${axisLabel(node)}${onFold ? '; double-click folds or unfolds its region' : ''}`}
    onClick={() => onSelect(node.id)}
    onDoubleClick={onFold ?? undefined}
    className={`truncate text-xs hover:text-fg ${chosen ? 'font-semibold text-fg' : ''} ${vertical ? 'absolute bottom-1.5 left-0 h-[138px] w-full text-left [writing-mode:vertical-rl] rotate-180' : 'h-full w-full px-2.5 text-left'}`}
  >
    {shortLabel(axisLabel(node))}
  </button>
)
