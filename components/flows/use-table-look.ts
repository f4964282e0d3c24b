'use client'

import { parseAsString, useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { useRemembered } from '../use-remembered'
import { type ColumnId, columnIds, defaultColumns } from './columns'
import { type Zone, zones } from './when'

export const densities = ['compact', 'comfortable'] as const
export type Density = (typeof densities)[number]
export const rowHeights: Readonly<Record<Density, number>> = { compact: 28, comfortable: 36 }

const parsers = { cols: parseAsString, rows: parseAsString, tz: parseAsString }

/** How the table looks: columns and their order, density, zone of times. In the URL, so that a link shows the same; what was chosen last is this browser's own. */
export function useTableLook() {
  const [url, setUrl] = useQueryStates(parsers)
  const [cols, rememberCols] = useRemembered('flows.cols', '')
  const [rows, rememberRows] = useRemembered('flows.rows', 'compact')
  const [tz, rememberTz] = useRemembered('flows.tz', 'local')
  const columns = useMemo(() => parseColumns(url.cols ?? cols), [url.cols, cols])
  return {
    columns,
    density: densities.find((one) => one === (url.rows ?? rows)) ?? 'compact',
    zone: zones.find((one) => one === (url.tz ?? tz)) ?? 'local',
    setColumns: useCallback(
      (next: readonly ColumnId[]) => {
        const text = next.join(',')
        rememberCols(text)
        void setUrl({ cols: text === defaultColumns.join(',') ? null : text })
      },
      [rememberCols, setUrl],
    ),
    setDensity: useCallback(
      (next: Density) => {
        rememberRows(next)
        void setUrl({ rows: next === 'compact' ? null : next })
      },
      [rememberRows, setUrl],
    ),
    setZone: useCallback(
      (next: Zone) => {
        rememberTz(next)
        void setUrl({ tz: next === 'local' ? null : next })
      },
      [rememberTz, setUrl],
    ),
  }
}

/** Columns by their names joined with commas; unknown names and doubles are left out, nothing is all of the usual ones. */
export function parseColumns(text: string): readonly ColumnId[] {
  const names = new Set(text.split(','))
  const found = [...names].flatMap((name) => columnIds.find((id) => id === name) ?? [])
  return found.length > 0 ? found : defaultColumns
}
