'use client'

import { useState } from 'react'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Input } from '../ui/input'
import { useHoldTab } from '../use-hold-tab'

type Props = {
  title: string
  initial: string
  button: string
  /** Rejects with a sentence that says why not. */
  onName: (name: string) => Promise<unknown>
  onClose: () => void
}

/** Asks for the name of a view. */
export function NameDialog({ title, initial, button, onName, onClose }: Props) {
  const [name, setName] = useState(initial)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  useHoldTab(name.trim() !== initial)
  const submit = () => {
    setBusy(true)
    onName(name.trim()).then(onClose, (error: unknown) => {
      setBusy(false)
      setProblem(error instanceof Error ? error.message : 'It could not be saved.')
    })
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <form
        noValidate
        className="flex flex-col gap-3 p-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) submit()
        }}
      >
        <label htmlFor="view-name" className="text-fg-2">
          Name
        </label>
        <Input
          id="view-name"
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onFocus={(event) => event.target.select()}
          aria-invalid={problem !== ''}
          aria-describedby="view-name-help"
        />
        <p id="view-name-help" role={problem ? 'alert' : undefined} className="text-xs text-fg-2">
          {problem || 'Page, time, filter and look are kept. You find it in the sidebar, and others once you share it.'}
        </p>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={busy || name.trim() === ''}>
            {button}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
