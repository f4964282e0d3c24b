'use client'

import { Button } from '../../ui/button'
import { type Speed, speeds } from './use-play'

type Props = {
  readonly playing: boolean
  readonly speed: Speed
  readonly live: boolean
  /** False for a recording, which has no live end. */
  readonly canLive: boolean
  readonly onPlay: () => void
  readonly onSpeed: (speed: Speed) => void
  readonly onLive: () => void
}

const words: Readonly<Record<Speed, string>> = { slow: 'Slow', normal: 'Normal', fast: 'Fast' }

/** Play or pause, how fast, and back to now. */
export function PlayControls({ playing, speed, live, canLive, onPlay, onSpeed, onLive }: Props) {
  const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 'normal'
  return (
    <div className="grid w-32 shrink-0 grid-cols-2 content-end gap-1 print:hidden">
      <Button size="sm" aria-pressed={playing} onClick={onPlay} title="Play the shown time as a film">
        <span aria-hidden="true" className="w-2.5 text-[9px]">
          {playing ? '❚❚' : '▶'}
        </span>
        {playing ? 'Pause' : 'Play'}
      </Button>
      <Button size="sm" variant="quiet" onClick={() => onSpeed(next)} title={`Play ${words[next].toLowerCase()}`}>
        <span className="sr-only">Speed: </span>
        {words[speed]}
      </Button>
      {canLive && (
        <Button size="sm" variant="quiet" className="col-span-2" disabled={live} onClick={onLive}>
          {live ? 'At the live end' : 'Go live'}
        </Button>
      )}
    </div>
  )
}
