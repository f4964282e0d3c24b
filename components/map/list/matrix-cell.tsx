'use client'

import { memo } from 'react'
import type { GraphNode } from '@/core/graph/graph'
import { formatPercent, formatRate } from '../../format'
import { axisLabel, type Cell } from './matrix'

type Props = {
  /** Row and column, for finding it again. */
  at: string
  left: number
  size: number
  caller: GraphNode
  callee: GraphNode
  cell: Cell | undefined
  /** The one cell that Tab reaches. */
  current: boolean
  selected: boolean
  /** Whether a region begins here. */
  edge: boolean
  column: number
  onFocus: () => void
  onOpen: (id: string) => void
}

/** `web to bff: failing, 12/s, 6 % errors`. */
export function cellWords(caller: GraphNode, callee: GraphNode, cell: Cell | undefined): string {
  const ends = `${axisLabel(caller)} to ${axisLabel(callee)}`
  if (!cell) return `${ends}: no traffic`
  const [first, ...rest] = cell.edges
  const { requestRate, flowRate, errorRatio } = first.figures
  const rate = requestRate ?? flowRate
  return [
    `${ends}: ${cell.meaning.words}`,
    ...(rate === null ? [] : [formatRate(rate)]),
    ...(errorRatio ? [`${formatPercent(errorRatio)} errors`] : []),
    ...(rest.length > 0 ? [`${rest.length + 1} edges`] : []),
  ].join(', ')
}

/** One caller and one callee: a mark by the lens, empty where they do not talk. */
export const MatrixCell = memo(function MatrixCell({
  at,
  left,
  size,
  caller,
  callee,
  cell,
  current,
  selected,
  edge,
  column,
  onFocus,
  onOpen,
}: Props) {
  const place = {
    'aria-colindex': column,
    className: `absolute top-0 p-0 ${edge ? 'border-l border-line' : ''} ${caller.id === callee.id ? 'bg-hover' : ''}`,
    style: { left, width: size, height: size },
  }
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- most cells are blank ones of the table, which the keys pass through
  if (!cell) return <td {...place} data-cell={at} tabIndex={current ? 0 : -1} onFocus={onFocus} />
  const words = cellWords(caller, callee, cell)
  return (
    <td {...place}>
      <button
        type="button"
        data-cell={at}
        tabIndex={current ? 0 : -1}
        aria-label={words}
        aria-pressed={selected}
        title={words}
        onFocus={onFocus}
        onClick={() => onOpen(cell.edges[0].id)}
        className={`flex size-full items-center justify-center -outline-offset-2 hover:bg-hover ${selected ? 'outline-2 outline-accent' : ''}`}
      >
        <Mark cell={cell} />
      </button>
    </td>
  )
})

/** The look of an edge as a small square: filled by its colour, with its dash as pattern, a bar where it was stopped. */
function Mark({ cell }: { cell: Cell }) {
  const { tone, dash, head, glyph } = cell.meaning.style
  const paint = `var(--${tone})`
  const quiet = tone === 'quiet' || tone === 'unknown'
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" data-meaning={cell.meaning.key}>
      {tone === 'unknown' ? (
        <circle cx="7" cy="7" r="3.2" fill="none" stroke={paint} strokeWidth="1.4" />
      ) : tone === 'warn' ? (
        <path d="M7 1.6L13 12.4H1Z" fill={glyph === 'half' ? 'none' : paint} stroke={paint} strokeWidth="1.3" />
      ) : tone === 'audit' ? (
        <path d="M7 .8L13.2 7L7 13.2L.8 7Z" fill={paint} />
      ) : (
        <rect
          x={quiet ? 3.5 : 1.5}
          y={quiet ? 3.5 : 1.5}
          width={quiet ? 7 : 11}
          height={quiet ? 7 : 11}
          rx="1.5"
          fill={head === 'bar' ? 'none' : paint}
          stroke={paint}
          strokeWidth="1.5"
          strokeDasharray={head === 'bar' ? dash.replace('4', '2') : undefined}
        />
      )}
      {head === 'bar' && <path d="M4 4L10 10M10 4L4 10" stroke={paint} strokeWidth="1.6" />}
    </svg>
  )
}
