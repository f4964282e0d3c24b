'use client'

import { useCallback, useEffect, useState } from 'react'

type Query = {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly isFetchNextPageError: boolean
  readonly fetchNextPage: () => Promise<unknown>
}

/** Pages in a row that may find nothing before the viewer is asked; each takes about a tenth of a second. */
const maxEmpty = 30

/** Searches further back while the end of the list is in sight. Where little matches it stops after a few seconds and asks. */
export function useSearchOn(query: Query, rows: number, pages: number, question: unknown) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  const [mark, setMark] = useState({ question, rows, pages })
  if (mark.question !== question || rows > mark.rows || pages < mark.pages) setMark({ question, rows, pages })
  const tired = pages - mark.pages >= maxEmpty
  const waits = hasNextPage && !isFetchingNextPage && (tired || isFetchNextPageError)
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError && !tired) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, tired, fetchNextPage])
  // A table without rows has no last row that could come into sight.
  useEffect(() => {
    if (rows === 0) onEnd()
  }, [rows, onEnd])
  const goOn = useCallback(() => {
    setMark({ question, rows, pages })
    void fetchNextPage()
  }, [question, rows, pages, fetchNextPage])
  return { onEnd, goOn, waits }
}
