import { StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'
import type { TextRange } from '@/core/policy/edit/policy-edit'

const show = StateEffect.define<TextRange | null>()
const line = Decoration.line({ class: 'cm-ruleLine' })

/** Lines of the rule that is selected on the visual side. */
export const shownRule = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, change) {
    const effect = change.effects.find((one) => one.is(show))
    if (!effect) return marks.map(change.changes)
    const range = effect.value
    if (!range) return Decoration.none
    const { doc } = change.state
    const first = doc.lineAt(Math.min(range.from, doc.length)).number
    const last = doc.lineAt(Math.min(Math.max(range.from, range.to - 1), doc.length)).number
    return Decoration.set(Array.from({ length: last - first + 1 }, (_, i) => line.range(doc.line(first + i).from)))
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** Marks a part of the text and brings it into sight; null takes the mark away. */
export function showRule(view: EditorView, range: TextRange | null): void {
  view.dispatch({
    effects: [
      show.of(range),
      ...(range
        ? [EditorView.scrollIntoView(Math.min(range.from, view.state.doc.length), { y: 'nearest', yMargin: 40 })]
        : []),
    ],
  })
}
