'use client'

import { type PolicyRef, refKey } from '@/core/policy/normal-form'
import type { GroundPeriod } from '../policy-what-if/panel-props'
import { Button } from '../ui/button'
import { BottomPanels } from './bottom-panels'
import { EditorSides } from './editor-sides'
import { RenamedNote } from './apply/renamed-note'
import { DecisionStrip } from './frame/decision-strip'
import { ObjectTabs } from './frame/object-tabs'
import { StartScreen } from './start-screen'
import { blankText } from './state/opened-objects'
import { hasTextError } from './state/read-objects'
import { scopeOfSubject } from './state/suggest-scope'
import type { Session } from './use-session'

type Props = {
  session: Session
  /** The object that is shown. */
  subject: PolicyRef | null
  /** Only what is about this namespace is offered to begin with; null: the whole cluster. */
  namespace: string | null
  period: GroundPeriod
  onPeriod: (period: GroundPeriod) => void
}

/** What is edited, or where to begin, above what the draft does. */
export function EditorBody({ session, subject, namespace, period, onPeriod }: Props) {
  const { ground, editor, start, suggesting, setSuggesting, adding, setAdding, effects } = session
  const { state, act, shown, changes, read } = editor
  const empty = state.objects.length === 0
  return (
    <>
      {(empty || adding) && !suggesting && (
        <StartScreen
          ground={ground}
          namespace={namespace}
          sentences={start.sentences}
          onNew={(kind, place) => session.add([blankText(kind, place, session.others())])}
          onOpen={session.open}
          onSuggest={(place) => setSuggesting({ type: 'namespaces', namespaces: [place] })}
        />
      )}
      {adding && !empty && (
        <div className="flex justify-end border-t border-line px-5 py-2">
          <Button onClick={() => setAdding(false)}>Back to the draft</Button>
        </div>
      )}
      {!empty && !adding && (
        <>
          <DecisionStrip
            ground={ground}
            changes={changes}
            wish={start.wish}
            proposals={start.proposals}
            chosen={session.chosen}
            notes={start.sentences}
            onChoose={session.choose}
          />
          <ObjectTabs
            objects={state.objects}
            active={state.active}
            read={read}
            onChoose={(id) => act({ type: 'chosen', id })}
            onLeaveOut={(id) => act({ type: 'left out', id })}
            onAdd={() => setAdding(true)}
            record={ground.records.find((one) => subject && refKey(one.ref) === refKey(subject)) ?? null}
          />
          <RenamedNote editor={editor} className="shrink-0 border-b border-line px-5 py-2" />
          {!suggesting && (
            <EditorSides
              editor={editor}
              ground={ground}
              onSuggest={() =>
                setSuggesting(scopeOfSubject(ground, shown?.read.visual ?? null, subject?.namespace ?? null))
              }
            />
          )}
        </>
      )}
      {(!empty || suggesting) && (
        <BottomPanels
          ground={ground}
          effects={effects}
          changes={changes}
          textError={hasTextError(state.objects, read)}
          period={period}
          onPeriod={onPeriod}
          tests={session.tests}
          onTests={session.setTests}
          policy={shown?.object.base?.ref ?? null}
          suggesting={suggesting}
          onSuggesting={setSuggesting}
          onAccept={session.accept}
        />
      )}
    </>
  )
}
