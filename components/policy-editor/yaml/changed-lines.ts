import { EditorState, type Extension, Facet, RangeSet, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, GutterMarker, gutterLineClass } from '@codemirror/view'
import { diffLines } from '@/core/text/line-diff'

/** The text that lines are compared with; null: everything is new, and nothing is marked. */
export const baseText = Facet.define<string | null, string | null>({ combine: (values) => values[0] ?? null })

/** Numbers of lines of `text` that `base` lacks, and of those before which lines of `base` are gone. */
export function changedLines(
  base: string,
  text: string,
): { readonly added: number[]; readonly removedBefore: number[] } {
  const added: number[] = []
  const removedBefore: number[] = []
  let gone = false
  for (const line of diffLines(base, text)) {
    if (line.kind === 'removed') gone = true
    else {
      if (line.kind === 'added' && line.new !== null) added.push(line.new)
      else if (gone && line.new !== null) removedBefore.push(line.new)
      gone = false
    }
  }
  return { added, removedBefore }
}

class ChangedMarker extends GutterMarker {
  override elementClass = 'cm-changedGutter'
}
const marker = new ChangedMarker()
const addedLine = Decoration.line({ class: 'cm-changedLine' })
const removedAbove = Decoration.line({ class: 'cm-removedAbove' })

type Marked = { readonly lines: DecorationSet; readonly gutter: RangeSet<GutterMarker> }

function markedOf(state: EditorState): Marked {
  const base = state.facet(baseText)
  if (base === null) return { lines: Decoration.none, gutter: RangeSet.empty }
  const { added, removedBefore } = changedLines(base, state.doc.toString())
  const startOf = (line: number) => state.doc.line(Math.min(line, state.doc.lines)).from
  return {
    lines: Decoration.set(
      [
        ...added.map((line) => addedLine.range(startOf(line))),
        ...removedBefore.map((line) => removedAbove.range(startOf(line))),
      ],
      true,
    ),
    gutter: RangeSet.of(
      added.map((line) => marker.range(startOf(line))),
      true,
    ),
  }
}

const field = StateField.define<Marked>({
  create: markedOf,
  update: (value, change) =>
    change.docChanged || change.startState.facet(baseText) !== change.state.facet(baseText)
      ? markedOf(change.state)
      : value,
  provide: (self) => [
    EditorView.decorations.from(self, ({ lines }) => lines),
    gutterLineClass.from(self, ({ gutter }) => gutter),
  ],
})

/** Marks the lines that the draft added, and the places where it took some away. */
export const changedLinesMarked: Extension = field
