'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { KeepFor } from '@/core/links/link'
import { ApiError } from '../api'
import { formatSpan } from '../format'
import { choicesWithin, keepLabel } from './keep-words'
import { linksQuery } from './queries'
import { StatusMark } from '../status-mark'
import { useViewParams } from '../url-state'
import { Button } from '../ui/button'
import { Input } from '../ui/input'
import { Segmented } from '../ui/segmented'
import { useNow } from '../use-now'
import { addressOf, makeFrozenLink, makeLiveLink } from './make-link'
import { MadeLinkRow } from './made-link-row'
import type { Shown } from './use-shown'

/** Asks what kind of link it shall be, makes it, and shows its address once. */
export function LinkForm({ shown }: { shown: Shown }) {
  const [kind, setKind] = useState<'live' | 'frozen'>('live')
  const [pinned, setPinned] = useState(false)
  const [title, setTitle] = useState('')
  const [keepFor, setKeepFor] = useState<KeepFor>('30d')
  const { data: limits } = useQuery(linksQuery())
  const client = useQueryClient()
  const params = useViewParams()
  const titleId = useId()
  const now = useNow()
  const span = shown.window && now !== null ? formatSpan(shown.window.from, shown.window.to, now) : null
  const make = useMutation({
    mutationFn: async () => {
      const wish = { title: title.trim() || defaultTitle(shown, span), keepFor: kept }
      if (kind === 'live') return makeLiveLink(wish, pinned ? shown.window : null)
      if (!shown.window) throw new Error('nothing is shown yet')
      return makeFrozenLink(wish, client, params, shown.window)
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['links'] }),
  })
  const frozenOff = limits?.maxBytes === 0
  const longest = limits?.longest ?? null
  const choices = choicesWithin(longest)
  const kept = choices.includes(keepFor) ? keepFor : (choices.at(-1) ?? keepFor)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3.5 p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Segmented
          label="Kind of link"
          value={kind}
          options={[
            { value: 'live', label: 'Live' },
            { value: 'frozen', label: 'Frozen' },
          ]}
          onChange={(next) => {
            setKind(next)
            make.reset()
          }}
        />
        <p className="min-w-52 flex-1 text-xs text-fg-2">
          {kind === 'live'
            ? `Whoever opens it sees this page with their own permissions${shown.moving && !pinned ? ', at the time when they open it' : ''}.`
            : frozenOff
              ? 'Frozen links are turned off here (links.maxMegabytes).'
              : shown.window
                ? `Keeps the picture and its data of ${span} as they are now, also when retention has taken the rest. Whoever has the link sees them.`
                : 'This page has no time of its own that could be frozen. Share it live.'}
        </p>
      </div>
      {kind === 'live' && shown.moving && shown.window && (
        <label className="flex min-h-6 items-center gap-2">
          <input type="checkbox" checked={pinned} onChange={(event) => setPinned(event.target.checked)} />
          Pin this time, {span}
        </label>
      )}
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="flex min-w-52 flex-1 flex-col gap-1">
          <label htmlFor={titleId} className="text-xs text-fg-2">
            Title
          </label>
          <Input
            id={titleId}
            value={title}
            maxLength={200}
            placeholder={defaultTitle(shown, span)}
            onChange={(event) => setTitle(event.target.value)}
          />
        </div>
        <div className="flex flex-col gap-1">
          <span aria-hidden="true" className="text-xs text-fg-2">
            Keep for
          </span>
          <Segmented
            label="Keep for"
            value={kept}
            options={choices.map((value) => ({ value, label: keepLabel(value, longest) }))}
            onChange={setKeepFor}
          />
        </div>
        <Button
          type="submit"
          variant="primary"
          disabled={make.isPending || (kind === 'frozen' && (frozenOff || !shown.window))}
        >
          {make.isPending ? 'Making the link' : 'Make link'}
        </Button>
      </div>
      <output className="block empty:hidden">
        {make.data && <MadeLinkRow key={make.data.token} made={make.data} address={addressOf(make.data.token)} />}
      </output>
      {make.error && (
        <p role="alert" className="flex items-start gap-1.5 text-fg">
          <StatusMark status="bad" label="Failed" />
          {make.error instanceof ApiError ? make.error.message : 'The link could not be made. Try again.'}
        </p>
      )}
    </form>
  )
}

const defaultTitle = ({ title, moving }: Shown, span: string | null): string =>
  span && !moving ? `${title}, ${span}` : title
