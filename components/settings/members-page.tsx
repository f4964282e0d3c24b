'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { roleNames } from '@/core/access/me'
import type { Member } from '@/core/access/settings-people'
import { sendJson } from '../api'
import { CardTable, cell, rowClass } from '../encryption/parts'
import { formatAgo, formatDateTime, plural } from '../format'
import { Card } from '../service/card'
import { ErrorState } from '../shell/error-state'
import { StatusMark } from '../status-mark'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { SkeletonRows } from '../ui/skeleton'
import { useNow } from '../use-now'
import { ConfirmDialog } from './confirm-dialog'
import { membersQuery } from './queries'
import { ClustersDecide, useClustersDecide } from './clusters-decide'
import { GroupNames, SettingsHead } from './settings-head'
import { useChange } from './use-change'

/** Who has logged in, and why they may do what they may. */
export function MembersPage() {
  const { data, error, refetch } = useQuery(membersQuery())
  const [ending, setEnding] = useState<Member | null>(null)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={8} label="Loading members" />
  return (
    <>
      <SettingsHead title="Members">
        Who has logged in. Roles come from groups, as the login provider told them last; here they cannot be changed for
        one person.
        <ClustersDecide />
      </SettingsHead>
      {data.length === 0 ? (
        <EmptyState title="Nobody has logged in yet">Who does is listed here.</EmptyState>
      ) : (
        <Card title="People" figure={<span className="text-xs">{plural(data.length, 'person', 'people')}</span>}>
          <CardTable
            label="Members"
            className="min-w-[690px] table-fixed"
            heads={[
              { title: 'Name', className: 'w-[20%]' },
              { title: 'Roles, and the groups that give them', className: 'w-[30%]' },
              { title: 'All groups', className: 'w-[18%]' },
              { title: 'Last seen', className: 'w-24' },
              { title: 'Sessions' },
            ]}
          >
            {data.map((member) => (
              <Row key={member.id} member={member} onEnd={() => setEnding(member)} />
            ))}
          </CardTable>
        </Card>
      )}
      {ending && <EndSessions member={ending} onClose={() => setEnding(null)} />}
    </>
  )
}

function Row({ member, onEnd }: { member: Member; onEnd: () => void }) {
  const now = useNow() ?? member.seenAt
  const { name, email, provider, issuer, subject, local, groups, seenAt, sessions, tokens } = member
  return (
    <tr className={`${rowClass} align-top`}>
      <td className={`${cell} py-1.5`} title={`${issuer}\n${subject}`}>
        <span className="wrap-anywhere">{name}</span>
        <span className="block text-xs text-fg-3 wrap-anywhere">
          {[email, local ? 'known to this machine alone' : (provider ?? issuer)].filter(Boolean).join(' · ')}
        </span>
      </td>
      <td className={`${cell} py-1.5`}>
        <Reasons member={member} />
      </td>
      <td className={`${cell} py-1.5`}>
        <GroupNames groups={groups} none="none told" />
      </td>
      <td className={`${cell} py-1.5 whitespace-nowrap`} title={formatDateTime(seenAt)}>
        {formatAgo(seenAt, now)}
      </td>
      <td className={`${cell} py-1`}>
        <span className="flex flex-wrap items-center justify-between gap-x-2">
          <span className="whitespace-nowrap">
            {sessions}
            {tokens > 0 && <span className="text-fg-3"> and {plural(tokens, 'token')}</span>}
          </span>
          <Button
            size="sm"
            variant="quiet"
            disabled={sessions === 0}
            title={sessions === 0 ? 'There is none' : undefined}
            aria-label={`End all sessions of ${name}`}
            onClick={onEnd}
          >
            End all
          </Button>
        </span>
      </td>
    </tr>
  )
}

function Reasons({ member: { local, reasons } }: { member: Member }) {
  const fromClusters = useClustersDecide()
  if (local) return <>Administrator, as who has the machine that Oriel runs on</>
  if (fromClusters) return <span className="text-fg-2">What the clusters give</span>
  if (reasons.length === 0) return <StatusMark status="unknown" label="No role, sees nothing" showLabel />
  return (
    <ul className="flex flex-col gap-0.5">
      {reasons.map(({ role, team, groups }) => (
        <li key={`${role} ${team}`} className="wrap-anywhere">
          {roleNames[role]} {team === null ? 'everywhere' : `of ${team}`}
          <span className="text-fg-3"> by </span>
          <GroupNames groups={groups} />
        </li>
      ))}
    </ul>
  )
}

function EndSessions({ member, onClose }: { member: Member; onClose: () => void }) {
  const { change, busy, problem } = useChange({
    run: () => sendJson<{ ended: number }>('DELETE', `members/${member.id}/sessions`),
    done: ({ ended }) => `${plural(ended, 'session')} of ${member.name} ended`,
    forget: ['members', 'sessions'],
    after: onClose,
  })
  return (
    <ConfirmDialog
      title={`End all sessions of ${member.name}?`}
      action="End all sessions"
      busy={busy}
      problem={problem}
      onConfirm={() => change(undefined)}
      onClose={onClose}
    >
      <p>
        Every browser of theirs is logged out at once. They may log in again: who must not come back is to be locked out
        at the login provider.
      </p>
      {member.tokens > 0 && <p>{plural(member.tokens, 'token')} of theirs still work. Revoke them under Tokens.</p>}
    </ConfirmDialog>
  )
}
