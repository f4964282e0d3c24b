'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react'
import type { GraphEdge, GraphNode } from '@/core/graph/graph'
import { columnsThatFit, widthOf } from '../../ui/columns-that-fit'
import { printedRows, usePrinting } from '../../ui/use-printing'
import { useRoom } from '../../ui/use-room'
import { movedRow } from '../../ui/use-row-keys'
import { healthStatus, StatusMark } from '../../status-mark'
import { sortRows, type Column } from './list-columns'

const rowHeight = 32

type Props<T> = {
  label: string
  rows: readonly T[]
  columns: readonly Column<T>[]
  /** Key of a column; a leading minus is descending. */
  sort: string
  onSort: (sort: string) => void
  selected: string | null
  onSelect: (id: string) => void
}

/** A sortable table that draws only the rows in view, at first what is chosen. Arrow keys move, Enter opens. */
export function ListTable<T extends GraphNode | GraphEdge>({
  label,
  rows,
  columns: wanted,
  sort,
  onSort,
  selected,
  onSelect,
}: Props<T>) {
  const box = useRef<HTMLDivElement>(null)
  const key = sort.replace(/^-/, '')
  const columns = columnsThatFit(wanted, useRoom(box))
  const column = wanted.find((each) => each.key === key) ?? wanted[0]
  const sorted = useMemo(() => (column ? sortRows(rows, column, sort.startsWith('-')) : rows), [rows, column, sort])
  // oxlint-disable-next-line react/incompatible-library -- its answers change in place; nothing here memoises by them
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const chosen = selected === null ? -1 : sorted.findIndex((row) => row.id === selected)
  const shown = useRef(false)
  // Once: later a refresh would pull the rows away from under whoever reads them.
  useEffect(() => {
    if (shown.current || chosen < 0) return
    shown.current = true
    virtual.scrollToIndex(chosen)
  }, [chosen, virtual])
  const printing = usePrinting()
  const template = {
    gridTemplateColumns: columns
      .map(({ width, grow }) => (grow === undefined ? `${width}px` : `minmax(${width}px,${grow}fr)`))
      .join(' '),
  }
  const move = (to: number) => {
    const row = sorted[to]
    if (!row) return
    virtual.scrollToIndex(to)
    onSelect(row.id)
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-row="${to}"]`)?.focus())
  }
  const step = (event: KeyboardEvent, at: number) => {
    const to = event.ctrlKey || event.metaKey || event.altKey ? null : movedRow(event.key, at, sorted.length)
    if (to === null) return
    event.preventDefault()
    move(to)
  }
  return (
    <div ref={box} className="min-h-0 flex-1 overflow-auto">
      <table
        aria-label={label}
        aria-rowcount={sorted.length + 1}
        className="block"
        style={{ minWidth: widthOf(columns) }}
      >
        <thead className="sticky top-0 z-[1] block border-b border-line bg-canvas">
          <tr className="grid" style={template}>
            {columns.map((each) => (
              <th
                key={each.key}
                scope="col"
                aria-sort={each.key === key ? (sort.startsWith('-') ? 'descending' : 'ascending') : 'none'}
              >
                <button
                  type="button"
                  onClick={() => onSort(sort === `-${each.key}` ? each.key : `-${each.key}`)}
                  className={`h-7 w-full px-2.5 text-2xs font-medium ${each.right ? 'text-right' : 'text-left'} ${each.key === key ? 'text-fg' : 'text-fg-3'} hover:text-fg`}
                >
                  {each.title}
                  {each.key === key && (sort.startsWith('-') ? ' ↓' : ' ↑')}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="relative block" style={{ height: virtual.getTotalSize() }}>
          {(printing ? printedRows(sorted.length, rowHeight) : virtual.getVirtualItems()).map((item) => {
            const row = sorted[item.index]
            if (!row) return null
            return (
              <tr
                key={row.id}
                aria-rowindex={item.index + 2}
                className={`absolute inset-x-0 grid items-center border-b border-line ${row.id === selected ? 'bg-hover' : 'hover:bg-hover'}`}
                style={{ ...template, height: rowHeight, transform: `translateY(${item.start}px)` }}
              >
                {columns.map((each, i) => (
                  <td
                    key={each.key}
                    title={each.right ? undefined : each.text(row)}
                    className={`truncate px-2.5 ${each.right ? 'text-right' : ''} ${each.key === 'port' ? 'font-mono text-xs' : ''}`}
                  >
                    {i === 0 ? (
                      <button
                        type="button"
                        data-row={item.index}
                        aria-pressed={row.id === selected}
                        onClick={() => onSelect(row.id)}
                        onKeyDown={(event) => step(event, item.index)}
                        className="max-w-full truncate text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
                      >
                        {each.text(row)}
                      </button>
                    ) : each.key === 'health' ? (
                      <StatusMark status={healthStatus[row.health]} label={row.health} showLabel />
                    ) : (
                      each.text(row)
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
