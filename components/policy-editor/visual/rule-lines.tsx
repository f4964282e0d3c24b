'use client'

import { type RefObject, useEffect, useState } from 'react'

type Line = { readonly key: string; readonly path: string; readonly look: keyof typeof looks }

const looks = {
  unused: { stroke: 'var(--quiet)', width: 1.4, dash: undefined },
  used: { stroke: 'var(--ok)', width: 1.6, dash: undefined },
  marked: { stroke: 'var(--accent)', width: 1.8, dash: undefined },
  open: { stroke: 'var(--line-strong)', width: 1.2, dash: '3 4' },
} as const

/** Lines from each rule to the subject, measured on what is drawn. Decoration: what they say is in the cards. */
export function RuleLines({ frame }: { frame: RefObject<HTMLElement | null> }) {
  const [lines, setLines] = useState<readonly Line[]>([])
  // After the layout effects of this commit, when the frame's own ref is there.
  useEffect(() => {
    const box = frame.current
    if (!box) return undefined
    const measure = () => {
      const next = linesOf(box)
      setLines((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
    }
    const sizes = new ResizeObserver(measure)
    const watch = () => {
      sizes.disconnect()
      for (const part of [box, ...box.querySelectorAll('[data-rule],[data-reach],[data-subject]')]) sizes.observe(part)
      measure()
    }
    const cards = new MutationObserver(watch)
    cards.observe(box, { childList: true, subtree: true, attributeFilter: ['data-mark', 'data-used', 'data-reach'] })
    watch()
    return () => {
      sizes.disconnect()
      cards.disconnect()
    }
  }, [frame])
  return (
    <svg aria-hidden="true" className="pointer-events-none absolute inset-0 size-full" fill="none">
      {lines.map(({ key, path, look }) => (
        <path
          key={key}
          d={path}
          stroke={looks[look].stroke}
          strokeWidth={looks[look].width}
          strokeDasharray={looks[look].dash}
        />
      ))}
    </svg>
  )
}

const spread = 12

function linesOf(box: HTMLElement): readonly Line[] {
  const origin = box.getBoundingClientRect()
  const subject = box.querySelector('[data-subject]')?.getBoundingClientRect()
  if (!subject) return []
  return [...box.querySelectorAll<HTMLElement>('[data-side]')].flatMap((column) => {
    const left = column.dataset.side === 'ingress'
    const cards = [...column.querySelectorAll<HTMLElement>('[data-rule],[data-reach]')]
    return cards.flatMap((card, i): readonly Line[] => {
      const at = card.getBoundingClientRect()
      const from = { x: (left ? at.right : at.left) - origin.left, y: at.top + at.height / 2 - origin.top }
      const middle = subject.top + subject.height / 2 - origin.top + (i - (cards.length - 1) / 2) * spread
      const to = { x: (left ? subject.left : subject.right) - origin.left, y: middle }
      if (left ? to.x <= from.x : to.x >= from.x) return []
      const half = (from.x + to.x) / 2
      const { mark, used } = card.dataset
      return [
        {
          key: `${column.dataset.side} ${i}`,
          path: `M${from.x} ${from.y}C${half} ${from.y} ${half} ${to.y} ${to.x} ${to.y}`,
          look: mark === undefined ? 'open' : mark !== 'same' ? 'marked' : used === 'true' ? 'used' : 'unused',
        },
      ]
    })
  })
}
