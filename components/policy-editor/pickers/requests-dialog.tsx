'use client'

import { type FormEvent, useState } from 'react'
import type { NewSeveral } from '@/core/policy/edit/policy-edit'
import type { RequestChoice } from '@/core/policy/edit/visual'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { LinesField } from './lines-field'

type Props = {
  requests: readonly RequestChoice[]
  onDone: (requests: NewSeveral<RequestChoice>) => string | null
  onClose: () => void
}

const blank: RequestChoice = { methods: [], paths: [] }

/** Asks which methods and paths of HTTP a rule is about; several are any of them. */
export function RequestsDialog({ requests: given, onDone, onClose }: Props) {
  const [requests, setRequests] = useState<readonly RequestChoice[]>(given.length > 0 ? given : [blank])
  const [refused, setRefused] = useState<string | null>(null)
  const put = (at: number, request: RequestChoice) => setRequests(requests.map((one, i) => (i === at ? request : one)))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const some = requests.filter(({ methods, paths }) => methods.length + paths.length > 0)
    setRefused(onDone(some.length > 0 ? some : 'everything'))
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Requests of the rule">
      <form noValidate onSubmit={submit} className="flex flex-col gap-4 overflow-auto p-4">
        <p className="text-fg-2">What is left empty asks nothing. Paths are written as the kind writes them.</p>
        {requests.map((request, i) => (
          <div key={i} className="grid grid-cols-[1fr_2fr] gap-3">
            <LinesField
              label={`Methods ${i + 1}`}
              lines={request.methods}
              onChange={(methods) => put(i, { ...request, methods })}
            />
            <LinesField
              label={`Paths ${i + 1}`}
              lines={request.paths}
              onChange={(paths) => put(i, { ...request, paths })}
            />
          </div>
        ))}
        <Button size="sm" variant="quiet" className="self-start" onClick={() => setRequests([...requests, blank])}>
          + requests
        </Button>
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
