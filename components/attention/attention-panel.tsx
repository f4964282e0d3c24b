'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { findingsQuery } from './queries'
import { StatusMark } from '../status-mark'
import { Button } from '../ui/button'
import { Skeleton } from '../ui/skeleton'
import { useViewParams } from '../url-state'
import { AttentionList } from './attention-list'
import { useFolded } from './use-folded'

/** What needs attention, worst first: what the landing page says when nothing is selected. */
export function AttentionPanel({ onSelect }: { onSelect: (id: string) => void }) {
  const { q: _filter, ...params } = useViewParams()
  const { data, error, refetch } = useQuery(findingsQuery(params))
  const [folded, setFolded] = useFolded()
  const unfold = useRef<HTMLButtonElement>(null)
  const fold = useRef<HTMLButtonElement>(null)
  const moved = useRef(false)
  // The button that was pressed is gone: its counterpart takes the focus.
  useEffect(() => {
    if (moved.current) (folded ? unfold : fold).current?.focus()
    moved.current = false
  }, [folded])
  const toggle = (next: boolean) => {
    moved.current = true
    setFolded(next)
  }
  if (folded)
    return (
      <aside
        aria-label="Needs attention"
        className="flex w-10 shrink-0 flex-col items-center border-l border-line bg-panel py-2 print:hidden"
      >
        <button
          ref={unfold}
          type="button"
          aria-expanded={false}
          title="Show what needs attention"
          onClick={() => toggle(false)}
          className="flex w-8 flex-col items-center gap-1.5 rounded-md py-2 text-fg-2 hover:bg-hover hover:text-fg"
        >
          <span className="sr-only">Show what needs attention:</span>
          <span aria-hidden="true">‹</span>
          {data && data.counts.failing > 0 && <Count status="bad" n={data.counts.failing} word="failing" />}
          {data && data.counts.degraded > 0 && <Count status="warn" n={data.counts.degraded} word="degraded" />}
          {data && data.counts.unknown > 0 && <Count status="unknown" n={data.counts.unknown} word="unknown" />}
        </button>
      </aside>
    )
  return (
    <aside
      aria-label="Needs attention"
      className="absolute inset-y-0 right-0 z-10 flex w-full max-w-[348px] shrink-0 flex-col overflow-y-auto border-l border-line bg-panel px-4 py-3 md:static md:w-[300px] xl:w-[348px]"
    >
      <div className="mb-1 flex items-center justify-between gap-3">
        <h2 className="text-base font-semibold tracking-tight">Needs attention</h2>
        <button
          ref={fold}
          type="button"
          aria-expanded
          aria-label="Fold away what needs attention"
          onClick={() => toggle(true)}
          className="-mr-1 size-6 rounded-sm text-fg-3 hover:bg-hover hover:text-fg print:hidden"
        >
          ›
        </button>
      </div>
      {data ? (
        <AttentionList attention={data} onSelect={onSelect} />
      ) : error ? (
        <div role="alert" className="flex flex-col items-start gap-2 text-fg-2">
          What needs attention could not be loaded.
          <Button size="sm" onClick={() => void refetch()}>
            Try again
          </Button>
        </div>
      ) : (
        <div className="flex flex-col gap-3 pt-1">
          {[0, 1, 2].map((row) => (
            <Skeleton key={row} className="h-14 w-full" />
          ))}
        </div>
      )}
    </aside>
  )
}

const Count = ({ status, n, word }: { status: 'bad' | 'warn' | 'unknown'; n: number; word: string }) => (
  <span className="flex items-center gap-1 text-xs">
    <StatusMark status={status} label={word} />
    {n}
  </span>
)
