'use client'

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import type { Sort } from '../ui/table-head'
import { parseAsText } from '../url-state'
import { parsePolicySort, nextPolicySort } from './sort-policies'

export const policyViews = ['list', 'board', 'coverage', 'matrix', 'findings'] as const
export type PolicyView = (typeof policyViews)[number]

export const policyGroups = ['none', 'namespace', 'tier'] as const
export type PolicyGroup = (typeof policyGroups)[number]

const parsers = {
  view: parseAsStringLiteral(policyViews).withDefault('list'),
  /** refKey of the object whose panel is open. */
  sel: parseAsText,
  /** Words that a policy must hold. */
  find: parseAsText.withDefault(''),
  kind: parseAsText,
  ns: parseAsText,
  owner: parseAsText,
  state: parseAsText,
  sort: parseAsString.withDefault('place'),
  group: parseAsStringLiteral(policyGroups).withDefault('none'),
  /** Part of the panel that is open. */
  part: parseAsText,
}

/** What of the policies is shown, and how, in the URL. */
export function usePoliciesState() {
  const [state, setState] = useQueryStates(parsers)
  const sort = useMemo<Sort>(() => parsePolicySort(state.sort), [state.sort])
  const sortBy = useCallback((id: string) => void setState({ sort: nextPolicySort(sort, id) }), [sort, setState])
  const setView = useCallback((view: PolicyView) => void setState({ view }, { history: 'push' }), [setState])
  const open = useCallback((sel: string | null) => void setState({ sel, part: null }, { history: 'push' }), [setState])
  const clear = useCallback(
    () => void setState({ find: null, kind: null, ns: null, owner: null, state: null }),
    [setState],
  )
  const { find, kind, ns, owner, state: use } = state
  const narrowed = find !== '' || [kind, ns, owner, use].some((one) => one !== null)
  return { ...state, sort, sortBy, setView, open, clear, narrowed, setState }
}

export type PoliciesState = ReturnType<typeof usePoliciesState>
