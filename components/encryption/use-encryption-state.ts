'use client'

import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useCallback } from 'react'
import { encryptionClasses, type EncryptionClass, encryptionUnits } from '@/core/encryption/classes'
import { type FigureOf, figureOfText } from '@/core/encryption/figure-of'

/** What the rows of coverage are. */
export const rowKinds = ['namespace', 'team', 'cluster'] as const
export type RowKind = (typeof rowKinds)[number]

const parsers = {
  unit: parseAsStringLiteral(encryptionUnits).withDefault('bytes'),
  rows: parseAsStringLiteral(rowKinds).withDefault('namespace'),
  /** The figure whose evidence is open (core/encryption/figure-of.ts), and the class of it. */
  of: parseAsString,
  class: parseAsStringLiteral(encryptionClasses),
  /** The edge whose evidence is open. */
  sel: parseAsString,
  /** Lists that are shown whole. */
  whole: parseAsArrayOf(parseAsString).withDefault([]),
}

/** Unit, rows and open evidence of the encryption page, in the URL. */
export function useEncryptionState() {
  const [state, setState] = useQueryStates(parsers, { history: 'push' })
  const openFigure = useCallback(
    (of: FigureOf, only: EncryptionClass | null = null) =>
      void setState({ of: figureOfText(of), class: only, sel: null }),
    [setState],
  )
  const openEdge = useCallback((sel: string) => void setState({ sel }), [setState])
  /** From an edge back to the figure that it was opened from, else closed. */
  const close = useCallback(
    () => void setState(({ sel }) => (sel === null ? { of: null, class: null } : { sel: null })),
    [setState],
  )
  const showWhole = useCallback(
    (list: string) =>
      void setState(({ whole }) => ({
        whole: whole.includes(list) ? whole.filter((each) => each !== list) : [...whole, list],
      })),
    [setState],
  )
  return { ...state, setState, openFigure, openEdge, close, showWhole }
}

export type EncryptionState = ReturnType<typeof useEncryptionState>
