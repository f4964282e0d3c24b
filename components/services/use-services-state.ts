'use client'

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import type { Sort } from '../ui/table-head'
import { sortKeys } from './sort-services'

export const groups = ['none', 'namespace'] as const
export type Group = (typeof groups)[number]

const parsers = { sort: parseAsString.withDefault('-health'), group: parseAsStringLiteral(groups).withDefault('none') }

/** `-rate` is descending; an unknown column is the default. */
export function parseSort(text: string): Sort {
  const descending = text.startsWith('-')
  const id = descending ? text.slice(1) : text
  if (!Object.hasOwn(sortKeys, id)) return { id: 'health', direction: 'descending' }
  return { id, direction: descending ? 'descending' : 'ascending' }
}

/** What a press on a head makes of the sort: figures start with the largest, names with A; a second press turns it round. */
export function nextSort(sort: Sort, id: string): string {
  const firstDescending = id !== 'service'
  if (sort.id !== id) return firstDescending ? `-${id}` : id
  return sort.direction === 'descending' ? id : `-${id}`
}

/** Order and grouping of the services table, in the URL. */
export function useServicesState() {
  const [state, setState] = useQueryStates(parsers)
  const sort = useMemo(() => parseSort(state.sort), [state.sort])
  const sortBy = useCallback((id: string) => void setState({ sort: nextSort(sort, id) }), [sort, setState])
  const setGroup = useCallback((group: Group) => void setState({ group }), [setState])
  return { sort, sortBy, group: state.group, setGroup }
}
