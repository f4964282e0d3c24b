'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { refKey } from '@/core/policy/normal-form'
import { plural } from '../../format'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Skeleton } from '../../ui/skeleton'
import { type ApplyAnswer, undoPlan } from './apply-api'
import { ApplyResult } from './apply-result'
import { WriteFooter } from './write-footer'

type Props = {
  plan: number
  /** How many objects of it still stand. */
  objects: number
  /** The plan was an undo itself, so that taking it back applies again. */
  again: boolean
  onUndone: (answer: ApplyAnswer) => void
  onClose: () => void
}

/** Shows what taking a plan back would write, against what stands now, and asks; then does it, and says what stands. */
export function UndoDialog({ plan, objects, again, onUndone, onClose }: Props) {
  const [reason, setReason] = useState('')
  const tried = useQuery({
    queryKey: ['policies/undo', plan],
    queryFn: () => undoPlan(plan, { dryRun: true, reason: '' }),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  })
  const done = useMutation({
    mutationFn: () => undoPlan(plan, { dryRun: false, reason }),
    onSuccess: (answer) => answer.plan !== null && onUndone(answer),
  })
  const answer = done.data ?? tried.data
  const error = done.error ?? tried.error
  const ready = tried.data?.outcome === 'would-apply' && !done.data
  const verb = again ? 'Apply again' : 'Undo'
  const sentence = error?.message ?? answer?.sentence ?? 'The API server tries it; nothing is written yet.'
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={done.data ? 'What was put back' : `${verb}: ${plural(objects, 'object')}, the last first`}
      className="w-[min(860px,calc(100vw-32px))]!"
    >
      <div
        className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-4"
        aria-busy={tried.isFetching || done.isPending}
      >
        <p aria-live="polite">{sentence}</p>
        {!answer && !error && <Skeleton className="h-40" />}
        <ol aria-label="Objects, in the order in which they are put back" className="flex flex-col gap-4">
          {answer?.results.map((result) => (
            <ApplyResult
              key={refKey(result.ref)}
              result={result}
              said={sentence}
              dryRun={!done.data}
              takeOver={null}
              onRebase={null}
              override={null}
            />
          ))}
        </ol>
      </div>
      <WriteFooter reason={reason} done={done.data !== undefined} onReason={setReason}>
        <Button onClick={onClose}>{done.data ? 'Close' : 'Cancel'}</Button>
        {!done.data && (
          <Button variant="primary" disabled={!ready || done.isPending} onClick={() => done.mutate()}>
            {done.isPending ? 'Writing…' : verb}
          </Button>
        )}
      </WriteFooter>
    </Dialog>
  )
}
