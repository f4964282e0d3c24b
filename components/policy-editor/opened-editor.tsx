'use client'

import { useQueryState } from 'nuqs'
import { useState } from 'react'
import type { WriteResult } from '@/core/policy/apply/write-result'
import { objectText } from '@/core/policy/edit/object-text'
import type { PolicyGround } from '@/core/policy/ground'
import { policyName } from '@/core/policy/policy-name'
import type { GroundPeriod } from '../policy-what-if/panel-props'
import { OfflineStrip } from '../shell/offline-strip'
import { SessionStrip } from '../shell/session-strip'
import { Button } from '../ui/button'
import { urlParsers } from '../url-state'
import { ApplyControls } from './apply/apply-controls'
import { ConfirmationPanel } from './apply/confirmation-panel'
import { rebasedObjects } from './apply/rebased'
import { ConflictDialog } from './drafts/conflict-dialog'
import { DraftMenu } from './drafts/draft-menu'
import { DraftState } from './drafts/draft-state'
import { LocalCopyStrip } from './drafts/local-copy-strip'
import { isDue } from './drafts/saving'
import { EditorBody } from './editor-body'
import { openedFromWords } from './entry'
import { EditorHead } from './frame/editor-head'
import { type SessionGiven, useSession } from './use-session'
import { useUndoKeys } from './use-undo-keys'

type Props = SessionGiven & {
  refetchGround: () => Promise<PolicyGround | undefined>
  onPeriod: (period: GroundPeriod) => void
}

/** The editor with a cluster's policies and traffic under it. */
export function OpenedEditor({ refetchGround, onPeriod, ...given }: Props) {
  const { entry, draft, ground, period } = given
  const session = useSession(given)
  const { editor, saving, revision, openedFrom, effects } = session
  const { state, act, shown, read, changes } = editor
  const [applied, setApplied] = useQueryState('applied', urlParsers.applied.withOptions({ history: 'replace' }))
  const [putOff, setPutOff] = useState<number | null>(null)
  const undo = state.past.length > 0 ? () => act({ type: 'undo' }) : null
  const redo = state.future.length > 0 ? () => act({ type: 'redo' }) : null
  useUndoKeys(undo, redo)
  const subject = shown?.read.draft.objects[0]?.ref ?? shown?.object.base?.ref ?? null
  const saved = saving.saving
  const empty = state.objects.length === 0
  const undone = (results: readonly WriteResult[]) => {
    const textOf = (_: unknown, { after }: WriteResult) => (after ? objectText(after) : '')
    act({ type: 'rebased', bases: rebasedObjects(state.objects, read, results, textOf) })
  }
  return (
    <>
      <EditorHead
        subject={subject}
        undo={undo}
        redo={redo}
        state={
          !empty && (
            <DraftState
              saving={saved}
              due={isDue(saved, revision)}
              proposed={changes.length > 0}
              from={openedFromWords(openedFrom)}
            />
          )
        }
      >
        {saved.state === 'conflict' && <Button onClick={() => setPutOff(null)}>Resolve…</Button>}
        {saved.draft && <DraftMenu id={saved.draft.id} draft={saving} />}
        {!empty && (
          <ApplyControls
            editor={editor}
            ground={ground}
            draft={saved.draft?.id ?? null}
            effects={effects}
            refetchGround={refetchGround}
          />
        )}
      </EditorHead>
      <SessionStrip />
      <OfflineStrip />
      <main id="page" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
        <h1 className="sr-only">Edit policies{subject ? `: ${policyName(subject)}` : ''}</h1>
        <output className="sr-only">{state.said}</output>
        <LocalCopyStrip
          draft={draft}
          openedFrom={openedFrom}
          onRestore={(objects) => act({ type: 'replaced', objects })}
        />
        {applied !== null && (
          <ConfirmationPanel
            key={applied}
            change={applied}
            onSeen={() => void refetchGround()}
            onUndone={undone}
            onShow={(change) => void setApplied(change)}
            onClose={() => void setApplied(null)}
          />
        )}
        <EditorBody
          session={session}
          subject={subject}
          namespace={entry.from === 'namespace' ? entry.namespace : null}
          period={period}
          onPeriod={onPeriod}
        />
      </main>
      {saved.state === 'conflict' && saved.draft && saved.theirs && saved.theirs.version !== putOff && (
        <ConflictDialog
          id={saved.draft.id}
          theirs={saved.theirs}
          mine={state.objects}
          onTake={session.take}
          onKeepCopy={saving.copy}
          onClose={() => setPutOff(saved.theirs?.version ?? null)}
        />
      )}
    </>
  )
}
