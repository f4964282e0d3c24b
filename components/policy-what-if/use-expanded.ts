'use client'

import { parseAsArrayOf, useQueryState } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { parseAsText } from '../url-state'

const parser = parseAsArrayOf(parseAsText).withDefault([])

/** Which rows of the panel are unfolded, kept in the URL. */
export function useExpanded(): readonly [ReadonlySet<string>, (row: string) => void] {
  const [rows, setRows] = useQueryState('rows', parser)
  const expanded = useMemo(() => new Set(rows), [rows])
  const toggle = useCallback(
    (row: string) =>
      void setRows((before) => {
        const next = before.includes(row) ? before.filter((one) => one !== row) : [...before, row]
        return next.length > 0 ? next : null
      }),
    [setRows],
  )
  return [expanded, toggle]
}
