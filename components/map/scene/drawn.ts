import { useEffect } from 'react'
import type { Box } from '../camera/camera'
import type { Lens } from '../../url-state'
import type { RendererProps } from '../renderer'

/** What the map shows just now, as its renderer got it, for those who copy, print or keep it. */
export type Drawn = RendererProps & {
  readonly lens: Lens
  /** The part of the scene that somebody chose to see; null where it is all of it. */
  readonly seen: () => Box | null
}

let current: Drawn | null = null

/** The drawn map; null where none is (a list, another page). */
export const drawnMap = (): Drawn | null => current

/** Tells what is drawn while it is. */
export function useDrawn(props: RendererProps, lens: Lens, seen: Drawn['seen']): void {
  useEffect(() => {
    current = { ...props, lens, seen }
  })
  useEffect(
    () => () => {
      current = null
    },
    [],
  )
}
