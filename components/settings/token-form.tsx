'use client'

import { useState } from 'react'
import { roleNames } from '@/core/access/me'
import type { Role } from '@/core/access/rights'
import { sendJson } from '../api'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Input } from '../ui/input'
import { Select } from '../ui/select'
import { useHoldTab } from '../use-hold-tab'
import { useChange } from './use-change'

/** A token as it is told once. */
export type MadeToken = { readonly name: string; readonly token: string }

const lengths = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'a year' },
] as const

type Length = (typeof lengths)[number]['value']

type Props = {
  roles: readonly Role[]
  teams: readonly string[]
  onMade: (made: MadeToken) => void
}

/** Makes a token: what it is for, what it may do, where, and for how long. */
export function TokenForm({ roles, teams, onMade }: Props) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>(roles[0] ?? 'viewer')
  const [days, setDays] = useState<Length>('90')
  const [chosen, setChosen] = useState<readonly string[]>([])
  useHoldTab(name.trim() !== '')
  const limited = role === 'admin' ? [] : chosen.filter((team) => teams.includes(team))
  const { change, busy, problem } = useChange({
    run: () =>
      sendJson<{ token: string }>('POST', 'tokens', {
        name,
        role,
        teams: limited.length === 0 ? null : limited,
        days: Number(days),
      }),
    done: () => `Token ${name} is made; copy it now`,
    forget: ['tokens', 'members'],
    after: ({ token }) => {
      onMade({ name: name.trim(), token })
      setName('')
    },
  })
  if (roles.length === 0)
    return <p className="py-2 text-fg-2">You have no role, so a token of yours could do nothing.</p>
  return (
    <form
      aria-label="New token"
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) change(undefined)
      }}
    >
      <div className="flex flex-wrap gap-3">
        <Field label="What it is for">
          {(id) => (
            <Input
              id={id}
              required
              maxLength={80}
              className="w-72"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label="Role">
          {(id) => (
            <Select
              id={id}
              value={role}
              choices={roles.map((value) => ({ value, label: roleNames[value] }))}
              onChange={setRole}
            />
          )}
        </Field>
        <Field label="Lasts">{(id) => <Select id={id} value={days} choices={lengths} onChange={setDays} />}</Field>
      </div>
      {role !== 'admin' && teams.length > 0 && (
        <fieldset>
          <legend className="mb-1 text-xs text-fg-2">Teams; none chosen is all that you have</legend>
          <div className="flex max-h-40 flex-wrap gap-x-4 gap-y-1 overflow-y-auto">
            {teams.map((team) => (
              <label key={team} className="flex min-h-6 items-center gap-1.5 wrap-anywhere">
                <input
                  type="checkbox"
                  checked={chosen.includes(team)}
                  onChange={(event) =>
                    setChosen(event.target.checked ? [...chosen, team] : chosen.filter((one) => one !== team))
                  }
                />
                {team}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {problem !== null && <p role="alert">{problem}</p>}
      <div>
        <Button type="submit" variant="primary" disabled={busy || name.trim() === ''}>
          Make token
        </Button>
      </div>
    </form>
  )
}
