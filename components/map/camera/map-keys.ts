import type { Direction } from './walk'

/** What a key does on the map that has focus. */
export type MapKey =
  | { readonly does: 'step'; readonly direction: Direction }
  | { readonly does: 'edge'; readonly by: 1 | -1 }
  | { readonly does: 'open' | 'compare' | 'around' | 'back' }

const keys: Readonly<Record<string, MapKey>> = {
  ArrowLeft: { does: 'step', direction: 'left' },
  ArrowRight: { does: 'step', direction: 'right' },
  ArrowUp: { does: 'step', direction: 'up' },
  ArrowDown: { does: 'step', direction: 'down' },
  n: { does: 'edge', by: 1 },
  p: { does: 'edge', by: -1 },
  Enter: { does: 'open' },
  f: { does: 'around' },
  Backspace: { does: 'back' },
}

/** null for a key that means nothing on the map. */
export function mapKeyOf({ key, shiftKey }: { readonly key: string; readonly shiftKey: boolean }): MapKey | null {
  if (key === 'Enter' && shiftKey) return { does: 'compare' }
  return Object.hasOwn(keys, key) ? (keys[key] ?? null) : null
}
