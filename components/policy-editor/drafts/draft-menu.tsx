'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { draftNameLength } from '@/core/policy/apply/draft'
import { formatWhen } from '../../format'
import { Button } from '../../ui/button'
import { CopyButton } from '../../ui/copy-button'
import { Field } from '../../ui/field'
import { Input } from '../../ui/input'
import { Popover } from '../../ui/popover'
import { useHoldTab } from '../../use-hold-tab'
import { commentDraft, deleteDraft, draftQuery } from './draft-api'
import type { DraftSaving } from './use-draft'

/** The draft's name, its link, and what people said about it. */
export function DraftMenu({ id, draft: { saving, rename } }: { id: number; draft: DraftSaving }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover label="Draft" trigger="Draft" align="end" open={open} onOpenChange={setOpen} className="w-88 p-3">
      <div className="flex flex-col gap-3">
        <Rename name={saving.draft?.name ?? ''} rename={rename} />
        <p className="flex items-center gap-2 text-xs text-fg-2">
          Whoever has the link sees this draft.
          <CopyButton label="Copy link" text={() => `${location.origin}/policies/edit?draft=${id}`} />
        </p>
        <Comments id={id} />
        <Delete id={id} />
      </div>
    </Popover>
  )
}

function Rename({ name, rename }: { name: string; rename: (name: string) => Promise<void> }) {
  const [text, setText] = useState(name)
  const { mutate, error, isPending } = useMutation({ mutationFn: rename })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    mutate(text.trim())
  }
  return (
    <form noValidate onSubmit={submit} className="flex items-end gap-2">
      <div className="min-w-0 flex-1">
        <Field label="Name of the draft">
          {(id) => (
            <Input id={id} maxLength={draftNameLength} value={text} onChange={(event) => setText(event.target.value)} />
          )}
        </Field>
      </div>
      <Button type="submit" disabled={isPending || text.trim() === '' || text.trim() === name}>
        Rename
      </Button>
      {error && (
        <p role="alert" className="text-xs">
          {error.message}
        </p>
      )}
    </form>
  )
}

/** Asks once more before it deletes. */
function Delete({ id }: { id: number }) {
  const [asked, setAsked] = useState(false)
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => deleteDraft(id),
    onSuccess: () => location.assign('/policies/edit'),
  })
  return (
    <div className="flex items-center gap-2 border-t border-line pt-3 text-xs">
      <span className="min-w-0 flex-1 text-fg-2">
        {error ? error.message : asked ? 'The draft and its comments go.' : ''}
      </span>
      <Button size="sm" disabled={isPending} onClick={() => (asked ? mutate() : setAsked(true))}>
        {asked ? 'Delete it' : 'Delete draft'}
      </Button>
    </div>
  )
}

function Comments({ id }: { id: number }) {
  const client = useQueryClient()
  const { data } = useQuery(draftQuery(id))
  const [text, setText] = useState('')
  useHoldTab(text.trim() !== '')
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => commentDraft(id, text.trim(), ''),
    onSuccess: () => {
      setText('')
      return client.invalidateQueries({ queryKey: draftQuery(id).queryKey })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    mutate()
  }
  return (
    <section aria-label="Comments" className="flex flex-col gap-2 border-t border-line pt-3">
      <h3 className="font-semibold">Comments</h3>
      {data?.comments.length === 0 && <p className="text-xs text-fg-3">Nobody said anything yet.</p>}
      <ul className="flex max-h-60 flex-col gap-2 overflow-auto">
        {data?.comments.map((comment) => (
          <li key={comment.id} className="text-xs">
            <p className="text-fg-3">
              {comment.by}, {formatWhen(comment.at, 'min')}
            </p>
            <p className="break-words whitespace-pre-wrap">{comment.text}</p>
          </li>
        ))}
      </ul>
      <form noValidate onSubmit={submit} className="flex flex-col gap-2">
        <Field label="Say something">
          {(field) => (
            <textarea
              id={field}
              rows={2}
              maxLength={4_000}
              className="rounded-md border border-line bg-panel px-2.5 py-1.5 text-sm"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        {error && (
          <p role="alert" className="text-xs">
            {error.message}
          </p>
        )}
        <Button type="submit" size="sm" className="self-end" disabled={isPending || text.trim() === ''}>
          Comment
        </Button>
      </form>
    </section>
  )
}
