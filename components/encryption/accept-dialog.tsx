'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { longestException } from '@/core/encryption/exception'
import { sendJson } from '../api'
import { useAnnounce } from '../ui/announcer'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Input } from '../ui/input'
import { useHoldTab } from '../use-hold-tab'
import { exceptionsQuery } from './queries'

const day = 86_400_000

/** Asks who accepts plaintext on some edges, why, and until which day. */
export function AcceptDialog({ filter: first, onClose }: { filter: string; onClose: () => void }) {
  const [now] = useState(() => Date.now())
  const [filter, setFilter] = useState(first)
  const [owner, setOwner] = useState('')
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState(dayOf(now + 30 * day))
  useHoldTab(owner.trim() !== '' || reason.trim() !== '')
  const client = useQueryClient()
  const announce = useAnnounce()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => sendJson('POST', 'encryption/exceptions', { filter, owner, reason, expiresAt: endOfDay(until) }),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: exceptionsQuery().queryKey }),
        client.invalidateQueries({ queryKey: ['encryption'] }),
      ])
      announce(`Accepted until ${until}`)
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    mutate()
  }
  const ready = filter.trim() !== '' && owner.trim() !== '' && reason.trim() !== '' && until !== ''
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Accept plaintext for a time">
      <form noValidate onSubmit={submit} className="flex flex-col gap-3 overflow-auto p-4">
        <p className="text-fg-2">
          These edges stay on the list and count as plaintext. Everybody sees who accepts them, why, and until when.
        </p>
        <Field label="Edges, as a filter">
          {(id) => (
            <Input
              id={id}
              className="font-mono text-xs"
              value={filter}
              placeholder="from:shop/web to:data/db port:5432"
              onChange={(event) => setFilter(event.target.value)}
            />
          )}
        </Field>
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          <Field label="Owner: a team or a person">
            {(id) => <Input id={id} maxLength={120} value={owner} onChange={(event) => setOwner(event.target.value)} />}
          </Field>
          <Field label="Until the end of">
            {(id) => (
              <Input
                id={id}
                type="date"
                min={dayOf(now)}
                max={dayOf(now + longestException - day)}
                value={until}
                onChange={(event) => setUntil(event.target.value)}
              />
            )}
          </Field>
        </div>
        <Field label="Reason">
          {(id) => (
            <Input id={id} maxLength={1_000} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
        {error && (
          <p role="alert" className="text-xs">
            {error.message}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={isPending || !ready}>
            Accept
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-fg-2">
        {label}
      </label>
      {children(id)}
    </div>
  )
}

/** `2026-12-27`, in local time. */
function dayOf(time: number): string {
  const d = new Date(time)
  const pad = (n: number) => String(n).padStart(2, '0')
  return `${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())}`
}

/** The last moment of a local day, milliseconds. */
const endOfDay = (text: string): number => new Date(`${text}T23:59:59`).getTime()
