'use client'

import { type KeyboardEvent, useRef, useState } from 'react'
import { markSentence } from '@/core/marks/mark-words'
import { formatWhen } from '../format'
import type { MarkGroup } from './mark-groups'

const most = 6

/** Everything that a group says, a sentence each: `14:15 Deployment storefront/bff was deployed, 1.3.7 → 1.3.8`. */
export function groupSentences({ marks }: Pick<MarkGroup, 'marks'>): readonly string[] {
  const said = marks.slice(0, most).map((mark) => `${formatWhen(mark.at, 'min')} ${markSentence(mark)}`)
  return marks.length > most ? [...said, `and ${marks.length - most} more`] : said
}

type Props = {
  readonly groups: readonly MarkGroup[]
  readonly onTell: (group: MarkGroup | null) => void
  readonly onOpen: (group: MarkGroup) => void
}

/** A triangle for each group of marks, at the top of a chart. One tab stop; arrows go from one to the next, Enter opens. */
export function MarkButtons({ groups, onTell, onOpen }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const [focus, setFocus] = useState(0)
  const at = Math.min(focus, groups.length - 1)
  const walk = (event: KeyboardEvent) => {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: groups.length - 1 }[event.key]
    if (to === undefined || to < 0 || to >= groups.length) return
    event.preventDefault()
    setFocus(to)
    list.current?.querySelectorAll('button')[to]?.focus()
  }
  if (groups.length === 0) return null
  return (
    <ul ref={list} aria-label="Changes" className="contents">
      {groups.map((group, i) => (
        <li key={group.marks[0]?.id} className="contents">
          <button
            type="button"
            tabIndex={i === at ? 0 : -1}
            aria-label={groupSentences(group).join('; ')}
            className="absolute top-0 z-10 flex size-4 -translate-x-1/2 cursor-pointer items-start justify-center pt-px text-[8px] leading-none text-fg-2 hover:text-fg"
            style={{ left: group.x }}
            onPointerDown={(event) => event.stopPropagation()}
            onDoubleClick={(event) => event.stopPropagation()}
            onPointerEnter={() => onTell(group)}
            onPointerLeave={() => onTell(null)}
            onFocus={() => {
              setFocus(i)
              onTell(group)
            }}
            onBlur={() => onTell(null)}
            onKeyDown={walk}
            onClick={() => onOpen(group)}
          >
            <span aria-hidden="true">▲</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
