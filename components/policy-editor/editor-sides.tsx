'use client'

import { later } from '../later'
import { useCallback, useMemo, useState } from 'react'
import { completionsAt } from '@/core/policy/edit/completions-at'
import { rangeOfPath } from '@/core/policy/edit/read-draft-text'
import { pathText } from '@/core/policy/edit/path'
import { visualOf } from '@/core/policy/edit/visual-of'
import type { PolicyGround } from '@/core/policy/ground'
import { StatusMark } from '../status-mark'
import { Button } from '../ui/button'
import { Skeleton } from '../ui/skeleton'
import { completionContext } from './completion-context'
import { isChanged } from './state/draft-object'
import { readText } from './state/read-objects'
import type { Editor } from './use-editor'
import { VisualEditor } from './visual/visual-editor'

// CodeMirror is large, and only this page has it.
const YamlEditor = later(() => import('./yaml/yaml-editor').then((module) => module.YamlEditor), {
  waiting: () => <Skeleton className="m-3 h-64" />,
})

type Props = { editor: Editor; ground: PolicyGround; onSuggest: () => void }

/** Both sides of the object that is shown: as a picture and as text. A change on one is seen on the other. */
export function EditorSides({ editor, ground, onSuggest }: Props) {
  const { shown, act, edit } = editor
  const [selected, setSelected] = useState<string | null>(null)
  const context = useMemo(() => completionContext(ground), [ground])
  const complete = useCallback((text: string, offset: number) => completionsAt(text, offset, context), [context])
  const object = shown?.object
  const visual = shown?.read.visual ?? null
  const base = object?.base ?? null
  const baseVisual = useMemo(() => {
    const read = base && readText(base.text).object
    return read && visualOf(read)
  }, [base])
  const rulePath = visual?.sides.flatMap(({ rules }) => rules).find(({ path }) => pathText(path) === selected)?.path
  const range = useMemo(() => (object && rulePath ? rangeOfPath(object.text, 0, rulePath) : null), [object, rulePath])
  if (!shown || !object) return null
  const { id, deleted, text } = object
  return (
    <div className="grid min-h-0 flex-1 grid-cols-1 grid-rows-[minmax(14rem,1fr)_minmax(14rem,1fr)] max-lg:overflow-y-auto lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)] 2xl:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)] lg:grid-rows-1">
      <section aria-label="Visual" className="@container min-h-0 overflow-auto bg-canvas">
        {deleted ? (
          <Note>
            The draft deletes this object. What it allowed is left to the other policies.
            <Button size="sm" onClick={() => act({ type: 'deleted', id, deleted: false })}>
              Keep it
            </Button>
          </Note>
        ) : visual ? (
          <>
            {shown.read.outdated && (
              <output className="block border-b border-line px-5 py-1.5 text-xs">
                <StatusMark status="warn" label="The text has an error; this is what it was before." showLabel />
              </output>
            )}
            <VisualEditor
              key={id}
              visual={visual}
              base={baseVisual}
              ground={ground}
              onEdit={edit}
              selected={selected}
              onSelect={(path) => setSelected(path === selected ? null : path)}
              onSuggest={onSuggest}
            />
          </>
        ) : (
          <Note>
            {shown.read.object
              ? 'Objects of this kind are edited as YAML. What they do to traffic is shown below all the same.'
              : shown.read.draft.problems.some(({ severity }) => severity === 'error')
                ? 'The text has an error, and holds no object that could be read.'
                : 'The text holds no object yet.'}
          </Note>
        )}
      </section>
      <section
        aria-label="YAML"
        className="flex min-h-0 flex-col border-t border-line bg-panel lg:border-t-0 lg:border-l"
      >
        <div className="flex min-h-9 shrink-0 items-center gap-2 border-b border-line px-3 text-xs text-fg-3">
          <span className="min-w-0 flex-1 truncate">
            YAML · Ctrl Space completes · Escape, then Tab leaves the text
          </span>
          {base && isChanged(object) && (
            <Button size="sm" variant="quiet" onClick={() => act({ type: 'reverted', id })}>
              As in the cluster
            </Button>
          )}
          {base && !deleted && (
            <Button size="sm" variant="quiet" onClick={() => act({ type: 'deleted', id, deleted: true })}>
              Delete object
            </Button>
          )}
        </div>
        <div className="min-h-0 flex-1">
          <YamlEditor
            key={id}
            text={text}
            base={base?.text ?? null}
            label="YAML of the object"
            readOnly={deleted}
            problems={shown.read.draft.problems}
            shown={range}
            complete={complete}
            onChange={(next) => act({ type: 'typed', id, text: next, at: Date.now() })}
            onUndo={() => act({ type: 'undo' })}
            onRedo={() => act({ type: 'redo' })}
          />
        </div>
      </section>
    </div>
  )
}

const Note = ({ children }: { children: React.ReactNode }) => (
  <div className="flex flex-wrap items-center gap-3 p-5 text-fg-2">{children}</div>
)
