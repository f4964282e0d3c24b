'use client'

import { useCallback, useEffect, useState } from 'react'
import type { FlowRow } from '@/core/flow-row'
import { plural } from '../format'
import { ConsolePage } from '../shell/console-page'
import { ErrorState } from '../shell/error-state'
import { useShortcut } from '../shell/use-shortcuts'
import { useAnnounce } from '../ui/announcer'
import { Button } from '../ui/button'
import { SkeletonRows } from '../ui/skeleton'
import { Table } from '../ui/table'
import { columnsFor } from './columns'
import { FlowDrawer } from './flow-drawer'
import { FlowFilters } from './flow-filters'
import { NoFlows } from './no-flows'
import { maxWaiting } from './tail'
import { useFlowTail } from './use-flow-tail'
import { useFlowsState, useOpenFlow } from './use-flows-state'

const flowKey = (row: FlowRow) => row.id

/** Show me the very records. */
export function FlowsPage() {
  const { params, verdict, proto, setFilters, filtered } = useFlowsState()
  const [open, setOpen] = useOpenFlow()
  const [atTop, setAtTop] = useState(true)
  const reading = !atTop || open !== null
  const {
    rows,
    data,
    error,
    refetch,
    waiting,
    skipped,
    release,
    hasNextPage,
    isFetchingNextPage,
    fetchNextPage,
    dataUpdatedAt,
  } = useFlowTail(params, reading)
  const announce = useAnnounce()
  const live = params.last !== undefined
  const ready = data !== undefined
  useEffect(() => {
    if (live && ready) announce(reading ? 'The list is paused while you read.' : 'The list follows new flows.')
  }, [live, reading, announce, ready])
  const close = useCallback(() => void setOpen(null), [setOpen])
  useShortcut('up', open === null ? null : close)
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])

  return (
    <ConsolePage
      title="Flows"
      placeholder="find or filter, e.g. from:web to:db verdict:denied"
      actions={<FlowFilters verdict={verdict} proto={proto} onChange={(filters) => void setFilters(filters)} />}
      asOf={dataUpdatedAt ? (rows[0]?.time ?? null) : null}
    >
      <div className="flex min-h-0 flex-1">
        <div className="relative flex min-w-0 flex-1 flex-col">
          {live && reading && rows.length > 0 && (
            <div className="flex min-h-8 shrink-0 items-center gap-3 border-b border-line bg-panel px-3 py-1 text-xs text-fg-2">
              <span>
                Paused while you read
                {waiting > 0 && ` · ${plural(waiting, 'new flow')}${waiting >= maxWaiting ? ' or more' : ''} waiting`}
              </span>
              {waiting > 0 && (
                <Button size="sm" variant="quiet" onClick={release}>
                  Show them
                </Button>
              )}
            </div>
          )}
          {skipped && (
            <p className="shrink-0 border-b border-line bg-panel px-3 py-1.5 text-xs text-fg-2">
              More flows come than can be followed, so some are left out here. Narrow the filter, or pause, to see every
              one.
            </p>
          )}
          {error && !data ? (
            <ErrorState error={error} onRetry={() => void refetch()} />
          ) : !data ? (
            <SkeletonRows rows={20} label="Loading flows" />
          ) : rows.length === 0 ? (
            <NoFlows filtered={filtered} onClear={() => void setFilters({ verdict: null, proto: null })} />
          ) : (
            <Table
              label="Flows, newest first"
              columns={columnsFor(rows)}
              rows={rows}
              rowKey={flowKey}
              selected={open}
              onOpen={(row) => void setOpen(row.id)}
              onTop={setAtTop}
              onEnd={onEnd}
              rowHeight={28}
              footer={
                <p className="sticky left-0 px-3 py-2 text-xs text-fg-3">
                  {isFetchingNextPage
                    ? 'Loading older flows …'
                    : hasNextPage
                      ? ''
                      : 'No older flows in this time range.'}
                </p>
              }
            />
          )}
        </div>
        {open !== null && <FlowDrawer key={open} id={open} onClose={close} />}
      </div>
    </ConsolePage>
  )
}
