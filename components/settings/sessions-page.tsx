'use client'

import { useQuery } from '@tanstack/react-query'
import type { SessionItem } from '@/core/access/settings-people'
import { sendJson } from '../api'
import { CardTable, cell, rowClass } from '../encryption/parts'
import { formatAgo, formatDateTime, plural } from '../format'
import { Card } from '../service/card'
import { ErrorState } from '../shell/error-state'
import { StatusMark } from '../status-mark'
import { Button } from '../ui/button'
import { SkeletonRows } from '../ui/skeleton'
import { useNow } from '../use-now'
import { sessionsQuery } from './queries'
import { SettingsHead } from './settings-head'
import { useChange } from './use-change'

/** Where somebody is logged in; to administrators, where everybody is. */
export function SessionsPage() {
  const { data, error, refetch } = useQuery(sessionsQuery())
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={5} label="Loading sessions" />
  const own = data.filter((session) => session.own)
  const others = data.filter((session) => !session.own)
  return (
    <>
      <SettingsHead title="Sessions" actions={<EndOthers count={own.filter(({ current }) => !current).length} />}>
        Browsers that are logged in. One that you do not know: end it, and change your password at the login provider.
      </SettingsHead>
      <Card title="Yours">
        {own.length === 0 ? (
          <p className="py-2 text-fg-2">You are here without a session of a browser.</p>
        ) : (
          <SessionTable label="Your sessions" sessions={own} />
        )}
      </Card>
      {others.length > 0 && (
        <Card title="Everybody else’s" figure={<span className="text-xs">{plural(others.length, 'session')}</span>}>
          <SessionTable label="Sessions of others" sessions={others} named />
        </Card>
      )}
    </>
  )
}

function EndOthers({ count }: { count: number }) {
  const { change, busy, problem } = useChange({
    run: () => sendJson<{ ended: number }>('DELETE', 'sessions'),
    done: ({ ended }) => `${plural(ended, 'other session')} ended`,
    forget: ['sessions', 'members'],
  })
  return (
    <>
      {problem !== null && (
        <span role="alert" className="self-center text-xs">
          {problem}
        </span>
      )}
      <Button
        disabled={busy || count === 0}
        title={count === 0 ? 'There is no other session of yours' : undefined}
        onClick={() => change(undefined)}
      >
        End all others of yours
      </Button>
    </>
  )
}

function SessionTable({
  label,
  sessions,
  named = false,
}: {
  label: string
  sessions: readonly SessionItem[]
  named?: boolean
}) {
  return (
    <CardTable
      label={label}
      className="min-w-[690px] table-fixed"
      heads={[
        ...(named ? [{ title: 'Whose', className: 'w-[20%]' }] : []),
        { title: 'Device', className: 'w-[24%]' },
        { title: 'Address', className: 'w-[18%]' },
        { title: 'Since' },
        { title: 'Last used' },
        { title: 'Ends at the latest' },
        { title: <span className="sr-only">End</span>, className: 'w-16' },
      ]}
    >
      {sessions.map((session) => (
        <Row key={session.id} session={session} named={named} />
      ))}
    </CardTable>
  )
}

function Row({ session, named }: { session: SessionItem; named: boolean }) {
  const now = useNow() ?? session.seenAt
  const { change, busy, problem } = useChange({
    run: () => sendJson('DELETE', `sessions/${session.id}`),
    done: () => 'The session has ended',
    forget: ['sessions', 'members'],
  })
  return (
    <tr className={rowClass}>
      {named && <td className={`${cell} py-1 wrap-anywhere`}>{session.name}</td>}
      <td className={`${cell} py-1`} title={session.agent}>
        {session.device}
        {session.current && (
          <span className="mt-0.5 block text-xs">
            <StatusMark status="ok" label="This one" showLabel />
          </span>
        )}
      </td>
      <td className={`${cell} py-1 font-mono text-xs wrap-anywhere`}>{session.address || '–'}</td>
      <td className={`${cell} py-1`} title={formatDateTime(session.startedAt)}>
        {formatAgo(session.startedAt, now)}
      </td>
      <td className={`${cell} py-1`} title={formatDateTime(session.seenAt)}>
        {formatAgo(session.seenAt, now)}
      </td>
      <td className={`${cell} py-1 whitespace-nowrap`}>{formatDateTime(session.endsAt, 'min')}</td>
      <td className={`${cell} py-1 text-right`}>
        {problem !== null && (
          <span role="alert" className="text-xs">
            {problem}
          </span>
        )}
        <Button
          size="sm"
          variant="quiet"
          disabled={busy || session.current}
          title={session.current ? 'This is where you are; log out instead' : undefined}
          aria-label={`End the session of ${session.device}${named ? ` of ${session.name}` : ''}, ${session.address}`}
          onClick={() => change(undefined)}
        >
          End
        </Button>
      </td>
    </tr>
  )
}
