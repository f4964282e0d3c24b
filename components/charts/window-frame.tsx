'use client'

import type { KeyboardEvent, PointerEvent } from 'react'
import type { Window } from '@/core/time'
import { formatWhen } from '../format'
import type { Grip } from './drag-window'

type Props = {
  readonly window: Window
  readonly bounds: Window
  readonly live: boolean
  readonly grab: (grip: Grip) => (event: PointerEvent<HTMLElement>) => void
  readonly press: (grip: Grip) => (event: KeyboardEvent<HTMLElement>) => void
}

const share = (time: number, { from, to }: Window) =>
  Math.max(0, Math.min(100, ((time - from) / Math.max(1, to - from)) * 100))

/** The frame around what is shown: three sliders, for all of it and for each of its ends. */
export function WindowFrame({ window, bounds, live, grab, press }: Props) {
  const left = share(window.from, bounds)
  const right = share(window.to, bounds)
  if (window.to <= bounds.from || window.from >= bounds.to) return null
  const slider = (grip: Grip, label: string, time: number, text: string) => ({
    role: 'slider',
    tabIndex: 0,
    'aria-label': label,
    'aria-valuemin': Math.round(bounds.from / 1000),
    'aria-valuemax': Math.round(bounds.to / 1000),
    'aria-valuenow': Math.round(Math.max(bounds.from, Math.min(bounds.to, time)) / 1000),
    'aria-valuetext': text,
    onPointerDown: grab(grip),
    onKeyDown: press(grip),
  })
  const span = `${formatWhen(window.from, 's')} to ${formatWhen(window.to, 's')}${live ? ', following new data' : ''}`
  const edge = 'absolute inset-y-0 w-3 -translate-x-1/2 cursor-ew-resize rounded-sm hover:bg-accent/40'
  return (
    <>
      <div
        {...slider('frame', 'Shown time', window.from, span)}
        className="absolute inset-y-px cursor-grab rounded-[3px] border border-accent bg-accent/10 active:cursor-grabbing"
        style={{ left: `${left}%`, width: `max(4px, ${right - left}%)` }}
      />
      <div
        {...slider('start', 'Start of the shown time', window.from, formatWhen(window.from, 's'))}
        className={edge}
        style={{ left: `${left}%` }}
      />
      <div
        {...slider('end', 'End of the shown time', window.to, formatWhen(window.to, 's'))}
        className={edge}
        style={{ left: `min(${right}%, 100% - 5px)` }}
      />
    </>
  )
}
