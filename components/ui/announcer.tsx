'use client'

import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'

const AnnounceContext = createContext<(message: string) => void>(() => {})

/** A polite voice for screen readers: route changes, paused streams, copied text. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState('')
  // A message that is said twice differs by a space, or it would not be spoken again.
  const announce = useCallback((next: string) => setMessage((last) => (last === next ? `${next}\u00A0` : next)), [])
  return (
    <AnnounceContext value={announce}>
      {children}
      <output aria-live="polite" aria-atomic="true" className="sr-only">
        {message}
      </output>
    </AnnounceContext>
  )
}

/** Says a sentence to screen readers without moving focus. */
export const useAnnounce = () => useContext(AnnounceContext)
