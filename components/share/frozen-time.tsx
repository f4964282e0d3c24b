'use client'

import { formatSpan } from '../format'
import { useNow } from '../use-now'
import { useFrozen } from './frozen-gate'

/** In place of the time picker: a frozen view has one time. */
export function FrozenTime() {
  const link = useFrozen()
  const now = useNow()
  if (!link || now === null || link.from === null || link.to === null) return null
  return (
    <span
      className="inline-flex h-[30px] items-center rounded-md border border-line px-2.5 text-fg-2"
      title="A frozen view has one time, and does not move."
    >
      {formatSpan(link.from, link.to, now)}
    </span>
  )
}
