'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import { columnsThatFit, widthOf } from './columns-that-fit'
import { type Column, TableHead, type Sort } from './table-head'
import { maxPrintedRows, printedRows, usePrinting } from './use-printing'
import { useRoom } from './use-room'
import { useRowKeys } from './use-row-keys'

type Props<T> = {
  label: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  rowKey: (row: T) => string
  sort?: Sort
  onSort?: (id: string) => void
  onOpen?: (row: T) => void
  selected?: string | null
  /** What spans the whole width in place of the cells, for rows that head a group. */
  heading?: (row: T) => ReactNode
  /** Called when the last rows come into sight. */
  onEnd?: () => void
  /** Told whether the first row is in sight. */
  onTop?: (atTop: boolean) => void
  /** Told the first and the last row in sight. */
  onSight?: (first: number, last: number) => void
  /** After the last row. */
  footer?: ReactNode
  rowHeight?: number
  /** Another number scrolls back to the first row. */
  top?: number
}

const overscan = 12

/** A real table of any length: only the rows in sight exist. One tab stop; arrows move, Enter opens. */
export function Table<T>({
  label,
  columns: wanted,
  rows,
  rowKey,
  sort,
  onSort,
  onOpen,
  selected,
  heading,
  onEnd,
  onTop,
  onSight,
  footer,
  rowHeight = 32,
  top = 0,
}: Props<T>) {
  const scroller = useRef<HTMLDivElement>(null)
  const columns = columnsThatFit(wanted, useRoom(scroller))
  // Newer browsers give a promise, which is no way to clean up.
  useEffect(() => {
    void scroller.current?.scrollTo({ top: 0 })
  }, [top])
  // oxlint-disable-next-line react/incompatible-library -- the compiler that this rule is about is not in use
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => (rows[index] === undefined ? index : rowKey(rows[index])),
    overscan,
    scrollPaddingStart: rowHeight,
  })
  const printing = usePrinting()
  const items = printing ? printedRows(rows.length, rowHeight) : virtual.getVirtualItems()
  const last = items.at(-1)
  useEffect(() => {
    if (!printing && last && last.index >= rows.length - overscan) onEnd?.()
  }, [last, printing, rows.length, onEnd])

  const [first, end] = [virtual.range?.startIndex, virtual.range?.endIndex]
  useEffect(() => {
    if (first !== undefined && end !== undefined) onSight?.(first, end)
  }, [first, end, onSight])

  const keys = useRowKeys(
    rows.length,
    (index) => {
      // What stands below the last row is part of the end.
      if (index === rows.length - 1) void scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
      else virtual.scrollToIndex(index)
    },
    (index) => {
      const row = rows[index]
      if (row !== undefined) onOpen?.(row)
    },
  )
  const before = items[0]?.start ?? 0
  const after = printing ? 0 : Math.max(0, virtual.getTotalSize() - (last?.end ?? 0))
  return (
    <div
      ref={scroller}
      className="relative min-h-0 flex-1 overflow-auto [overflow-anchor:none]"
      onScroll={(event) => onTop?.(event.currentTarget.scrollTop < rowHeight)}
    >
      <table
        aria-label={label}
        aria-rowcount={rows.length + 1}
        className="w-full table-fixed border-separate border-spacing-0"
        style={{ minWidth: widthOf(columns) }}
      >
        <TableHead columns={columns} sort={sort} onSort={onSort} />
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- rows have the focus; their keys are heard here once */}
        <tbody tabIndex={-1} onKeyDown={keys.onKeyDown} className="outline-none">
          {before > 0 && <Space height={before} />}
          {items.map((item) => {
            const row = rows[item.index]
            if (row === undefined) return null
            const head = heading?.(row)
            return (
              <tr
                key={item.key}
                ref={keys.rowRef(item.index)}
                tabIndex={keys.tabIndex(item.index)}
                aria-rowindex={item.index + 2}
                aria-selected={onOpen && !head ? selected === rowKey(row) : undefined}
                onFocus={() => keys.onFocus(item.index)}
                onClick={head ? undefined : () => onOpen?.(row)}
                style={{ height: rowHeight }}
                className={`-outline-offset-2 ${head ? 'bg-canvas' : onOpen ? 'cursor-pointer hover:bg-hover aria-selected:bg-hover' : ''}`}
              >
                {head ? (
                  <td colSpan={columns.length} className="border-b border-line px-2.5">
                    {head}
                  </td>
                ) : (
                  columns.map((column) => (
                    <td
                      key={column.id}
                      className={`overflow-hidden border-b border-line px-2.5 ${column.align === 'right' ? 'text-right' : ''}`}
                    >
                      {column.cell(row)}
                    </td>
                  ))
                )}
              </tr>
            )
          })}
          {after > 0 && <Space height={after} />}
        </tbody>
      </table>
      {printing && rows.length > maxPrintedRows && (
        <p>
          The first {maxPrintedRows} of {rows.length} rows.
        </p>
      )}
      {footer}
    </div>
  )
}

const Space = ({ height }: { height: number }) => <tr aria-hidden="true" style={{ height }} />
