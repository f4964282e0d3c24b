'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useQueryState } from 'nuqs'
import { useMemo, useState } from 'react'
import { type GroundPeriod, groundPeriods } from '../policy-what-if/panel-props'
import { ErrorState } from '../shell/error-state'
import { OfflineStrip } from '../shell/offline-strip'
import { SessionStrip } from '../shell/session-strip'
import { Skeleton } from '../ui/skeleton'
import { urlParsers } from '../url-state'
import { draftQuery } from './drafts/draft-api'
import { type Entry, entryOfAddress } from './entry'
import { EditorHead } from './frame/editor-head'
import { OpenedEditor } from './opened-editor'
import { groundQuery } from './queries'
import { useEntry } from './use-entry'
import { useProposed } from './use-proposed'

const usualPeriod: GroundPeriod = '14d'

/** What is edited now, and the draft that was made of it. */
type Session = { readonly entry: Entry; readonly own: number | null }

/** Change what policies allow: see it, try it on recorded traffic, apply it, watch it hold. */
export function PolicyEditorPage() {
  const { entry, cluster, keepDraft } = useEntry()
  const [session, setSession] = useState<Session>({ entry, own: null })
  const isOwn = entry.from === 'draft' && entry.id === session.own
  if (!isOwn && JSON.stringify(entry) !== JSON.stringify(session.entry)) setSession({ entry, own: null })
  const opened = session.entry
  const [last, setLast] = useQueryState('last', urlParsers.last.withOptions({ history: 'replace' }))
  const period = groundPeriods.find((one) => one === last) ?? usualPeriod
  const draft = useQuery({ ...draftQuery(opened.from === 'draft' ? opened.id : 0), enabled: opened.from === 'draft' })
  const draftCluster = opened.from === 'draft' ? draft.data?.cluster : (cluster ?? undefined)
  const ground = useQuery({
    ...groundQuery(draftCluster ?? null, period),
    enabled: opened.from !== 'draft' || draft.data !== undefined,
    placeholderData: keepPreviousData,
  })
  const error = draft.error ?? (ground.data ? null : ground.error)
  const from = draft.data?.content.openedFrom
  const wished = useMemo(() => (from === undefined ? opened : entryOfAddress(from)), [from, opened])
  const proposed = useProposed(ground.data, wished)
  const ready = ground.data && (opened.from !== 'draft' || draft.data) && proposed !== undefined
  return (
    <>
      {error || !ready || !ground.data ? (
        <>
          <EditorHead subject={null} state="" undo={null} redo={null} />
          <SessionStrip />
          <OfflineStrip />
          <main id="page" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
            <h1 className="sr-only">Edit policies</h1>
            {error ? (
              <ErrorState error={error} onRetry={() => void (draft.error ? draft.refetch() : ground.refetch())} />
            ) : (
              <EditorSkeleton />
            )}
          </main>
        </>
      ) : (
        <OpenedEditor
          key={JSON.stringify(opened)}
          entry={opened}
          ground={ground.data}
          proposed={proposed ?? null}
          refetchGround={async () => (await ground.refetch()).data}
          draft={opened.from === 'draft' ? (draft.data ?? null) : null}
          period={period}
          onPeriod={(next) => void setLast(next === usualPeriod ? null : next)}
          onCreated={(id) => {
            setSession({ entry: opened, own: id })
            keepDraft(id, ground.data.cluster)
          }}
        />
      )}
    </>
  )
}

const EditorSkeleton = () => (
  <output aria-label="Reading policies and traffic" className="grid min-h-0 flex-1 grid-cols-[1.25fr_1fr] gap-4 p-5">
    <Skeleton className="h-72" />
    <Skeleton className="h-full" />
  </output>
)
