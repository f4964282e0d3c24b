'use client'

import { type ReactNode, useMemo, useRef, useState } from 'react'
import type { Totals } from '@/core/graph/build-totals'
import type { Mark } from '@/core/marks/mark'
import type { Window } from '@/core/time'
import { formatDateTime, formatWhen, needsDate } from '../format'
import { gapsAt, gapWords } from './gap-labels'
import { Hatch } from './hatch'
import { groupSentences, MarkButtons } from './mark-buttons'
import { type MarkAction, MarkMenu } from './mark-menu'
import { groupMarks, groupWeight, groupWords, type Label, type MarkGroup, placeLabels } from './mark-groups'
import { gapSpans } from './scale'
import { Bars, stepWords } from './timeline-bars'
import { useWidth } from './use-width'
import { useWindowDrag } from './use-window-drag'
import { WindowFrame } from './window-frame'

const height = 50
/** Pixels at both ends of the line of labels that the times take, without a date and with it. */
const endRoom = { time: 74, date: 128 }
const gapWeight = 3.5

type Props = {
  readonly series: Totals
  /** What the page shows just now. */
  readonly shown: Window
  /** What is marked as live at the right end. */
  readonly live: boolean
  /** Deploys and other changes, in any order; those outside are left out. */
  readonly marks?: readonly Mark[]
  readonly onSelect: (window: Window) => void
  readonly onLive: () => void
  /** Compares the time after a moment with the time before it; null where too little has passed, absent where nothing is compared. */
  readonly comparing?: (at: number) => (() => void) | null
  /** Beside the strip: play, live. */
  readonly children?: ReactNode
}

/**
 * Totals over time as bars (errors and denials red at the foot), gaps hatched, changes marked, the shown
 * window framed. Dragging chooses another window, or moves the frame or its edges; so do wheel and keys. A
 * double click goes live.
 */
export function Timeline({ series, shown, live, marks = [], onSelect, onLive, comparing, children }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box, 900)
  const [cursor, setCursor] = useState<number | null>(null)
  const [told, setTold] = useState<MarkGroup | null>(null)
  const [opened, setOpened] = useState<MarkGroup | null>(null)
  const bounds = series.window
  const drag = useWindowDrag(box, bounds, shown, onSelect)
  const spans = gapSpans(series)
  const groups = useMemo(() => groupMarks(marks, bounds, width), [marks, bounds, width])
  const hover = told
    ? groupSentences(told).join(' · ')
    : drag.draft
      ? `${formatWhen(drag.draft.from, 's')} – ${formatWhen(drag.draft.to, 's')}`
      : cursor === null
        ? null
        : stepWords(series, cursor)
  const actionsOf = (at: number): readonly MarkAction[] => {
    const around = () => {
      const half = (shown.to - shown.from) / 2
      const to = Math.min(bounds.to, at + half)
      onSelect({ from: to - 2 * half, to })
    }
    const compare = comparing?.(at) ?? null
    return [
      ...(compare ? [{ label: 'Compare before and after', run: compare }] : []),
      { label: 'Show the time around it', run: around },
    ]
  }
  return (
    <div className="flex gap-3 border-t border-line px-3.5 pt-1 pb-1.5">
      <div className="min-w-0 flex-1">
        <div className="relative mb-0.5 flex h-4 justify-between gap-3 text-2xs text-fg-3">
          <span className="shrink-0">{formatWhen(bounds.from, 'min')}</span>
          {hover !== null ? (
            <span className="truncate text-fg-2">{hover}</span>
          ) : (
            <Labels series={series} spans={spans} groups={groups} width={width} />
          )}
          <span className="shrink-0">
            {formatWhen(bounds.to, 'min')}
            {live && ' live'}
          </span>
        </div>
        <div
          ref={box}
          role="presentation"
          className="relative cursor-crosshair touch-none"
          onPointerDown={drag.grab('brush')}
          onPointerMove={(event) => {
            setCursor(drag.timeAt(event.clientX))
            drag.drag(event)
          }}
          onPointerUp={drag.release}
          onPointerCancel={drag.release}
          onPointerLeave={() => setCursor(null)}
          onDoubleClick={onLive}
        >
          <svg
            width={width}
            height={height}
            className="block"
            role="img"
            aria-label="Traffic, errors and denials over time"
          >
            <Bars series={series} width={width} height={height} />
            <Hatch spans={spans} width={width} height={height} />
            {groups.map(({ x, at }) => (
              <path key={at} d={`M${x} 9V${height}`} stroke="var(--fg-3)" strokeDasharray="2 3" />
            ))}
          </svg>
          <WindowFrame window={drag.draft ?? shown} bounds={bounds} live={live} grab={drag.grab} press={drag.press} />
          <MarkButtons groups={groups} onTell={setTold} onOpen={setOpened} />
          {opened && (
            <MarkMenu
              label={groupSentences(opened).join('; ')}
              x={opened.x}
              width={width}
              actions={actionsOf(opened.at)}
              onClose={() => setOpened(null)}
            />
          )}
        </div>
      </div>
      {children}
    </div>
  )
}

type LabelsProps = {
  readonly series: Totals
  readonly spans: readonly (readonly [number, number])[]
  readonly groups: readonly MarkGroup[]
  readonly width: number
}

/** What was changed and what is missing, in words, as far as there is room. */
function Labels({ series, spans, groups, width }: LabelsProps) {
  const { from, to } = series.window
  const ends = needsDate(from) ? endRoom.date : endRoom.time
  const kept = series.firstData !== null && series.firstData > from ? series.firstData : null
  const labels: Label[] = [
    ...groups.map((group) => ({
      words: `▲ ${groupWords(group)} ${formatWhen(group.at, 'min')}`,
      x: group.x,
      weight: groupWeight(group),
    })),
    ...spans.map(([a, b]) => {
      const words = gapWords(gapsAt(series.gaps, from + a * (to - from), from + b * (to - from)))
      return { words: words && `▨ ${words}`, x: ((a + b) / 2) * width, weight: gapWeight + b - a }
    }),
    ...(kept === null
      ? []
      : [
          {
            words: `no data before ${needsDate(kept, to) ? formatDateTime(kept, 'min') : formatWhen(kept, 'min')}`,
            x: ((kept - from) / (to - from) / 2) * width,
            weight: 9,
          },
        ]),
  ]
  const places = placeLabels(labels, width, [ends, ends])
  return labels.map(({ words }, i) => {
    const x = places.get(i)
    return x === undefined ? null : (
      <span key={words + i} className="absolute -translate-x-1/2 whitespace-nowrap" style={{ left: x }}>
        {words}
      </span>
    )
  })
}
