'use client'

import { useCallback, useEffect, useState } from 'react'
import type { FlowRow } from '@/core/flows/flow-row'
import { useSessionEnded } from '../session-state'
import { ErrorState } from '../shell/error-state'
import { useAnnounce } from '../ui/announcer'
import { SkeletonRows } from '../ui/skeleton'
import { Table } from '../ui/table'
import { columnsFor } from './columns'
import { NoFlows } from './no-flows'
import { PauseStrip } from './pause-strip'
import { SearchEnd } from './search-end'
import { useFlowTail } from './use-flow-tail'
import type { useFlowsState } from './use-flows-state'
import { useSearchOn } from './use-search-on'
import { rowHeights, type useTableLook } from './use-table-look'

const flowKey = (row: FlowRow) => row.id

type Props = {
  state: ReturnType<typeof useFlowsState>
  look: ReturnType<typeof useTableLook>
  open: string | null
  onOpen: (id: string | null) => void
  /** Told the time of the newest row. */
  onNewest: (time: number | null) => void
}

/** The records themselves, newest first: a live tail that stands still while it is read, and older ones on scrolling. */
export function FlowTable({ state, look, open, onOpen, onNewest }: Props) {
  const [atTop, setAtTop] = useState(true)
  const [held, setHeld] = useState(false)
  const [top, setTop] = useState(0)
  const reading = !atTop || open !== null || held
  const { rows, data, error, refetch, waiting, full, live, release, ...query } = useFlowTail(
    state.params,
    state.start,
    reading,
  )
  const search = useSearchOn(query, rows.length, data?.pages.length ?? 0, state.params)
  const announce = useAnnounce()
  const ended = useSessionEnded()
  const ready = data !== undefined
  useEffect(() => {
    if (live && ready && !ended)
      announce(reading ? 'The list is paused while you read.' : 'The list follows new flows.')
  }, [live, reading, announce, ready, ended])
  const newest = rows[0]?.time ?? null
  useEffect(() => onNewest(newest), [newest, onNewest])
  const resume = useCallback(() => {
    setHeld(false)
    onOpen(null)
    release()
    setTop((n) => n + 1)
  }, [onOpen, release])
  const searchedTo = data?.pages.at(-1)?.searchedTo ?? null

  return (
    <div className="relative flex min-w-0 flex-1 flex-col">
      {ready && (rows.length > 0 || state.at !== null) && (
        <PauseStrip
          live={live}
          reading={reading}
          waiting={waiting}
          full={full}
          at={state.at}
          zone={look.zone}
          onPause={() => setHeld(true)}
          onResume={resume}
          onNewest={() => state.setAt(null)}
        />
      )}
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={20} label="Loading flows" />
      ) : rows.length === 0 && !query.hasNextPage ? (
        <NoFlows filtered={state.filtered} at={state.at} onClear={state.clear} onNewest={() => state.setAt(null)} />
      ) : (
        <Table
          label="Flows, newest first"
          columns={columnsFor(rows, look.columns, look.zone)}
          rows={rows}
          rowKey={flowKey}
          selected={open}
          onOpen={(row) => onOpen(row.id)}
          onTop={setAtTop}
          top={top}
          onEnd={search.onEnd}
          rowHeight={rowHeights[look.density]}
          footer={
            <SearchEnd
              searching={query.isFetchingNextPage}
              more={query.hasNextPage}
              waits={search.waits}
              searchedTo={searchedTo}
              empty={rows.length === 0}
              zone={look.zone}
              onContinue={search.goOn}
            />
          }
        />
      )}
    </div>
  )
}
