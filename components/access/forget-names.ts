const whoKey = 'oriel.who'
/** Where nodes lay, where somebody went: names of what they saw. */
const isNamed = (key: string) => key.startsWith('oriel.map.') || key === 'oriel-recent'

/** Forgets what this browser remembers by name. Texts that are not saved yet stay: they open with their draft alone. */
export function forgetNames(): void {
  try {
    const keys = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '')
    for (const key of keys) if (isNamed(key)) localStorage.removeItem(key)
    localStorage.removeItem(whoKey)
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** The same where somebody else was here before. `who`: whoever is logged in. */
export function forgetOthers(who: string): void {
  try {
    if (localStorage.getItem(whoKey) === who) return
    forgetNames()
    localStorage.setItem(whoKey, who)
  } catch {
    // As above.
  }
}
