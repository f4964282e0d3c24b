type Tab = Pick<Window, 'addEventListener' | 'removeEventListener'>

/** Counts what would be lost with a tab: while there is any of it, the browser asks before it closes the tab. */
export function createHold(tab: () => Tab) {
  const held = new Set<unknown>()
  const ask = (event: BeforeUnloadEvent) => event.preventDefault()
  return (what: unknown, isHeld: boolean): void => {
    const before = held.size
    if (isHeld) held.add(what)
    else held.delete(what)
    if (before === 0 && held.size > 0) tab().addEventListener('beforeunload', ask)
    if (before > 0 && held.size === 0) tab().removeEventListener('beforeunload', ask)
  }
}

/** Holds this tab for something (any key of one's own), or lets it go. */
export const holdTab = createHold(() => globalThis.window)
