import { REGISTRY } from '../pages'

/** What must have focus for a key to mean something. */
export type KeyPlace = 'map' | 'filter' | 'matrix' | 'strip' | 'table'

/** A key or a sequence of two. One with a `place` works only there: then `keys` are several keys that do the like. */
export type Shortcut = {
  readonly id: string
  readonly keys: string
  readonly label: string
  readonly group: 'Anywhere' | 'Go to' | 'Time' | 'Map' | 'Tables'
  readonly place?: KeyPlace
}

/** Every single-key shortcut of the console. Keys and the help sheet both come from here. */
export const SHORTCUTS: readonly Shortcut[] = [
  { id: 'filter', keys: '/', label: 'Find or filter', group: 'Anywhere' },
  { id: 'help', keys: '?', label: 'Keyboard help', group: 'Anywhere' },
  { id: 'share', keys: 's', label: 'Share this view', group: 'Anywhere' },
  { id: 'share.copy', keys: 'c', label: 'Copy the address of this view', group: 'Anywhere' },
  { id: 'up', keys: 'Escape', label: 'Up one level: close, clear, leave', group: 'Anywhere' },
  ...REGISTRY.map((page): Shortcut => ({
    id: `go ${page.path}`,
    keys: `g ${page.key}`,
    label: page.title,
    group: 'Go to',
  })),
  { id: 'time', keys: 't', label: 'Choose the time range', group: 'Time' },
  { id: 'time.back', keys: '[', label: 'Window back', group: 'Time' },
  { id: 'time.forward', keys: ']', label: 'Window forward', group: 'Time' },
  { id: 'time.play', keys: '.', label: 'Play or pause time as a film', group: 'Time' },
  { id: 'live', keys: 'Space', label: 'Pause or go live', group: 'Time' },
  { id: 'strip.move', keys: '← → ↑ ↓', label: 'On the strip: earlier, later', group: 'Time', place: 'strip' },
  { id: 'strip.page', keys: 'PageUp PageDown', label: 'On the strip: by its length', group: 'Time', place: 'strip' },
  { id: 'strip.ends', keys: 'Home End', label: 'On the strip: first, last', group: 'Time', place: 'strip' },
  { id: 'strip.zoom', keys: '+ -', label: 'On the strip: shorter, longer', group: 'Time', place: 'strip' },
  { id: 'map.list', keys: 'l', label: 'Map or list', group: 'Map' },
  { id: 'map.matrix', keys: 'x', label: 'Map or matrix', group: 'Map' },
  { id: 'map.around', keys: 'f', label: 'Draw the map around what is chosen', group: 'Map' },
  { id: 'map.arrows', keys: '← → ↑ ↓', label: 'Nearest neighbour along an edge', group: 'Map', place: 'map' },
  { id: 'map.next', keys: 'n p', label: 'Next, previous edge', group: 'Map', place: 'map' },
  { id: 'map.focus', keys: 'Enter', label: 'Open what has focus', group: 'Map', place: 'map' },
  { id: 'map.compare', keys: 'Shift Enter', label: 'Compare it with what is chosen', group: 'Map', place: 'map' },
  { id: 'map.find', keys: 'Enter', label: 'In the filter: next found node', group: 'Map', place: 'filter' },
  { id: 'map.back', keys: 'Backspace', label: 'Back to the last one', group: 'Map', place: 'map' },
  { id: 'matrix.move', keys: '← → ↑ ↓', label: 'In the matrix: cell to cell', group: 'Map', place: 'matrix' },
  { id: 'matrix.call', keys: 'Ctrl ← → ↑ ↓', label: 'In the matrix: next call', group: 'Map', place: 'matrix' },
  { id: 'matrix.ends', keys: 'Home End', label: 'In the matrix: ends of the row', group: 'Map', place: 'matrix' },
  { id: 'matrix.corners', keys: 'Ctrl Home End', label: 'In the matrix: corners', group: 'Map', place: 'matrix' },
  { id: 'table.move', keys: '↑ ↓', label: 'Row up, row down', group: 'Tables', place: 'table' },
  { id: 'table.page', keys: 'PageUp PageDown', label: 'Ten rows up, down', group: 'Tables', place: 'table' },
  { id: 'table.ends', keys: 'Home End', label: 'First row, last row', group: 'Tables', place: 'table' },
  { id: 'table.open', keys: 'Enter', label: 'Open the row', group: 'Tables', place: 'table' },
]

export type Match = { readonly id: string } | { readonly prefix: string } | null

/** What a key means after `prefix` ('' at the start): a shortcut, the beginning of one, or nothing. */
export function matchKey(prefix: string, key: string, table: readonly Shortcut[] = SHORTCUTS): Match {
  const typed = prefix ? `${prefix} ${key}` : key
  const active = table.filter((shortcut) => !shortcut.place)
  const exact = active.find((shortcut) => shortcut.keys === typed)
  if (exact) return { id: exact.id }
  if (active.some((shortcut) => shortcut.keys.startsWith(`${typed} `))) return { prefix: typed }
  return prefix ? matchKey('', key, table) : null
}

/** The name of a key as the table writes it. */
export const keyName = (key: string): string => (key === ' ' ? 'Space' : key)
