'use client'

import { useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { parseAsText, urlParsers } from '../url-state'
import { clusterOfEntry, type Entry, entryOf } from './entry'

const parsers = {
  draft: parseAsText,
  ref: parseAsText,
  allow: parseAsText,
  deny: parseAsText,
  why: parseAsText,
  isolate: parseAsText,
  least: parseAsText,
  namespace: parseAsText,
  new: parseAsText,
  cluster: urlParsers.cluster,
}

/** What the address opens. `keepDraft`: from now on the address is that of a draft, without a step back. */
export function useEntry(): {
  readonly entry: Entry
  readonly cluster: string | null
  readonly keepDraft: (id: number, cluster: string) => void
} {
  const [given, setGiven] = useQueryStates(parsers)
  const entry = useMemo(() => entryOf(given), [given])
  const cluster = useMemo(() => clusterOfEntry(entry, given) ?? given.cluster, [entry, given])
  const keepDraft = useCallback(
    (id: number, of: string) => {
      void setGiven({ ...none, draft: String(id), cluster: of }, { history: 'replace' })
    },
    [setGiven],
  )
  return { entry, cluster, keepDraft }
}

const none = {
  draft: null,
  ref: null,
  allow: null,
  deny: null,
  why: null,
  isolate: null,
  least: null,
  namespace: null,
  new: null,
}
