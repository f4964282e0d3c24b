'use client'

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, foldKeymap, indentOnInput } from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { Annotation, Compartment, EditorState } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { useEffect, useEffectEvent, useRef } from 'react'
import type { TextProblem } from '@/core/policy/edit/draft-text'
import type { TextRange } from '@/core/policy/edit/policy-edit'
import { pageNonce } from '../../page-nonce'
import { baseText, changedLinesMarked } from './changed-lines'
import { type Complete, completionSource } from './completion-source'
import { replacement } from './replace-text'
import { showRule, shownRule } from './shown-rule'
import { theme } from './theme'

type Props = {
  text: string
  /** What changed lines are told by; null: everything is new. */
  base: string | null
  label: string
  readOnly: boolean
  problems: readonly TextProblem[]
  /** The part that is selected on the visual side. */
  shown: TextRange | null
  complete: Complete
  onChange: (text: string) => void
  /** The history is the page's, since it covers the visual side too. */
  onUndo: () => void
  onRedo: () => void
}

/** Marks what the page itself writes, so that it is not told as typed. */
const fromPage = Annotation.define<boolean>()

/** The text side: CodeMirror for YAML. Escape, then Tab leaves it. */
export function YamlEditor(props: Props) {
  const { text, base, label, readOnly, problems, shown } = props
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const parts = useRef({ base: new Compartment(), readOnly: new Compartment() })
  const typed = useEffectEvent((next: string) => props.onChange(next))
  const undo = useEffectEvent(() => props.onUndo())
  const redo = useEffectEvent(() => props.onRedo())
  const complete = useEffectEvent((whole: string, offset: number) => props.complete(whole, offset))
  const start = useEffectEvent(() => ({
    text,
    label,
    extensions: [parts.current.base.of(baseText.of(base)), parts.current.readOnly.of(readOnlyOf(readOnly))],
  }))
  useEffect(() => {
    const { text: doc, label: name, extensions } = start()
    const run = (step: () => void) => () => {
      step()
      return true
    }
    const made = new EditorView({
      parent: host.current ?? undefined,
      state: EditorState.create({
        doc,
        extensions: [
          extensions,
          lineNumbers(),
          // A text that reads otherwise than it is, by bidirectional and invisible characters, shows them.
          highlightSpecialChars(),
          drawSelection(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          bracketMatching(),
          closeBrackets(),
          indentOnInput(),
          yaml(),
          EditorState.tabSize.of(2),
          EditorView.cspNonce.of(pageNonce()),
          EditorView.contentAttributes.of({ 'aria-label': name, tabindex: '0' }),
          autocompletion({ override: [completionSource(complete)], icons: false }),
          lintGutter(),
          changedLinesMarked,
          shownRule,
          keymap.of([
            { key: 'Mod-z', run: run(undo), preventDefault: true },
            { key: 'Mod-y', mac: 'Mod-Shift-z', run: run(redo), preventDefault: true },
            { key: 'Mod-Shift-z', run: run(redo), preventDefault: true },
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...searchKeymap,
            ...foldKeymap,
            ...lintKeymap,
            ...defaultKeymap,
            indentWithTab,
          ]),
          EditorView.updateListener.of((update) => {
            const own = update.transactions.some((one) => one.docChanged && one.annotation(fromPage) !== true)
            if (own) typed(update.state.doc.toString())
          }),
          theme,
        ],
      }),
    })
    view.current = made
    return () => {
      made.destroy()
      view.current = null
    }
  }, [])
  useEffect(() => {
    const change = view.current && replacement(view.current.state.doc.toString(), text)
    if (change) view.current?.dispatch({ changes: change, annotations: fromPage.of(true) })
  }, [text])
  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.base.reconfigure(baseText.of(base)) })
  }, [base])
  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.readOnly.reconfigure(readOnlyOf(readOnly)) })
  }, [readOnly])
  useEffect(() => {
    const { current } = view
    if (!current) return
    const { length } = current.state.doc
    const diagnostics = problems.map(({ from, to, severity, message }) => ({
      from: Math.min(from, length),
      to: Math.min(Math.max(to, from + 1), length),
      severity: severity === 'error' ? ('error' as const) : ('warning' as const),
      message,
    }))
    current.dispatch(setDiagnostics(current.state, diagnostics))
  }, [problems])
  useEffect(() => {
    const { current } = view
    if (current) showRule(current, shown)
  }, [shown])
  return <div ref={host} className="h-full min-h-0 overflow-hidden" />
}

const readOnlyOf = (readOnly: boolean) => [EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly)]
