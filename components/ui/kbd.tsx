import type { ReactNode } from 'react'

/** A key, as navigation and help show it. */
export const Kbd = ({ children }: { children: ReactNode }) => (
  <kbd className="font-sans text-2xs tracking-wide text-fg-3">{children}</kbd>
)
