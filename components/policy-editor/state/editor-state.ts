import type { DraftObject } from './draft-object'

/** Everything that undo brings back. */
export type Snapshot = { readonly objects: readonly DraftObject[]; readonly active: string | null }

export type EditorState = Snapshot & {
  readonly past: readonly Snapshot[]
  readonly future: readonly Snapshot[]
  /** The tab that is typed in and when last (milliseconds); null: the last change was another one. */
  readonly typing: { readonly id: string; readonly at: number } | null
  /** Grows with each change of an object; what is saved is told by it. */
  readonly revision: number
  /** What the last undo or redo did, for screen readers. */
  readonly said: string
}

export type EditorAction =
  /** Begins anew, without a history. */
  | { readonly type: 'open'; readonly objects: readonly DraftObject[] }
  /** A keystroke in the text. `at`: milliseconds. */
  | { readonly type: 'typed'; readonly id: string; readonly text: string; readonly at: number }
  /** An edit on the visual side. */
  | { readonly type: 'edited'; readonly id: string; readonly text: string }
  | { readonly type: 'added'; readonly object: DraftObject }
  /** Takes an object out of the plan; what stands in the cluster stays. */
  | { readonly type: 'left out'; readonly id: string }
  | { readonly type: 'deleted'; readonly id: string; readonly deleted: boolean }
  /** Back to what stands in the cluster. */
  | { readonly type: 'reverted'; readonly id: string }
  /** What stands in the cluster is another now (it was applied, or somebody changed it); no step of its own. */
  | { readonly type: 'rebased'; readonly bases: ReadonlyMap<string, DraftObject['base']> }
  | { readonly type: 'replaced'; readonly objects: readonly DraftObject[] }
  | { readonly type: 'chosen'; readonly id: string }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }

export const emptyEditor: EditorState = {
  objects: [],
  active: null,
  past: [],
  future: [],
  typing: null,
  revision: 0,
  said: '',
}

/** Keystrokes that follow each other within this are undone together (milliseconds). */
const typingPauseMs = 800
const maxSteps = 200

/** The next state of the editor: texts are the truth, both sides are read from them, and one history covers both. */
export function reduceEditor(state: EditorState, action: EditorAction): EditorState {
  switch (action.type) {
    case 'open':
      return { ...emptyEditor, objects: action.objects, active: action.objects[0]?.id ?? null }
    case 'typed': {
      const goesOn = state.typing?.id === action.id && action.at - state.typing.at < typingPauseMs
      const typing = { id: action.id, at: action.at }
      const objects = withObject(state, action.id, { text: action.text })
      if (objects === state.objects) return state
      if (goesOn) return { ...state, objects, typing, future: [], revision: state.revision + 1 }
      return { ...step(state, { objects, active: action.id }), typing }
    }
    case 'edited':
      return stepIfChanged(state, withObject(state, action.id, { text: action.text }))
    case 'added':
      return step(state, { objects: [...state.objects, action.object], active: action.object.id })
    case 'left out': {
      const objects = state.objects.filter(({ id }) => id !== action.id)
      const active = state.active === action.id ? (objects.at(-1)?.id ?? null) : state.active
      return objects.length === state.objects.length ? state : step(state, { objects, active })
    }
    case 'deleted':
      return stepIfChanged(state, withObject(state, action.id, { deleted: action.deleted }))
    case 'reverted': {
      const base = state.objects.find(({ id }) => id === action.id)?.base
      return base ? stepIfChanged(state, withObject(state, action.id, { text: base.text, deleted: false })) : state
    }
    case 'rebased':
      return {
        ...state,
        ...rebased(state, action.bases),
        past: state.past.map((one) => rebased(one, action.bases)),
        future: state.future.map((one) => rebased(one, action.bases)),
        revision: state.revision + 1,
      }
    case 'replaced': {
      const stays = action.objects.some(({ id }) => id === state.active)
      return step(state, { objects: action.objects, active: stays ? state.active : (action.objects[0]?.id ?? null) })
    }
    case 'chosen':
      return state.objects.some(({ id }) => id === action.id) ? { ...state, active: action.id, typing: null } : state
    case 'undo':
      return undo(state)
    case 'redo':
      return redo(state)
  }
}

const snapshotOf = ({ objects, active }: Snapshot): Snapshot => ({ objects, active })

function step(state: EditorState, next: Snapshot): EditorState {
  return {
    ...next,
    past: [...state.past, snapshotOf(state)].slice(-maxSteps),
    future: [],
    typing: null,
    revision: state.revision + 1,
    said: '',
  }
}

const stepIfChanged = (state: EditorState, objects: readonly DraftObject[]): EditorState =>
  objects === state.objects ? state : step(state, { objects, active: state.active })

function undo(state: EditorState): EditorState {
  const last = state.past.at(-1)
  if (!last) return state
  return {
    ...last,
    past: state.past.slice(0, -1),
    future: [snapshotOf(state), ...state.future],
    typing: null,
    revision: state.revision + 1,
    said: 'Undone',
  }
}

function redo(state: EditorState): EditorState {
  const [next, ...future] = state.future
  if (!next) return state
  return {
    ...next,
    past: [...state.past, snapshotOf(state)],
    future,
    typing: null,
    revision: state.revision + 1,
    said: 'Done again',
  }
}

/** The same list where nothing differs. */
function withObject(
  { objects }: Snapshot,
  id: string,
  changed: Partial<Pick<DraftObject, 'text' | 'deleted'>>,
): readonly DraftObject[] {
  const object = objects.find((one) => one.id === id)
  if (!object) return objects
  const next = { ...object, ...changed }
  if (next.text === object.text && next.deleted === object.deleted) return objects
  return objects.map((one) => (one === object ? next : one))
}

const rebased = (snapshot: Snapshot, bases: ReadonlyMap<string, DraftObject['base']>): Snapshot => ({
  active: snapshot.active,
  objects: snapshot.objects.map((one) => {
    const base = bases.get(one.id)
    return base === undefined ? one : { ...one, base }
  }),
})
