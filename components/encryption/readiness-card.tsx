'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { Readiness, ReadinessState } from '@/core/encryption/readiness'
import type { Window } from '@/core/time'
import { formatDuration } from '../format'
import { Card } from '../service/card'
import { ErrorState } from '../shell/error-state'
import { useKeptSearch } from '../shell/use-kept-search'
import { type Status, StatusMark } from '../status-mark'
import { Skeleton } from '../ui/skeleton'
import { useFrozenToken, useViewParams } from '../url-state'
import { MendMenu } from './mend-menu'
import { MoreButton } from './more-button'
import { encryptionReadinessQuery } from './queries'
import type { EncryptionState } from './use-encryption-state'

export const readinessLook: Readonly<Record<ReadinessState, { status: Status; words: string }>> = {
  broken: { status: 'bad', words: 'STRICT, and plaintext seen' },
  blocked: { status: 'warn', words: 'STRICT would break edges' },
  unknown: { status: 'unknown', words: 'not known' },
  young: { status: 'unknown', words: 'mTLS, but not for long enough' },
  ready: { status: 'ok', words: 'ready for STRICT' },
  strict: { status: 'ok', words: 'STRICT' },
}

const most = 6

/** Which namespaces could refuse plaintext, and what that would break. It looks further back than the page. */
export function ReadinessCard({ window, state }: { window: Window; state: EncryptionState }) {
  const { data, error, refetch } = useQuery(encryptionReadinessQuery(useViewParams()))
  const isWhole = state.whole.includes('ready')
  return (
    <Card
      title="Ready to enforce"
      figure={
        <span className="text-xs">
          STRICT{data && `, by the last ${formatDuration(data.looked.to - data.looked.from)}`}
        </span>
      }
    >
      {!data ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton className="h-48" />
        )
      ) : data.rows.length === 0 ? (
        <p className="py-2 text-fg-2">
          No namespace of an Istio mesh was called in this time, so there is nothing that STRICT could refuse.
        </p>
      ) : (
        <ul aria-label="Readiness">
          {(isWhole ? data.rows : data.rows.slice(0, most)).map((row) => (
            <Row key={`${row.cluster}/${row.namespace}`} row={row} window={window} state={state} />
          ))}
        </ul>
      )}
      <MoreButton
        shown={most}
        count={data?.rows.length ?? 0}
        isWhole={isWhole}
        what="namespaces"
        onToggle={() => state.showWhole('ready')}
      />
    </Card>
  )
}

type RowProps = { row: Readiness; window: Window; state: EncryptionState }

function Row({ row, window, state }: RowProps) {
  const { status, words } = readinessLook[row.state]
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-0.5 border-b border-line py-1 last:border-b-0">
      <span className="flex w-32 shrink-0 items-center gap-2" title={`${row.cluster}/${row.namespace}`}>
        <StatusMark status={status} label={words} />
        <span className="truncate">{row.namespace}</span>
      </span>
      <span className="min-w-0 flex-1 basis-52 text-fg-2 wrap-anywhere">{row.words}</span>
      {row.mend && <MendMenu mend={row.mend} of={row.namespace} />}
      <Evidence row={row} window={window} state={state} />
    </li>
  )
}

/** Opens what was seen: here, or in the earlier time in which it was seen, which a frozen view does not hold. */
function Evidence({ row, window, state }: RowProps) {
  const kept = useKeptSearch()
  const isFrozen = useFrozenToken() !== null
  const { edges, seen } = row
  const [first] = edges
  if (first === undefined || seen === null) return null
  const label = `Evidence of ${row.namespace}: ${row.words}`
  const look = 'inline-flex h-6 shrink-0 items-center text-accent hover:underline'
  if (seen.from >= window.from || isFrozen) {
    const open = () =>
      edges.length === 1
        ? state.openEdge(first)
        : state.openFigure({ type: 'group', id: `${row.cluster}/${row.namespace}` }, 'plaintext')
    return (
      <button type="button" aria-label={label} onClick={open} className={look}>
        Evidence
      </button>
    )
  }
  const query = new URLSearchParams(kept)
  query.delete('last')
  query.set('from', String(seen.from))
  query.set('to', String(seen.to))
  query.set('unit', state.unit)
  query.set('sel', first)
  return (
    <Link aria-label={`${label}, in the time in which it was seen`} href={`/encryption?${query}`} className={look}>
      Evidence
    </Link>
  )
}
