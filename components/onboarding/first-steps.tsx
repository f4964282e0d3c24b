'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import type { SetupState, SetupStep } from '@/core/inventory/setup'
import { setupQuery } from './queries'
import { type Status, StatusMark } from '../status-mark'
import { useAnnounce } from '../ui/announcer'
import { buttonClass } from '../ui/button'
import { CommandBlock } from '../ui/copy-button'
import { SkeletonRows } from '../ui/skeleton'

const marks: Readonly<Record<SetupState, { status: Status; word: string }>> = {
  done: { status: 'ok', word: 'Done' },
  waiting: { status: 'unknown', word: 'Waiting' },
  failed: { status: 'bad', word: 'Not working' },
  todo: { status: 'unknown', word: 'To do' },
}

/** What to connect in this very cluster and how; steps tick themselves off as they become true. */
export function FirstSteps() {
  const { data } = useQuery(setupQuery())
  const announce = useAnnounce()
  const connected = data?.some(({ steps }) =>
    steps.some(({ id, state }) => id.startsWith('source ') && state !== 'todo'),
  )
  const done = data?.flatMap(({ steps }) => steps.filter(({ state }) => state === 'done').map(({ title }) => title))
  const before = useRef<readonly string[] | undefined>(undefined)
  useEffect(() => {
    const news = before.current && done?.filter((title) => !before.current?.includes(title))
    if (news && news.length > 0) announce(`Done: ${news.join(', ')}`)
    before.current = done
  }, [done, announce])
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <div className="mx-auto flex max-w-2xl flex-col gap-5 px-6 py-10">
        <div>
          <h2 className="text-lg font-semibold">
            {data && !connected ? 'Nothing is connected yet' : 'Waiting for the first traffic'}
          </h2>
          <p className="mt-1 text-fg-2">
            Oriel draws its map from what your network, your mesh or your traces tell. These are the steps for what was
            found here; each is checked as you go.
          </p>
        </div>
        {!data && <SkeletonRows rows={4} label="Looking at what is here" />}
        {data?.map(({ cluster, found, steps }) => (
          <section
            key={cluster}
            aria-label={cluster || 'First steps'}
            className="rounded-lg border border-line bg-panel"
          >
            {cluster && (
              <h3 className="border-b border-line px-3.5 py-2.5 text-base font-semibold">
                {cluster} <span className="text-xs font-normal text-fg-3">{foundWords(found, steps)}</span>
              </h3>
            )}
            <ol>
              {steps.map((step, index) => (
                <Step key={step.id} step={step} next={steps.findIndex(({ state }) => state !== 'done') === index} />
              ))}
            </ol>
          </section>
        ))}
        <p className="flex flex-wrap gap-2">
          <Link href="/sources" className={buttonClass()}>
            All ways to connect
          </Link>
        </p>
      </div>
    </div>
  )
}

/** What the cluster has; nothing found is said only where it could be looked for. */
function foundWords(found: readonly string[], steps: readonly SetupStep[]): string {
  if (found.length > 0) return `${found.join(', ')} found`
  const isRead = steps.some(({ id, state }) => id === 'kubernetes' && state === 'done')
  return isRead ? 'no known network or mesh found' : 'what it has is not known yet'
}

function Step({ step: { title, state, text, command }, next }: { step: SetupStep; next: boolean }) {
  const { status, word } = marks[state]
  return (
    <li
      aria-current={next ? 'step' : undefined}
      className="flex gap-3 border-b border-line px-3.5 py-3 last:border-b-0"
    >
      <span className="mt-1">
        <StatusMark status={status} label={word} />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <p className={next ? 'font-semibold' : state === 'done' ? 'text-fg-2' : ''}>
          {title}
          <span className="ml-2 text-xs font-normal text-fg-3">{word}</span>
        </p>
        {text && <p className="text-fg-2">{text}</p>}
        {command !== null && (next || state === 'failed') && <CommandBlock command={command} />}
        {command !== null && !next && state !== 'failed' && (
          <details>
            <summary className="flex h-6 w-fit items-center text-xs text-accent hover:underline">How</summary>
            <CommandBlock command={command} />
          </details>
        )}
      </div>
    </li>
  )
}
