import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { keyedWindow } from '../charts/drag-window'
import { mapKeyOf } from '../map/camera/map-keys'
import { matrixKeyOf } from '../map/list/matrix-keys'
import { REGISTRY } from '../pages'
import { movedRow, openKey } from '../ui/use-row-keys'
import { type KeyPlace, matchKey, SHORTCUTS } from './shortcuts'

type Press = { readonly key: string; readonly shiftKey: boolean; readonly ctrlKey: boolean }

const arrows: Readonly<Record<string, string>> = {
  '←': 'ArrowLeft',
  '→': 'ArrowRight',
  '↑': 'ArrowUp',
  '↓': 'ArrowDown',
}
const modifiers = ['Shift', 'Ctrl']

/** `Shift Enter` of a press; letters and signs are what Shift made of them. */
const nameOf = ({ key, shiftKey, ctrlKey }: Press): string =>
  [ctrlKey && 'Ctrl', shiftKey && key.length > 1 && 'Shift', key].filter(Boolean).join(' ')

/** Every press that a line of the help sheet stands for: `Ctrl ← →` is two. */
function pressesOf(keys: string): readonly Press[] {
  const words = keys.split(' ')
  return words
    .filter((word) => !modifiers.includes(word))
    .map((word) => ({
      key: arrows[word] ?? word,
      shiftKey: words.includes('Shift'),
      ctrlKey: words.includes('Ctrl'),
    }))
}

const named = ['Enter', 'Escape', 'Backspace', 'Delete', 'Insert', 'Tab', 'Home', 'End', 'PageUp', 'PageDown', 'F2']
const keyboard = [
  ..."abcdefghijklmnopqrstuvwxyzABCDEFGH0123456789`-=[]\\;',./?+_*#<> ",
  ...named,
  ...Object.values(arrows),
]
/** Everything that can be pressed. */
const presses = keyboard.flatMap((key) => [
  { key, shiftKey: false, ctrlKey: false },
  { key, shiftKey: false, ctrlKey: true },
  { key, shiftKey: true, ctrlKey: false },
])

const window = { from: 400_000, to: 600_000 }
const bounds = { from: 0, to: 1_000_000 }
/** Whether the code of that place does something with a press. Where a modifier is passed over by its listener it means nothing. */
const does: Readonly<Record<Exclude<KeyPlace, 'filter'>, (press: Press) => boolean>> = {
  map: (press) => !press.ctrlKey && mapKeyOf(press) !== null,
  matrix: (press) => matrixKeyOf(press, [4, 4], [9, 9]) !== null,
  strip: ({ key, ctrlKey }) => !ctrlKey && keyedWindow('frame', key, window, bounds) !== null,
  table: ({ key, ctrlKey }) => !ctrlKey && (key === openKey || movedRow(key, 50, 100) !== null),
}
const places = ['map', 'matrix', 'strip', 'table'] as const
const anywhere = SHORTCUTS.filter(({ place }) => !place)

/** Shift changes nothing but Enter on the map. */
const plain = (press: Press) => !press.shiftKey || (press.key === 'Enter' && press.key.length > 1)

describe.each(places)('keys of the %s', (place) => {
  const lines = SHORTCUTS.filter((shortcut) => shortcut.place === place)
  const documented = lines.flatMap(({ keys }) => pressesOf(keys))

  test.each(documented.map((press) => [nameOf(press), press] as const))('%s does something', (_, press) => {
    expect(does[place](press)).toBe(true)
  })
  it('are all documented', () => {
    const known = new Set([...documented.map(nameOf), ...anywhere.map(({ keys }) => keys)])
    const secret = presses.filter((press) => plain(press) && does[place](press)).map(nameOf)
    const others = secret.filter((name) => !known.has(name) && !known.has(name.replace('Shift ', '')))
    expect(others).toEqual([])
  })
})

describe('shortcuts that work anywhere', () => {
  const sources = readdirSync('components', { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(join('components', path), 'utf8'))
  const literal = /useShortcut\(\s*(?:'([^']+)'|`([^`]+)`)/g
  const answered = new Set(
    sources.flatMap((source) => [...source.matchAll(literal)].map(([, plain, template]) => plain ?? template ?? '')),
  )
  const ids = [...answered].flatMap((id) => (id === 'go ${path}' ? REGISTRY.map(({ path }) => `go ${path}`) : id))
  const documented = SHORTCUTS.filter(({ place }) => !place || place === 'filter').map(({ id }) => id)

  it('are answered by somebody, each that the sheet lists, and no other', () => {
    expect(ids.toSorted()).toEqual(documented.toSorted())
  })
  it('are only of the table', () => {
    const calls = sources.flatMap((source) => source.match(/useShortcut\((?!id: string)/g) ?? []).length
    const literals = sources.flatMap((source) => [...source.matchAll(literal)]).length
    expect(literals).toBe(calls)
  })
  test.each(anywhere.map(({ id, keys }) => [keys, id] as const))('%s is %s', (keys, id) => {
    const [first = '', second] = keys.split(' ')
    expect(second === undefined ? matchKey('', first) : matchKey(first, second)).toEqual({ id })
    if (second !== undefined) expect(matchKey('', first)).toEqual({ prefix: first })
  })
})
