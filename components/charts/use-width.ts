'use client'

import { type RefObject, useLayoutEffect, useState } from 'react'

/** The width of an element in pixels, as it is now, measured before it is first painted; `first` where that cannot be. */
export function useWidth(element: RefObject<HTMLElement | null>, first: number): number {
  const [width, setWidth] = useState(first)
  useLayoutEffect(() => {
    if (!element.current) return undefined
    const tell = (px: number) => px > 0 && setWidth(Math.round(px))
    tell(element.current.clientWidth)
    const observer = new ResizeObserver(([entry]) => entry && tell(entry.contentRect.width))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return width
}
