import { useEffect } from 'react'
import type { Lens } from '../url-state'
import type { RendererProps } from './renderer'

/** What the map shows just now, as its renderer got it, for those who copy, print or keep it. */
export type Drawn = RendererProps & { readonly lens: Lens }

let current: Drawn | null = null

/** The drawn map; null where none is (a list, another page). */
export const drawnMap = (): Drawn | null => current

/** Tells what is drawn while it is. */
export function useDrawn(props: RendererProps, lens: Lens): void {
  useEffect(() => {
    current = { ...props, lens }
  })
  useEffect(
    () => () => {
      current = null
    },
    [],
  )
}
