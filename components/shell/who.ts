import { createContext, useContext } from 'react'

/** Who is logged in, in words. */
export type Who = {
  readonly name: string
  readonly role: string
  /** What they logged in with. */
  readonly by: string
  /** Whether what is sent can be read on its way. */
  readonly isOpen: boolean
}

export const WhoContext = createContext<Who | null>(null)
export const useWho = (): Who | null => useContext(WhoContext)
