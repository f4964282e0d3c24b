'use client'

import { useRouter } from 'next/navigation'
import { useMemo, useRef } from 'react'
import type { EdgeDecision } from '@/core/policy/pages/decision-page'
import type { ServiceEdge } from '@/core/services/service-detail'
import { formatCount, plural } from '../format'
import { hasPage, servicePath } from '../service-path'
import { useKeptSearch } from '../shell/use-kept-search'
import { columnsThatFit, widthOf } from '../ui/columns-that-fit'
import { TableHead } from '../ui/table-head'
import { useRoom } from '../ui/use-room'
import { useRowKeys } from '../ui/use-row-keys'
import { useMapState } from '../url-state'
import { edgeColumns } from './edge-columns'
import { nextEdgeSort, parseEdgeSort, sortEdges } from './sort-edges'

type Props = {
  /** `Calls it`, `It calls`. */
  title: string
  edges: readonly ServiceEdge[]
  total: number
  /** As in the URL. */
  sort: string
  onSort: (sort: string | null) => void
  blame: (edge: ServiceEdge) => string
  /** What policies say, by edge id. */
  decided: ReadonlyMap<string, EdgeDecision>
  /** Said where there is no edge. */
  none: string
}

/** Who calls it, or whom it calls. One tab stop; arrows move, Enter opens the other service. */
export function EdgeTable({ title, edges, total, sort: text, onSort, blame, decided, none }: Props) {
  const router = useRouter()
  const kept = useKeptSearch()
  const sort = parseEdgeSort(text)
  const { nodes, setState } = useMapState()
  const machines = edges.filter(({ other }) => other.kind === 'Node').length
  const rows = sortEdges(nodes ? edges : edges.filter(({ other }) => other.kind !== 'Node'), sort)
  const scroller = useRef<HTMLDivElement>(null)
  const all = useMemo(() => edgeColumns({ title, kept, blame, decided }), [title, kept, blame, decided])
  const columns = columnsThatFit(all, useRoom(scroller))
  const open = (edge: ServiceEdge | undefined) => {
    if (edge && hasPage(edge.other)) router.push(`${servicePath(edge.other)}${kept}`)
  }
  const keys = useRowKeys(
    rows.length,
    () => {},
    (index) => open(rows[index]),
  )
  const machineNote = machines > 0 && (
    <button
      type="button"
      className="h-6 text-accent hover:underline"
      onClick={() => void setState({ nodes: nodes ? null : '1' })}
    >
      {nodes ? 'Hide' : 'Show'} {plural(machines, 'machine')} of the cluster
    </button>
  )
  if (rows.length === 0) {
    return (
      <p className="border-b border-line px-2.5 py-3 text-fg-3 last:border-b-0">
        <span className="text-fg-2">{title}:</span> {machineNote ? 'no workload, only machines.' : none} {machineNote}
      </p>
    )
  }
  return (
    <div ref={scroller} className="overflow-x-auto">
      <table
        aria-label={title}
        className="w-full table-fixed border-separate border-spacing-0"
        style={{ minWidth: widthOf(columns) }}
      >
        <TableHead columns={columns} sort={sort ?? undefined} onSort={(id) => onSort(nextEdgeSort(sort, id))} />
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- rows have the focus; their keys are heard here once */}
        <tbody onKeyDown={keys.onKeyDown}>
          {rows.map((edge, index) => (
            <tr
              key={edge.id}
              ref={keys.rowRef(index)}
              tabIndex={keys.tabIndex(index)}
              onFocus={() => keys.onFocus(index)}
              onClick={() => open(edge)}
              className="h-11 cursor-pointer -outline-offset-2 hover:bg-hover"
            >
              {columns.map((column) => (
                <td
                  key={column.id}
                  className={`overflow-hidden border-b border-line px-2.5 ${column.align === 'right' ? 'text-right' : ''}`}
                >
                  {column.cell(edge)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {(total > edges.length || machineNote) && (
        <p className="px-2.5 py-1 text-xs text-fg-3">
          {total > edges.length &&
            `Showing ${formatCount(edges.length)} of ${formatCount(total)}: the unwell and the strongest. `}
          {machineNote}
        </p>
      )}
    </div>
  )
}
