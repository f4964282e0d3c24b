'use client'

import type { ReactNode, RefObject } from 'react'
import { Button } from './button'
import { useBeyond } from './use-beyond'

/** How much of what is in sight a press moves on by. */
const step = 0.7

type Props = {
  /** What scrolls, within the children. */
  scroller: RefObject<HTMLElement | null>
  /** What there is more of: `callees`. */
  what: string
  children: ReactNode
}

/** Around a table that may be wider than its room: an edge that hides more is a strong line, and a bar below says so and goes there. */
export function WideFrame({ scroller, what, children }: Props) {
  const { left, right } = useBeyond(scroller)
  const go = (sign: 1 | -1) =>
    scroller.current?.scrollBy({ left: sign * step * scroller.current.clientWidth, behavior: 'instant' })
  const edge = `border-line-strong ${left ? 'border-l-2' : ''} ${right ? 'border-r-2' : ''}`
  return (
    <>
      <div className="relative flex min-h-0 flex-1 flex-col">
        {children}
        <span aria-hidden="true" className={`pointer-events-none absolute inset-0 z-10 print:hidden ${edge}`} />
      </div>
      {(left || right) && (
        <div className="flex shrink-0 items-center justify-between gap-2 border-t border-line px-3 py-1 print:hidden">
          <Button size="sm" variant="quiet" disabled={!left} onClick={() => go(-1)}>
            ← More {what}
          </Button>
          <Button size="sm" variant="quiet" disabled={!right} onClick={() => go(1)}>
            More {what} →
          </Button>
        </div>
      )}
    </>
  )
}
