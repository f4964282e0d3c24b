'use client'

import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs'
import { Fragment, useMemo } from 'react'
import { plural } from '../format'
import { TableHead } from '../ui/table-head'
import { useRowKeys } from '../ui/use-row-keys'
import { operationColumns } from './operation-columns'
import { OperationDetail } from './operation-detail'
import { operationsHead, toldSentence } from './operation-words'
import { Nothing, OperationsPanel } from './panel'
import { nextOperationSort, parseOperationSort, sortOperations } from './sort-operations'
import { type OperationsOf, useOperations } from './use-operations'

/** Order, all or the first few, and the row that is open. */
const parsers = {
  ops: parseAsString.withDefault('-rate'),
  allops: parseAsBoolean.withDefault(false),
  op: parseAsString,
}

type Props = OperationsOf & {
  title?: string
  /** Rows that are shown at first. */
  limit?: number
  /** As a part of another panel. */
  inside?: boolean
}

/** Routes and methods of a service or an edge with their figures. One tab stop; arrows move, Enter opens a row. */
export function OperationsTable({ title = 'What is asked', limit = 10, inside = false, ...of }: Props) {
  const query = useOperations(of)
  const [{ ops, allops, op: opened }, setState] = useQueryStates(parsers)
  const sort = useMemo(() => parseOperationSort(ops), [ops])
  const all = useMemo(() => sortOperations(query.data?.operations ?? [], sort), [query.data, sort])
  const columns = useMemo(() => operationColumns(operationsHead(all), inside), [all, inside])
  const rows = allops ? all : all.slice(0, limit)
  const keyOf = (at: number) => (rows[at] ? `${rows[at].l7} ${rows[at].name}` : '')
  const toggle = (at: number) => void setState({ op: opened === keyOf(at) ? null : keyOf(at) })
  const keys = useRowKeys(rows.length, () => {}, toggle)
  return (
    <OperationsPanel
      title={title}
      note={toldSentence(query.data?.told.operations ?? [])}
      query={query}
      rows={Math.min(4, limit)}
      inside={inside}
    >
      {all.length === 0 ? (
        <Nothing>No requests were seen in this time: nothing that watches it reads HTTP, gRPC, DNS or Kafka.</Nothing>
      ) : (
        <div className={inside ? '-mx-2 [&_td]:px-2 [&_th]:px-2 [&_thead]:bg-panel' : 'px-1'}>
          <table aria-label={title} className="w-full table-fixed border-separate border-spacing-0">
            <TableHead
              columns={columns}
              sort={sort}
              onSort={(id) => void setState({ ops: nextOperationSort(sort, id) })}
            />
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- rows have the focus; their keys are heard here once */}
            <tbody onKeyDown={keys.onKeyDown}>
              {rows.map((row, at) => (
                <Fragment key={keyOf(at)}>
                  <tr
                    ref={keys.rowRef(at)}
                    tabIndex={keys.tabIndex(at)}
                    onFocus={() => keys.onFocus(at)}
                    onClick={() => toggle(at)}
                    className="h-8 cursor-pointer -outline-offset-2 hover:bg-hover"
                  >
                    {columns.map((column) => (
                      <td
                        key={column.id}
                        className={`overflow-hidden border-b border-line px-2.5 ${column.align === 'right' ? 'text-right' : ''}`}
                      >
                        {column.cell(row)}
                        {column.id === 'name' && opened === keyOf(at) && (
                          <span className="sr-only">, details follow</span>
                        )}
                      </td>
                    ))}
                  </tr>
                  {opened === keyOf(at) && (
                    <tr>
                      <td colSpan={columns.length} className="border-b border-line bg-canvas px-2.5">
                        <OperationDetail row={row} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {all.length > limit && (
        <button
          type="button"
          onClick={() => void setState({ allops: !allops })}
          className={`min-h-8 text-xs text-accent hover:underline ${inside ? '' : 'px-3.5'}`}
        >
          {allops ? 'Show fewer' : `Show all ${plural(all.length, 'operation')}`}
        </button>
      )}
    </OperationsPanel>
  )
}
