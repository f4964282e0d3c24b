'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import type { ConfirmationState } from '@/core/policy/apply/expectation'
import type { WriteResult } from '@/core/policy/apply/write-result'
import { edgeWords } from '../entry'
import { formatCount } from '../../format'
import { type Status, StatusMark } from '../../status-mark'
import { useAnnounce } from '../../ui/announcer'
import { Button, IconButton } from '../../ui/button'
import { type ConfirmationAnswer, confirmationQuery, headWords, originWords, takenBack } from './confirmation'
import { headline } from './headline'
import { UndoDialog } from './undo-dialog'

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
  onUndone: (results: readonly WriteResult[]) => void
  /** Shows another change in place of this one. */
  onShow: (change: number) => void
  onClose: () => void
}

/** Watches the traffic after an apply, says whether it does as was said, and takes the change back. */
export function ConfirmationPanel({ change, onSeen, onUndone, onShow, onClose }: Props) {
  const { data, error, refetch } = useQuery(confirmationQuery(change))
  const announce = useAnnounce()
  const [asking, setAsking] = useState(false)
  const [undo, setUndo] = useState<number | null>(null)
  const back = data ? takenBack(data) : null
  const standing = data?.objects.filter(({ state, undoneBy }) => state === 'applied' && undoneBy === null) ?? []
  const again = data?.did === 'undone'
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
        <h2 className="font-semibold">{headWords(data)}</h2>
        <div aria-live="polite" className="min-w-0 flex-1">
          <p>{error ? error.message : data ? <Headline answer={data} /> : 'Waiting for traffic.'}</p>
          {data && <p className="text-xs text-fg-2">{originWords(data)}</p>}
        </div>
        {back && <Button onClick={() => onShow(back.last.change)}>Show what took it back</Button>}
        {(!data || standing.length > 0) && (
          <Button disabled={!data} onClick={() => setAsking(true)}>
            {again ? 'Apply it again…' : back ? 'Undo the rest…' : 'Undo the change…'}
          </Button>
        )}
        <IconButton label="Close" onClick={onClose}>
          ×
        </IconButton>
      </div>
      {asking && data && (
        <UndoDialog
          plan={data.plan}
          objects={standing.length}
          again={again}
          onUndone={({ outcome, sentence, results }) => {
            announce(sentence)
            onUndone(results)
            const made = results.flatMap(({ changeId, problem }) => (problem ? [] : (changeId ?? []))).at(-1) ?? null
            if (outcome === 'applied' && made !== null) onShow(made)
            // What stands is to be read first.
            else setUndo(made)
            void refetch()
          }}
          onClose={() => {
            setAsking(false)
            if (undo !== null) onShow(undo)
          }}
        />
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

function Headline({ answer }: { answer: ConfirmationAnswer }) {
  const { status, words: said } = headline(answer)
  return status === null ? said : <StatusMark status={status} label={said} showLabel />
}
