'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { SavedView, SavedViews } from '@/core/links/saved-view'
import { sendJson } from '../api'
import { savedViewsQuery } from './queries'

/** What can be done with the list; each resolves when the list is read again, and rejects with ApiError. */
export type ViewChange =
  | { readonly type: 'save'; readonly name: string; readonly path: string }
  | {
      readonly type: 'change'
      readonly id: number
      readonly to: Partial<Pick<SavedView, 'name' | 'path' | 'pinned' | 'sharedWith'>>
    }
  | { readonly type: 'delete'; readonly id: number }

const none: SavedViews = { views: [], shareWith: [] }

/** The saved views that who looks finds, with whom they may share theirs, and how to change them. */
export function useSavedViews() {
  const { data: { views, shareWith } = none } = useQuery(savedViewsQuery())
  const client = useQueryClient()
  const { mutateAsync } = useMutation({
    mutationFn: (change: ViewChange) =>
      change.type === 'save'
        ? sendJson('POST', 'saved-views', { name: change.name, path: change.path })
        : change.type === 'change'
          ? sendJson('PUT', `saved-views/${change.id}`, change.to)
          : sendJson('DELETE', `saved-views/${change.id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: savedViewsQuery().queryKey }),
  })
  return { views, shareWith, change: mutateAsync }
}

/** Path and query of what is shown now. */
export const shownPath = (): string => location.pathname + location.search

/** Changes the list and says how it went, also what went wrong. */
export function useSpokenChange(
  change: (what: ViewChange) => Promise<unknown>,
  announce: (sentence: string) => void,
): (what: ViewChange, done: string) => void {
  return useCallback(
    (what, done) => {
      change(what).then(
        () => announce(done),
        (error: unknown) => announce(error instanceof Error ? error.message : 'It could not be changed.'),
      )
    },
    [change, announce],
  )
}
