'use client'

import { createContext, useContext } from 'react'
import type { PolicyGround } from '@/core/policy/ground'
import type { Direction } from '@/core/policy/normal-form'
import type { Path } from '@/core/policy/edit/path'
import type { PolicyEdit } from '@/core/policy/edit/policy-edit'
import type { Peer, RequestChoice, Visual } from '@/core/policy/edit/visual'

/** What the visual side asks the person for, in a dialog. `at`: what it takes the place of; null: one more. */
export type Ask =
  | { readonly ask: 'rule'; readonly direction: Direction }
  | {
      readonly ask: 'peer'
      readonly direction: Direction
      readonly rule: Path
      readonly at: Path | null
      readonly peer: Peer | null
    }
  | { readonly ask: 'ports'; readonly direction: Direction; readonly rule: Path }
  | { readonly ask: 'requests'; readonly rule: Path; readonly requests: readonly RequestChoice[] }
  | { readonly ask: 'subject' }

export type VisualTools = {
  readonly visual: Visual
  readonly ground: PolicyGround
  /** Namespace of the object; null where it has none. */
  readonly own: string | null
  /** Makes an edit; a sentence where it is refused. */
  readonly edit: (edit: PolicyEdit) => string | null
  readonly ask: (ask: Ask | null) => void
}

const VisualContext = createContext<VisualTools | null>(null)
export const VisualProvider = VisualContext.Provider

/** What the parts of the visual side stand on. Throws outside of it. */
export function useVisual(): VisualTools {
  const tools = useContext(VisualContext)
  if (!tools) throw new Error('outside of the visual editor')
  return tools
}
