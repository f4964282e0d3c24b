'use client'

import { useCallback, useEffect, useState } from 'react'
import { formatDateTime, formatSpan } from '../format'
import { readMoment } from '../read-moment'
import { rememberRange, useRecentRanges } from '../recent-ranges'
import { presets, rangeProblem, windowAt } from '../time-range'
import { useTimeRange } from '../url-state'
import { Button } from '../ui/button'
import { Input } from '../ui/input'
import { Popover } from '../ui/popover'
import { Segmented } from '../ui/segmented'
import { useNow } from '../use-now'
import { setZone, useZone } from '../zone'
import { useShortcut } from './use-shortcuts'

/** A range that is looked at for so long is remembered; those that a film passes are not. */
const lookedAtMs = 3_000

/** Presets, ranges that were looked at, an absolute range, and whose clock times are of. */
export function TimePicker() {
  const { range, whole, setLast, setWindow, move } = useTimeRange()
  const [open, setOpen] = useState(false)
  const now = useNow()
  const zone = useZone()
  const recent = useRecentRanges()
  useEffect(() => {
    if (range.last !== undefined) return undefined
    const timer = setTimeout(() => rememberRange(range), lookedAtMs)
    return () => clearTimeout(timer)
  }, [range])
  useShortcut(
    'time',
    useCallback(() => setOpen(true), []),
  )
  useShortcut(
    'time.back',
    useCallback(() => void move(-1), [move]),
  )
  useShortcut(
    'time.forward',
    useCallback(() => void move(1), [move]),
  )

  const shown = whole ? undefined : range.last
  const label = whole
    ? 'whole recording'
    : range.last === undefined
      ? now === null
        ? 'chosen range'
        : formatSpan(range.from, range.to, now)
      : (presets.find((preset) => preset.last === range.last)?.label ?? `last ${range.last}`)
  const choose = (from: number, to: number) => {
    void setWindow({ from, to })
    setOpen(false)
  }
  return (
    <Popover
      label="Time range"
      trigger={zone === 'utc' ? `${label} UTC` : label}
      open={open}
      onOpenChange={setOpen}
      align="end"
      className="w-72 p-3"
    >
      <div className="grid grid-cols-2 gap-1">
        {presets.map((preset) => (
          <Button
            key={preset.last}
            variant={preset.last === shown ? 'plain' : 'quiet'}
            size="sm"
            aria-pressed={preset.last === shown}
            className="justify-start"
            onClick={() => {
              void setLast(preset.last)
              setOpen(false)
            }}
          >
            {preset.label}
          </Button>
        ))}
      </div>
      <AbsoluteRange onChoose={choose} initial={windowAt(range, now ?? 0)} />
      {recent.length > 0 && (
        <section aria-label="Recent ranges" className="mt-2 border-t border-line pt-2">
          <h2 className="px-2 text-2xs text-fg-3">Recent</h2>
          {recent.map(({ from, to }) => (
            <Button
              key={`${from} ${to}`}
              variant="quiet"
              size="sm"
              className="w-full justify-start"
              onClick={() => choose(from, to)}
            >
              {formatSpan(from, to, now ?? 0)}
            </Button>
          ))}
        </section>
      )}
      <div className="mt-2 flex items-center justify-between border-t border-line pt-2 text-fg-2">
        Times in
        <Segmented
          label="Times in"
          value={zone}
          onChange={setZone}
          options={[
            { value: 'local', label: 'Local time' },
            { value: 'utc', label: 'UTC' },
          ]}
        />
      </div>
    </Popover>
  )
}

type AbsoluteProps = { initial: { from: number; to: number }; onChoose: (from: number, to: number) => void }

/** A range typed as people say times, with what is wrong with it. */
export function AbsoluteRange({ initial, onChoose }: AbsoluteProps) {
  const [from, setFrom] = useState(() => formatDateTime(initial.from))
  const [to, setTo] = useState(() => formatDateTime(initial.to))
  const [tried, setTried] = useState(false)
  const now = useNow() ?? 0
  const problem = rangeProblem(from, to, now)
  const submit = () => {
    setTried(true)
    const start = readMoment(from, now)
    const end = readMoment(to, now)
    if (problem === null && start !== null && end !== null) onChoose(start, end)
  }
  return (
    <form
      noValidate
      className="mt-3 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="grid grid-cols-[auto_1fr] items-center gap-2">
        <label htmlFor="range-from" className="text-fg-2">
          From
        </label>
        <Input
          id="range-from"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
          aria-invalid={tried && problem !== null}
          aria-describedby="range-problem"
        />
        <label htmlFor="range-to" className="text-fg-2">
          To
        </label>
        <Input
          id="range-to"
          value={to}
          onChange={(event) => setTo(event.target.value)}
          aria-invalid={tried && problem !== null}
          aria-describedby="range-problem"
        />
      </div>
      <div className="mt-2 flex min-h-[30px] items-center justify-between gap-2">
        <span id="range-problem" role="alert" className="text-xs text-fg-2">
          {tried ? problem : ''}
        </span>
        <Button type="submit" variant="primary">
          Show
        </Button>
      </div>
    </form>
  )
}
