'use client'

import { useCallback, useEffect, useEffectEvent, useState } from 'react'
import type { Window } from '@/core/time'

export const speeds = ['slow', 'normal', 'fast'] as const
export type Speed = (typeof speeds)[number]

const frameMs: Readonly<Record<Speed, number>> = { slow: 1_000, normal: 500, fast: 200 }
const bucketMs = 10_000

/** How far the window goes on with each frame: a bucket, or a sixtieth of a long window. */
export const frameStep = (length: number): number => Math.max(bucketMs, Math.round(length / 60 / bucketMs) * bucketMs)

/** The next frame of the film; null where it would go past the end. */
export function nextFrame(shown: Window, end: number): Window | null {
  const step = frameStep(shown.to - shown.from)
  return shown.to + step > end ? null : { from: shown.from + step, to: shown.to + step }
}

type Film = {
  readonly shown: Window | undefined
  /** Where the film ends, milliseconds. */
  readonly end: number
  /** Fetches a frame; the film waits for it. */
  readonly prepare: (window: Window) => Promise<unknown>
  readonly show: (window: Window) => void
  readonly onEnd: () => void
}

/** Where a film begins that is started with nothing left to play: at the start of the strip, with a window that leaves it room. */
export function firstFrame(length: number, strip: Window): Window {
  const room = Math.max(bucketMs, Math.floor((strip.to - strip.from) / 4 / bucketMs) * bucketMs)
  return { from: strip.from, to: strip.from + Math.min(length, room) }
}

/** Plays time as a film: the shown window goes on frame by frame until the end or until it is paused. */
export function usePlay({ shown, end, prepare, show, onEnd }: Film) {
  const [playing, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<Speed>('normal')
  const from = shown?.from
  const to = shown?.to
  const following = useEffectEvent((window: Window) => nextFrame(window, end))
  const prepared = useEffectEvent((window: Window | null) => window && prepare(window))
  const turn = useEffectEvent((next: Window | null) => {
    if (next) return show(next)
    setPlaying(false)
    return onEnd()
  })
  useEffect(() => {
    if (!playing || from === undefined || to === undefined) return undefined
    const next = following({ from, to })
    let stopped = false
    const wait = new Promise((resolve) => setTimeout(resolve, frameMs[speed]))
    // A frame that cannot be had is shown as what it is: the page says so.
    void Promise.allSettled([wait, prepared(next)]).then(() => {
      if (!stopped) turn(next)
    })
    return () => {
      stopped = true
    }
  }, [playing, speed, from, to])
  return {
    playing,
    speed,
    setSpeed,
    play: useCallback(() => setPlaying(true), []),
    pause: useCallback(() => setPlaying(false), []),
  }
}
