/** A place that was gone to by the command menu. */
export type Recent = { readonly label: string; readonly href: string }

const storageKey = 'oriel-recent'
const keptAtMost = 5

/** The last places, newest first; what another version wrote is passed over. */
export function readRecent(): readonly Recent[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isRecent).slice(0, keptAtMost) : []
  } catch {
    return []
  }
}

/** Puts a place first. A browser that keeps nothing forgets it. */
export function rememberRecent(place: Recent): void {
  const others = readRecent().filter(({ label }) => label !== place.label)
  try {
    localStorage.setItem(storageKey, JSON.stringify([place, ...others].slice(0, keptAtMost)))
  } catch {
    // Private windows may refuse; the menu works without.
  }
}

const isRecent = (value: unknown): value is Recent =>
  typeof value === 'object' &&
  value !== null &&
  'label' in value &&
  typeof value.label === 'string' &&
  'href' in value &&
  typeof value.href === 'string' &&
  /^\/(?![/\\])/.test(value.href)
