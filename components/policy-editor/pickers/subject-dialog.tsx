'use client'

import { type FormEvent, useState } from 'react'
import { subjectPicked } from '@/core/policy/edit/match-picks'
import type { Subject } from '@/core/policy/edit/visual'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { pickedCount, pickedNames } from '../visual/picked-words'
import { useVisual } from '../visual/visual-context'
import { FindWorkload } from './find-workload'
import { filledTerms, LabelTermsField } from './label-terms-field'
import { NamespacesField } from './namespaces-field'
import { peerOfWorkload } from './peer-kinds'

type Chosen = Omit<Subject, 'other'>
type Props = { onDone: (subject: Chosen) => string | null; onClose: () => void }

/** Asks whom the policy is about. */
export function SubjectDialog({ onDone, onClose }: Props) {
  const { visual, ground, own } = useVisual()
  const { model } = ground
  const { other, ...given } = visual.subject.value
  const [subject, setSubject] = useState<Chosen>(given)
  const [round, setRound] = useState(0)
  const [refused, setRefused] = useState<string | null>(null)
  const picked = subjectPicked({ ...subject, other }, own, model)
  const among =
    own === null ? model : { ...model, workloads: model.workloads.filter(({ namespace }) => namespace === own) }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    setRefused(onDone({ ...subject, pods: filledTerms(subject.pods) }))
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Whom the policy is about">
      <form noValidate onSubmit={submit} className="flex min-h-0 flex-col">
        <div className="flex min-h-0 flex-col gap-4 overflow-auto p-4">
          <FindWorkload
            model={among}
            own={own}
            label="Find a workload"
            onPick={(one) => {
              const peer = peerOfWorkload(one, ['pods'], own, model)
              if (peer?.is !== 'pods') return
              setSubject({ namespaces: own === null ? peer.namespaces : subject.namespaces, pods: peer.pods })
              setRound(round + 1)
            }}
          />
          {own === null && (
            <NamespacesField
              pick={subject.namespaces}
              model={model}
              own={own}
              onChange={(namespaces) => setSubject({ ...subject, namespaces })}
            />
          )}
          <LabelTermsField
            key={round}
            of="pods"
            pick={subject.pods}
            known={among.workloads.map(({ labels }) => labels)}
            onChange={(pods) => setSubject({ ...subject, pods })}
          />
          <p aria-live="polite" className="text-xs text-fg-2">
            {pickedCount(picked) && `Selects now: ${pickedCount(picked)}. ${pickedNames(picked, own)}`}
          </p>
          {other !== null && <p className="text-xs text-fg-2">It also has conditions that are written in YAML only.</p>}
          {refused && <p role="alert">{refused}</p>}
        </div>
        <div className="flex justify-end gap-2 border-t border-line px-4 py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary">
            Change
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
