'use client'

import { type FormEvent, useState } from 'react'
import type { NewSeveral } from '@/core/policy/edit/policy-edit'
import type { PortChoice } from '@/core/policy/edit/visual'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import type { KnownPort } from '../visual/known-ports'
import { PortsField } from './ports-field'

type Props = {
  ports: NewSeveral<PortChoice>
  known: readonly KnownPort[]
  onDone: (ports: NewSeveral<PortChoice>) => string | null
  onClose: () => void
}

/** Asks which ports a rule is about. */
export function PortDialog({ ports: given, known, onDone, onClose }: Props) {
  const [ports, setPorts] = useState(given)
  const [refused, setRefused] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    setRefused(onDone(ports))
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Ports of the rule">
      <form noValidate onSubmit={submit} className="flex flex-col gap-4 overflow-auto p-4">
        <PortsField ports={ports} onChange={setPorts} known={known} />
        {refused && <p role="alert">{refused}</p>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary">
            Change
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
