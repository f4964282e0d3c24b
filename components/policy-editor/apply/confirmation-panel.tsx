'use client'

import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import type { Confirmation, ConfirmationState } from '@/core/policy/apply/expectation'
import type { WriteResult } from '@/core/policy/apply/write-result'
import type { PolicyRef } from '@/core/policy/normal-form'
import { policyName } from '@/core/policy/policy-name'
import { getJson, sendJson } from '../../api'
import { edgeWords } from '../entry'
import { formatCount, formatTime, plural } from '../../format'
import { type Status, StatusMark } from '../../status-mark'
import { useAnnounce } from '../../ui/announcer'
import { Button, IconButton } from '../../ui/button'

type ConfirmationAnswer = {
  readonly plan: number
  readonly since: number
  readonly until: number
  readonly objects: readonly {
    readonly changeId: number
    readonly ref: PolicyRef
    readonly state: 'intended' | 'applied' | 'failed' | 'unknown'
    readonly appliedAt: number | null
    readonly seenAt: number | null
  }[]
  readonly edges: readonly Confirmation[]
  readonly counts: {
    readonly confirmed: number
    readonly contradicted: number
    readonly mixed: number
    readonly noTraffic: number
  }
}

const pollMs = 3_000

const confirmationQuery = (change: number) =>
  queryOptions({
    queryKey: ['policies/confirmation', change],
    queryFn: ({ signal }) => getJson<ConfirmationAnswer>('policies/confirmation', { change }, signal),
    refetchInterval: pollMs,
  })

const words: Readonly<Record<ConfirmationState, { readonly word: string; readonly status: Status }>> = {
  confirmed: { word: 'confirmed', status: 'ok' },
  contradicted: { word: 'contradicted', status: 'bad' },
  mixed: { word: 'partly', status: 'warn' },
  'no-traffic': { word: 'no traffic yet', status: 'unknown' },
}

const becoming = { allowed: 'becomes allowed', denied: 'becomes denied', 'stays-allowed': 'stays allowed' } as const

type Props = {
  /** A change of the plan that was applied. */
  change: number
  /** The cluster told of what was applied. */
  onSeen: () => void
  /** Whether that plan took another one back. */
  undone: boolean
  onUndone: (results: readonly WriteResult[]) => void
  onClose: () => void
}

/** Watches the traffic after an apply, says whether it does as was said, and takes the change back. */
export function ConfirmationPanel({ change, undone, onSeen, onUndone, onClose }: Props) {
  const { data, error } = useQuery(confirmationQuery(change))
  const announce = useAnnounce()
  const undo = useMutation({
    mutationFn: () =>
      undoAll(data?.objects.filter(({ state }) => state === 'applied').map(({ changeId }) => changeId) ?? []),
    onSuccess: (results) => {
      announce('Undone')
      onUndone(results)
    },
  })
  const seen = data?.objects.every(({ state, seenAt }) => state !== 'applied' || seenAt !== null) ?? false
  const tell = useEffectEvent(onSeen)
  const told = data !== undefined && data.counts.noTraffic < data.edges.length
  // Again when traffic speaks: what the cluster told may have been asked for a moment too early.
  useEffect(() => {
    if (seen || told) tell()
  }, [seen, told])
  return (
    <section aria-label="After the apply" className="shrink-0 border-b border-line bg-panel px-5 py-3">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="font-semibold">{undone ? 'Undone' : 'Applied'}</h2>
        <p aria-live="polite" className="min-w-0 flex-1">
          {error ? error.message : data ? <Headline answer={data} /> : 'Waiting for traffic.'}
        </p>
        <Button disabled={!data || undo.isPending} onClick={() => undo.mutate()}>
          {undo.isPending ? 'Undoing…' : undone ? 'Apply it again' : 'Undo the change'}
        </Button>
        <IconButton label="Close" onClick={onClose}>
          ×
        </IconButton>
      </div>
      {undo.error && (
        <p role="alert" className="mt-2">
          {undo.error.message}
        </p>
      )}
      {data && data.edges.length > 0 && (
        <ul aria-label="What was expected, and what traffic says" className="mt-2 flex flex-col">
          {data.edges.slice(0, 8).map(({ edge, becomes, state, allowed, denied }) => (
            <li key={edge} className="flex min-h-7 flex-wrap items-center gap-3 border-t border-line">
              <StatusMark status={words[state].status} label={words[state].word} showLabel className="w-32" />
              <span className="font-mono text-xs">{edgeWords(edge)}</span>
              <span className="text-xs text-fg-2">
                {becoming[becomes]}; since then {formatCount(allowed)} allowed, {formatCount(denied)} denied
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Headline({ answer: { counts, edges, since, objects } }: { answer: ConfirmationAnswer }) {
  const unseen = objects.filter(({ state, seenAt }) => state === 'applied' && seenAt === null)
  if (unseen[0]) return <>The cluster has not told of {policyName(unseen[0].ref)} yet.</>
  if (edges.length === 0) return <>No recorded traffic was expected to change.</>
  if (counts.contradicted > 0)
    return (
      <StatusMark
        status="bad"
        label={`Contradicted by traffic: ${plural(counts.contradicted, 'edge')} of ${edges.length} since ${formatTime(since)}.`}
        showLabel
      />
    )
  if (counts.mixed > 0)
    return (
      <StatusMark status="warn" label="Traffic agrees in part: some was let pass and some was stopped." showLabel />
    )
  const changed = edges.filter(({ becomes }) => becomes !== 'stays-allowed')
  // That something goes on does not confirm a change.
  if ((changed.length > 0 ? changed : edges).some(({ state }) => state === 'confirmed'))
    return (
      <StatusMark
        status="ok"
        label={`Confirmed by traffic: ${counts.confirmed} of ${plural(edges.length, 'edge')} since ${formatTime(since)}.`}
        showLabel
      />
    )
  return <StatusMark status="unknown" label={`No traffic yet since ${formatTime(since)}; watching.`} showLabel />
}

type Undone = { readonly plan: number | null; readonly result: WriteResult }

/** The last change first, as they were made one after the other. */
async function undoAll(changes: readonly number[]): Promise<readonly WriteResult[]> {
  const results: WriteResult[] = []
  for (const change of changes.toReversed())
    results.push((await sendJson<Undone>('POST', `policies/changes/${change}/undo`, {})).result)
  return results
}
