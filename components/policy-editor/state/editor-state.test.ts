import { describe, expect, it } from 'vitest'
import type { DraftObject } from './draft-object'
import { emptyEditor, type EditorAction, type EditorState, reduceEditor } from './editor-state'

const object = (id: string, text = id): DraftObject => ({ id, base: null, text, deleted: false })
const after = (...actions: readonly EditorAction[]): EditorState => actions.reduce(reduceEditor, emptyEditor)
const open: EditorAction = { type: 'open', objects: [object('a'), object('b')] }
const typed = (text: string, at: number, id = 'a'): EditorAction => ({ type: 'typed', id, text, at })
const textOf = ({ objects }: EditorState, id = 'a') => objects.find((one) => one.id === id)?.text

describe('one history for both sides', () => {
  it('undoes a run of keystrokes at once, and a pause parts it', () => {
    const state = after(open, typed('a1', 0), typed('a12', 500), typed('a123', 2_000))
    const once = reduceEditor(state, { type: 'undo' })
    expect(textOf(once)).toBe('a12')
    expect(textOf(reduceEditor(once, { type: 'undo' }))).toBe('a')
  })

  it('undoes an edit of the visual side apart from what was typed before', () => {
    const state = after(open, typed('a1', 0), { type: 'edited', id: 'a', text: 'a1+' }, { type: 'undo' })
    expect(textOf(state)).toBe('a1')
  })

  it('parts keystrokes by a visual edit even within the pause', () => {
    const state = after(open, typed('a1', 0), { type: 'edited', id: 'a', text: 'v' }, typed('v1', 10), { type: 'undo' })
    expect(textOf(state)).toBe('v')
  })

  it('goes back to the tab that the change was in', () => {
    const state = after(open, typed('a1', 0), { type: 'chosen', id: 'b' }, typed('b1', 0, 'b'), { type: 'undo' })
    expect(textOf(state, 'b')).toBe('b')
    expect(textOf(reduceEditor(state, { type: 'redo' }), 'b')).toBe('b1')
  })

  it('forgets what could be done again after another change', () => {
    const state = after(open, typed('a1', 0), { type: 'undo' }, typed('a2', 5_000), { type: 'redo' })
    expect(textOf(state)).toBe('a2')
  })

  it('makes no step of what changes nothing', () => {
    expect(after(open, { type: 'edited', id: 'a', text: 'a' }).past).toHaveLength(0)
  })

  it('adds and leaves out objects, and chooses a tab that is there', () => {
    const state = after(open, { type: 'added', object: object('c') }, { type: 'left out', id: 'c' })
    expect(state.active).toBe('b')
    expect(reduceEditor(state, { type: 'undo' }).active).toBe('c')
  })

  it('keeps the new base through undo', () => {
    const base = { ref: { group: '', kind: 'K', namespace: 'n', name: 'a' }, resourceVersion: '2', text: 'a1' }
    const state = after(open, typed('a1', 0), { type: 'rebased', bases: new Map([['a', base]]) }, { type: 'undo' })
    expect(state.objects[0]).toMatchObject({ text: 'a', base })
  })
})
