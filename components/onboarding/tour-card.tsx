'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect, useSyncExternalStore } from 'react'
import { StatusMark } from '../status-mark'
import { Kbd } from '../ui/kbd'
import { parseTour, TOUR, tourAt, type TourState } from './tour'

const storageKey = 'oriel-tour'
const changed = 'oriel-tour'

/** What is kept, as its text: a value that is the same while nothing changed. */
const kept = () => {
  try {
    return localStorage.getItem(storageKey) ?? ''
  } catch {
    return '{"over":true}'
  }
}

function keep(state: TourState): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(state))
  } catch {
    // Kept nowhere, then: the tour is no reason to fail.
  }
  dispatchEvent(new Event(changed))
}

const subscribe = (listener: () => void) => {
  addEventListener(changed, listener)
  addEventListener('storage', listener)
  return () => {
    removeEventListener(changed, listener)
    removeEventListener('storage', listener)
  }
}

/** Four things to do once, in the sidebar: they tick themselves off, cover nothing, and go when done or skipped. */
export function TourCard() {
  const text = useSyncExternalStore(subscribe, kept, () => '{"over":true}')
  const state = parseTour(text)
  const path = usePathname()
  const search = useSearchParams()
  useEffect(() => {
    const state = parseTour(kept())
    const next = state.over ? state : tourAt(state, { path, search: new URLSearchParams(search) })
    if (next !== state) keep(next)
  }, [path, search])
  if (state.over) return null
  const left = TOUR.filter(({ id }) => !state.done.includes(id))
  const [next] = left
  return (
    <section
      aria-label="First look"
      className="mb-2 hidden rounded-md border border-line bg-panel p-2.5 text-xs lg:block"
    >
      <div className="flex items-center justify-between">
        <h2 className="font-semibold text-fg">{next ? 'First look' : 'That was all'}</h2>
        <button
          type="button"
          onClick={() => keep({ ...state, over: true })}
          className="inline-flex h-6 items-center rounded-sm px-1 text-fg-3 hover:text-fg"
        >
          {next ? 'Skip' : 'Close'}
        </button>
      </div>
      <ol className="mt-1 flex flex-col gap-1">
        {TOUR.map((step) => {
          const done = state.done.includes(step.id)
          return (
            <li
              key={step.id}
              aria-current={step === next ? 'step' : undefined}
              className={done ? 'text-fg-3' : 'text-fg-2'}
            >
              <span className="flex items-center gap-1.5">
                <StatusMark status={done ? 'ok' : 'unknown'} label={done ? 'done' : 'to do'} />
                <span className={step === next ? 'text-fg' : ''}>{step.title}</span>
                {step.key && !done && (
                  <span className="ml-auto">
                    <Kbd>{step.key}</Kbd>
                  </span>
                )}
              </span>
              {step === next && <span className="mt-0.5 block text-fg-3">{step.text}</span>}
            </li>
          )
        })}
      </ol>
    </section>
  )
}
