'use client'

import { useQuery } from '@tanstack/react-query'
import { meQuery } from './queries'

/** Why whoever looks on may change no policies anywhere, for buttons that they cannot press; null: they may, or it is not known yet. */
export function useWhyNotEdit(): string | null {
  const { data: me } = useQuery(meQuery())
  if (me?.edits !== 'nothing') return null
  return 'You only look on here: none of your groups may change policies. Ask who runs Oriel to make you an editor.'
}
