'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { AuditEntry } from '@/core/audit/entry'
import { plural } from '../../format'
import { ErrorState } from '../../shell/error-state'
import { useShortcut } from '../../shell/use-shortcuts'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { SkeletonRows } from '../../ui/skeleton'
import { Table } from '../../ui/table'
import { AuditBar } from './audit-bar'
import { auditColumns } from './audit-columns'
import { AuditDetail } from './audit-detail'
import { AuditExport } from './audit-export'
import { auditQuery } from './queries'
import { type AuditState, useAuditState, useOpenEntry } from './use-audit-state'

const dayMs = 86_400_000

const entryKey = ({ id }: AuditEntry) => id

/** Who did what when, and what was refused? */
export function AuditPage() {
  const state = useAuditState()
  const [open, setOpen] = useOpenEntry()
  const close = useCallback(() => void setOpen(null), [setOpen])
  useShortcut('up', open === null ? null : close)
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    ...auditQuery(state.params),
    enabled: state.problem === null,
  })
  const entries = useMemo(() => data?.pages.flatMap((page) => page.entries) ?? [], [data])
  const [first] = data?.pages ?? []
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  return (
    <div data-fills className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 flex-wrap items-start justify-between gap-x-6 gap-y-2 px-4 py-3">
        <div className="max-w-[72ch] min-w-0">
          <h2 className="text-lg font-semibold">Audit</h2>
          <p className="mt-0.5 min-h-5 text-fg-2">
            {first && sentenceOf(first.all)}{' '}
            {first && `Kept for ${plural(Math.round(first.keptMs / dayMs), 'day')}, and never changed.`}
          </p>
        </div>
        {state.problem === null && <AuditExport params={state.params} />}
      </div>
      <AuditBar state={state} people={first?.people ?? []} />
      <div className="flex min-h-0 flex-1">
        <div className={`flex min-w-0 flex-1 flex-col ${open === null ? '' : 'max-lg:hidden'}`}>
          {state.problem !== null ? (
            <NoSuchTime state={state} />
          ) : error && !data ? (
            <ErrorState error={error} onRetry={() => void refetch()} />
          ) : !data ? (
            <SkeletonRows rows={16} label="Loading the audit" />
          ) : entries.length === 0 ? (
            <NoEntries state={state} all={first?.all ?? false} />
          ) : (
            <Table
              label="Audit, newest first"
              columns={auditColumns}
              rows={entries}
              rowKey={entryKey}
              selected={open}
              onOpen={(entry) => void setOpen(entry.id)}
              onEnd={onEnd}
              footer={
                <p className="px-3 py-2 text-xs text-fg-3">
                  {hasNextPage ? 'Older entries are being read.' : 'This is the oldest of them.'}
                </p>
              }
            />
          )}
        </div>
        {open !== null && <AuditDetail key={open} id={open} state={state} onClose={close} />}
      </div>
    </div>
  )
}

const sentenceOf = (all: boolean): string =>
  all
    ? 'Who did what, and what was refused: logins, roles, teams, tokens, links, policies, configuration.'
    : 'What you did, and what was done to policies where you may change them.'

const NoSuchTime = ({ state: { problem, setState } }: { state: AuditState }) => (
  <EmptyState
    title="The time in this address cannot be shown"
    actions={
      <Button onClick={() => void setState({ past: null, since: null, until: null }, { history: 'push' })}>
        Show all that is kept
      </Button>
    }
  >
    {problem} Choose another time above.
  </EmptyState>
)

const NoEntries = ({ state, all }: { state: AuditState; all: boolean }) =>
  state.narrowed ? (
    <EmptyState title="No entry matches" actions={<Button onClick={state.clear}>Clear the filters</Button>}>
      Nothing that {all ? 'is kept' : 'you may see'} is like this.
    </EmptyState>
  ) : (
    <EmptyState title="There is nothing in the audit yet">
      {all ? 'The next login, change or export will be the first entry.' : 'What you do from now on will stand here.'}
    </EmptyState>
  )
