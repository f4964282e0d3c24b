'use client'

import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Expectation } from '@/core/policy/apply/expectation'
import { type PolicyRef, refKey } from '@/core/policy/normal-form'
import { plural } from '../../format'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Skeleton } from '../../ui/skeleton'
import { type ApplyAnswer, applyPlan } from './apply-api'
import { ApplyResult } from './apply-result'
import { type AskedChange, refOfAsked } from './plan'
import { WriteFooter } from './write-footer'

type Props = {
  cluster: string
  changes: readonly AskedChange[]
  draft: number | null
  expected: readonly Expectation[]
  /** `mara@example.com`, or null: the account of the kubeconfig. */
  actsAs: string | null
  /** Sentences to read before: lock-outs. */
  warnings: readonly string[]
  /** What else to read before. */
  note: ReactNode
  onApplied: (answer: ApplyAnswer) => void
  /** Holds the draft against the object as it is now. */
  onRebase: (ref: PolicyRef) => void
  onExport: () => void
  onClose: () => void
}

/** Tries the plan first and shows what the API server makes of it; then applies it, and says what stands. */
export function ApplyDialog({
  cluster,
  changes,
  draft,
  expected,
  actsAs,
  warnings,
  note,
  onApplied,
  onRebase,
  onExport,
  onClose,
}: Props) {
  const [takeOver, setTakeOver] = useState<Readonly<Record<string, readonly string[]>>>({})
  const [override, setOverride] = useState<Readonly<Record<string, string>>>({})
  const [reason, setReason] = useState('')
  const [heeded, setHeeded] = useState(false)
  const asked = changes.map((one): AskedChange => {
    const key = refKey(refOfAsked(one))
    const overrideOwner = override[key] ?? null
    return one.change === 'put' ? { ...one, takeOver: takeOver[key] ?? [], overrideOwner } : { ...one, overrideOwner }
  })
  const ask = (dryRun: boolean) => applyPlan({ cluster, changes: asked, dryRun, draft, reason, expected })
  const tried = useQuery({
    queryKey: ['policies/apply', cluster, changes, takeOver, override],
    queryFn: () => ask(true),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    placeholderData: keepPreviousData,
  })
  const done = useMutation({
    mutationFn: () => ask(false),
    onSuccess: (answer) => answer.plan !== null && onApplied(answer),
  })
  const answer = done.data ?? tried.data
  const ready = tried.data?.outcome === 'would-apply' && !tried.isFetching && done.data === undefined
  const error = done.error ?? tried.error
  const sentence = error?.message ?? answer?.sentence ?? 'The API server tries it; nothing is written yet.'
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={done.data ? 'What was applied' : `Apply ${plural(changes.length, 'object')}`}
      className="w-[min(860px,calc(100vw-32px))]!"
    >
      <div
        className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-4"
        aria-busy={tried.isFetching || done.isPending}
      >
        <p aria-live="polite">{sentence}</p>
        {!answer && !error && <Skeleton className="h-40" />}
        {!done.data && note}
        {!done.data && warnings.length > 0 && (
          <div role="alert" className="rounded-md border border-warn p-3">
            <ul className="flex flex-col gap-1">
              {warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
            <label className="mt-2 flex items-center gap-2">
              <input type="checkbox" checked={heeded} onChange={() => setHeeded(!heeded)} />I mean it
            </label>
          </div>
        )}
        <ol aria-label="Objects, in the order in which they are changed" className="flex flex-col gap-4">
          {answer?.results.map((result) => {
            const key = refKey(result.ref)
            const chosen = takeOver[key] ?? []
            const owner = result.problem?.owner?.type
            return (
              <ApplyResult
                key={key}
                result={result}
                dryRun={!done.data}
                said={sentence}
                onRebase={done.data ? null : () => onRebase(result.ref)}
                takeOver={
                  done.data
                    ? null
                    : {
                        chosen,
                        toggle: (manager) =>
                          setTakeOver({
                            ...takeOver,
                            [key]: chosen.includes(manager)
                              ? chosen.filter((one) => one !== manager)
                              : [...chosen, manager],
                          }),
                      }
                }
                override={
                  owner && !done.data
                    ? { chosen: override[key] !== undefined, toggle: () => setOverride({ ...override, [key]: owner }) }
                    : null
                }
              />
            )
          })}
        </ol>
      </div>
      <WriteFooter reason={reason} done={done.data !== undefined} onReason={setReason}>
        <Button onClick={onExport}>Export instead…</Button>
        <Button onClick={onClose}>{done.data ? 'Close' : 'Cancel'}</Button>
        {!done.data && (
          <Button
            variant="primary"
            disabled={!ready || done.isPending || (warnings.length > 0 && !heeded)}
            onClick={() => done.mutate()}
          >
            {done.isPending ? 'Applying…' : `Apply as ${actsAs ?? 'you'}`}
          </Button>
        )}
      </WriteFooter>
    </Dialog>
  )
}
