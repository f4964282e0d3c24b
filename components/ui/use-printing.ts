'use client'

import { useSyncExternalStore } from 'react'

/** Rows of a table that go on paper at most. */
export const maxPrintedRows = 2_000

let printing = false

function subscribe(changed: () => void): () => void {
  const set = (next: boolean) => () => {
    printing = next
    changed()
  }
  const [begin, end] = [set(true), set(false)]
  addEventListener('beforeprint', begin)
  addEventListener('afterprint', end)
  return () => {
    removeEventListener('beforeprint', begin)
    removeEventListener('afterprint', end)
  }
}

/** Whether the page is being printed: what is out of sight must then be there. */
export const usePrinting = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => printing,
    () => false,
  )

/** Places of the rows of a printed table, in place of those in sight. */
export const printedRows = (count: number, rowHeight: number) =>
  Array.from({ length: Math.min(count, maxPrintedRows) }, (_, index) => ({
    index,
    key: index,
    start: index * rowHeight,
    end: (index + 1) * rowHeight,
  }))
