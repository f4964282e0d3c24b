'use client'

import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import type { Sort } from '../ui/table-head'
import { columnChoices, usualColumns } from './columns'
import { sortKeys } from './sort-services'

export const groups = ['none', 'namespace', 'team'] as const
export type Group = (typeof groups)[number]

const parsers = {
  sort: parseAsString.withDefault('-health'),
  group: parseAsStringLiteral(groups).withDefault('none'),
  cols: parseAsArrayOf(parseAsString),
}

/** `-rate` is descending; an unknown column is the default. */
export function parseSort(text: string): Sort {
  const descending = text.startsWith('-')
  const id = descending ? text.slice(1) : text
  if (!Object.hasOwn(sortKeys, id)) return { id: 'health', direction: 'descending' }
  return { id, direction: descending ? 'descending' : 'ascending' }
}

/** What a press on a head makes of the sort: figures start with the largest, names with A; a second press turns it round. */
export function nextSort(sort: Sort, id: string): string {
  const firstDescending = !['service', 'kind', 'team'].includes(id)
  if (sort.id !== id) return firstDescending ? `-${id}` : id
  return sort.direction === 'descending' ? id : `-${id}`
}

/** The columns of a link that there are; null where none is named, so that the usual ones are shown. */
export function parseColumns(cols: readonly string[] | null): readonly string[] | null {
  const known = columnChoices.map(({ id }) => id).filter((id) => cols?.includes(id))
  return cols === null || (known.length === 0 && cols.length > 0 && !cols.includes('none')) ? null : known
}

/** Order, grouping and columns of the services table, in the URL. */
export function useServicesState() {
  const [state, setState] = useQueryStates(parsers)
  const sort = useMemo(() => parseSort(state.sort), [state.sort])
  const chosen = useMemo(() => parseColumns(state.cols), [state.cols])
  const sortBy = useCallback((id: string) => void setState({ sort: nextSort(sort, id) }), [sort, setState])
  const setGroup = useCallback((group: Group) => void setState({ group }), [setState])
  const setColumns = useCallback(
    (next: readonly string[] | null) => {
      const usual = next === null || next.join() === usualColumns.join()
      void setState({ cols: usual ? null : next.length > 0 ? [...next] : ['none'] })
    },
    [setState],
  )
  return {
    sort,
    sortBy,
    group: state.group,
    setGroup,
    columns: chosen ?? usualColumns,
    isUsual: chosen === null,
    setColumns,
  }
}
