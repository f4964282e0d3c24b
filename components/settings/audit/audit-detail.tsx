'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { auditActions } from '@/core/audit/actions'
import { type AuditEntry, type AuditEntryDetail, whoText } from '@/core/audit/entry'
import { outline } from '@/core/audit/outline'
import { formatAgo, formatCount, formatDateTime } from '../../format'
import { LineDiffView } from '../../policies/line-diff-view'
import { ErrorState } from '../../shell/error-state'
import { StatusMark } from '../../status-mark'
import { Button, IconButton } from '../../ui/button'
import { CopyButton } from '../../ui/copy-button'
import { Skeleton } from '../../ui/skeleton'
import { useNow } from '../../use-now'
import { AuditLinks } from './audit-links'
import { meansWords, nameWords, placeWords, resultStatus, resultWords } from './audit-words'
import { auditEntryQuery } from './queries'
import type { AuditState } from './use-audit-state'

type Props = { id: string; state: AuditState; onClose: () => void }

/** One entry whole: who, what, from where, and what differs. */
export function AuditDetail({ id, state, onClose }: Props) {
  const { data, error, refetch } = useQuery(auditEntryQuery(id))
  return (
    <aside
      aria-label="Entry of the audit"
      className="flex w-full shrink-0 flex-col border-l border-line bg-panel lg:w-[min(460px,46vw)]"
    >
      <div className="flex h-10 shrink-0 items-center justify-between gap-2 border-b border-line pr-1.5 pl-4">
        <h3 className="truncate font-semibold">{data ? auditActions[data.entry.action] : 'Entry'}</h3>
        <IconButton label="Close (Escape)" onClick={onClose}>
          ×
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-auto px-4 pt-3 pb-6">
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <div className="flex flex-col gap-3">
            <Skeleton className="h-5 w-3/4" />
            <Skeleton className="h-4 w-1/2" />
            <Skeleton className="h-40" />
          </div>
        ) : (
          <Whole detail={data} state={state} />
        )}
      </div>
    </aside>
  )
}

function Whole({ detail, state }: { detail: AuditEntryDetail; state: AuditState }) {
  const { entry, byId, agent, before, after, cut, policy } = detail
  const now = useNow() ?? entry.at
  const differs = before !== null || after !== null
  return (
    <>
      <StatusMark status={resultStatus[entry.result]} label={resultWords[entry.result]} showLabel />
      {entry.reason !== '' && <p className="pt-1 wrap-anywhere">{entry.reason}</p>}
      <dl className="pt-3">
        <Fact name="When">
          {formatDateTime(entry.at, 'ms')} <span className="text-fg-3">{formatAgo(entry.at, now)}</span>
        </Fact>
        <Fact name="Who">
          {nameWords(entry.name)} <span className="text-fg-3">by {meansWords(entry.by, byId)}</span>
        </Fact>
        {policy?.actedAs && <Fact name="In the cluster as">{policy.actedAs.user}</Fact>}
        <Fact name="To what">{entry.target}</Fact>
        <Fact name="Where" mono>
          {placeWords(entry)}
        </Fact>
        <Fact name="How often">{entry.count > 1 ? `${formatCount(entry.count)} times, told together` : ''}</Fact>
        <Fact name="Address" mono>
          {entry.from}
        </Fact>
        <Fact name="Program">{agent}</Fact>
        {entry.requestId !== null && (
          <Fact name="Request" mono>
            <span className="flex items-center gap-1">
              {entry.requestId}
              <CopyButton text={entry.requestId} />
            </span>
          </Fact>
        )}
      </dl>
      <div className="flex flex-wrap gap-2 pt-3">
        <Narrow entry={entry} state={state} />
        <AuditLinks entry={entry} policy={policy} />
      </div>
      {differs && (
        <section className="pt-5">
          <h4 className="pb-1 font-semibold">{titleOf(before, after)}</h4>
          <LineDiffView before={outline(before)} after={outline(after)} label="Before and after" />
        </section>
      )}
      {cut.length > 0 && (
        <section className="pt-3 text-xs text-fg-2">
          <h4 className="font-semibold">Left out</h4>
          <ul>
            {cut.map((one) => (
              <li key={one} className="wrap-anywhere">
                {one}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

const titleOf = (before: unknown, after: unknown): string =>
  before === null ? 'What it was given' : after === null ? 'As it was' : 'What differs'

/** Nothing where there is nothing to tell. */
function Fact({ name, mono = false, children }: { name: string; mono?: boolean; children: ReactNode }) {
  if (children === '') return null
  return (
    <div className="grid grid-cols-[112px_minmax(0,1fr)] gap-3 border-b border-line py-1.5">
      <dt className="text-fg-2">{name}</dt>
      <dd className={`wrap-anywhere ${mono ? 'font-mono text-xs leading-5' : ''}`}>{children}</dd>
    </div>
  )
}

/** The list, narrowed to what is like this entry. */
const Narrow = ({ entry, state: { setState } }: { entry: AuditEntry; state: AuditState }) => (
  <>
    <Button size="sm" onClick={() => void setState({ who: whoText(entry.account, entry.name) }, { history: 'push' })}>
      Only {nameWords(entry.name)}
    </Button>
    <Button size="sm" onClick={() => void setState({ about: entry.action }, { history: 'push' })}>
      Only this action
    </Button>
  </>
)
