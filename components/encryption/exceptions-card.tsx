'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { EncryptionException } from '@/core/encryption/exception'
import { useWhyNotEdit } from '../access/use-why-not-edit'
import { sendJson } from '../api'
import { formatDateTime } from '../format'
import { Card } from '../service/card'
import { StatusMark } from '../status-mark'
import { useAnnounce } from '../ui/announcer'
import { Button } from '../ui/button'
import { useNow } from '../use-now'
import { CardTable, cell, rowClass } from './parts'
import { exceptionsQuery } from './queries'

/** Plaintext that somebody accepts, and until when; what has expired stays until it is deleted. */
export function ExceptionsCard({ canChange, onAdd }: { canChange: boolean; onAdd: () => void }) {
  const { data = [] } = useQuery(exceptionsQuery())
  const now = useNow() ?? 0
  const why = useWhyNotEdit()
  return (
    <Card
      title="Accepted plaintext"
      control={
        canChange && (
          <Button
            size="sm"
            variant="quiet"
            className="print:hidden"
            disabled={why !== null}
            title={why ?? undefined}
            onClick={onAdd}
          >
            Accept edges for a time…
          </Button>
        )
      }
      figure={<span className="text-xs">accepted is not encrypted: it counts as plaintext</span>}
    >
      {data.length === 0 ? (
        <p className="py-2 text-fg-2">Nobody has accepted any plaintext.</p>
      ) : (
        <CardTable
          label="Accepted plaintext"
          className="min-w-[680px]"
          heads={[
            { title: 'Edges', className: 'w-[30%]' },
            { title: 'Owner', className: 'w-[14%]' },
            { title: 'Reason' },
            { title: 'Until', className: 'w-44' },
            { title: <span className="sr-only">Delete</span>, className: 'w-16' },
          ]}
        >
          {data.map((exception) => (
            <Row key={exception.id} exception={exception} now={now} canChange={canChange} />
          ))}
        </CardTable>
      )}
    </Card>
  )
}

function Row({ exception, now, canChange }: { exception: EncryptionException; now: number; canChange: boolean }) {
  const { id, filter, owner, reason, createdBy, createdAt, expiresAt } = exception
  const client = useQueryClient()
  const announce = useAnnounce()
  const { mutate, isPending } = useMutation({
    mutationFn: () => sendJson('DELETE', `encryption/exceptions/${id}`),
    onSuccess: () => announce('The exception is deleted; its edges are open plaintext again'),
    onError: (error) => announce(error.message),
    // Also where it failed: somebody else may have deleted it.
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: exceptionsQuery().queryKey }),
        client.invalidateQueries({ queryKey: ['encryption'] }),
      ]),
  })
  const why = useWhyNotEdit()
  const expired = expiresAt <= now
  return (
    <tr className={rowClass}>
      <td className={`${cell} py-1 font-mono text-xs wrap-anywhere`}>{filter}</td>
      <td className={`${cell} py-1`}>{owner}</td>
      <td className={`${cell} py-1 text-fg-2`}>{reason}</td>
      <td className={`${cell} whitespace-nowrap`} title={`made by ${createdBy}, ${formatDateTime(createdAt, 'min')}`}>
        <StatusMark
          status={expired ? 'warn' : 'audit'}
          label={`${formatDateTime(expiresAt).slice(0, 10)}${expired ? ', expired' : ''}`}
          showLabel
        />
      </td>
      <td className={`${cell} text-right`}>
        {canChange && (
          <Button
            size="sm"
            variant="quiet"
            disabled={isPending || why !== null}
            title={why ?? undefined}
            aria-label={`Delete the exception for ${filter}`}
            onClick={() => mutate()}
          >
            Delete
          </Button>
        )}
      </td>
    </tr>
  )
}
