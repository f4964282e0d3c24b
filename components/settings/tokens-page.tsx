'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { roleNames } from '@/core/access/me'
import type { TokenItem } from '@/core/access/settings-people'
import { sendJson } from '../api'
import { CardTable, cell, rowClass } from '../encryption/parts'
import { formatAgo, formatDateTime } from '../format'
import { Card } from '../service/card'
import { ErrorState } from '../shell/error-state'
import { StatusMark } from '../status-mark'
import { Button } from '../ui/button'
import { CommandBlock } from '../ui/copy-button'
import { SkeletonRows } from '../ui/skeleton'
import { useNow } from '../use-now'
import { ConfirmDialog } from './confirm-dialog'
import { tokensQuery } from './queries'
import { SettingsHead } from './settings-head'
import { type MadeToken, TokenForm } from './token-form'
import { useChange } from './use-change'

/** Programs that may ask the API. */
export function TokensPage() {
  const { data, error, refetch } = useQuery(tokensQuery())
  const [made, setMade] = useState<MadeToken | null>(null)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={5} label="Loading tokens" />
  const several = data.tokens.some(({ own }) => !own)
  return (
    <>
      <SettingsHead title="Tokens">
        For programs that ask the API. A token may do no more than its owner at each moment, and makes no further
        tokens.
      </SettingsHead>
      {made && <NewToken made={made} onClose={() => setMade(null)} />}
      <Card title="New token">
        <TokenForm roles={data.roles} teams={data.teams} onMade={setMade} />
      </Card>
      <Card title="Tokens">
        {data.tokens.length === 0 ? (
          <p className="py-2 text-fg-2">There is no token.</p>
        ) : (
          <CardTable
            label="Tokens"
            className="min-w-[690px] table-fixed"
            heads={[
              { title: 'Name', className: 'w-[22%]' },
              ...(several ? [{ title: 'Owner', className: 'w-[16%]' }] : []),
              { title: 'May', className: 'w-[24%]' },
              { title: 'Made' },
              { title: 'Last used' },
              { title: 'Until' },
              { title: <span className="sr-only">Revoke</span>, className: 'w-20' },
            ]}
          >
            {data.tokens.map((token) => (
              <Row key={token.id} token={token} owned={several} />
            ))}
          </CardTable>
        )}
      </Card>
    </>
  )
}

function NewToken({ made, onClose }: { made: MadeToken; onClose: () => void }) {
  const host = typeof location === 'undefined' ? '' : location.origin
  return (
    <Card
      title={`Token ${made.name}`}
      control={
        <Button size="sm" variant="quiet" onClick={onClose}>
          Done
        </Button>
      }
    >
      <p className="mb-2 text-fg-2">Copy it now: it is not kept, and cannot be shown again.</p>
      <div className="flex flex-col gap-2">
        <CommandBlock command={made.token} />
        <CommandBlock command={`curl -H "Authorization: Bearer ${made.token}" "${host}/api/v1/services?last=15m"`} />
      </div>
    </Card>
  )
}

function Row({ token, owned }: { token: TokenItem; owned: boolean }) {
  const now = useNow() ?? token.createdAt
  const [asking, setAsking] = useState(false)
  const { change, busy, problem } = useChange({
    run: () => sendJson('DELETE', `tokens/${token.id}`),
    done: () => `Token ${token.name} is revoked`,
    forget: ['tokens', 'members'],
    after: () => setAsking(false),
  })
  return (
    <tr className={rowClass}>
      <td className={`${cell} py-1 wrap-anywhere`}>
        {token.name}
        {token.resting && (
          <span
            className="mt-0.5 block text-xs"
            title="Its owner has not logged in for long, so nothing tells whether they still may"
          >
            <StatusMark status="warn" label="Refused until its owner logs in" showLabel />
          </span>
        )}
      </td>
      {owned && <td className={`${cell} py-1 wrap-anywhere`}>{token.owner}</td>}
      <td className={`${cell} py-1 wrap-anywhere`}>
        {roleNames[token.role]} of {token.teams === null ? 'all that its owner has' : token.teams.join(', ')}
      </td>
      <td className={`${cell} py-1`} title={formatDateTime(token.createdAt)}>
        {formatAgo(token.createdAt, now)}
      </td>
      <td className={`${cell} py-1`} title={token.usedAt === null ? undefined : formatDateTime(token.usedAt)}>
        {token.usedAt === null ? 'never' : formatAgo(token.usedAt, now)}
      </td>
      <td className={`${cell} py-1 whitespace-nowrap`}>{formatDateTime(token.endsAt).slice(0, 10)}</td>
      <td className={`${cell} py-1 text-right`}>
        <Button size="sm" variant="quiet" aria-label={`Revoke ${token.name}`} onClick={() => setAsking(true)}>
          Revoke
        </Button>
        {asking && (
          <ConfirmDialog
            title={`Revoke token ${token.name}?`}
            action="Revoke token"
            busy={busy}
            problem={problem}
            onConfirm={() => change(undefined)}
            onClose={() => setAsking(false)}
          >
            <p className="text-left">
              Programs that use it are refused from the next request on. This cannot be undone.
            </p>
          </ConfirmDialog>
        )}
      </td>
    </tr>
  )
}
