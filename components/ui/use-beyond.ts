'use client'

import { type RefObject, useLayoutEffect, useState } from 'react'

/** Whether more lies beyond the left and the right edge of an element that scrolls. */
export type Beyond = { readonly left: boolean; readonly right: boolean }

const nothing: Beyond = { left: false, right: false }

/** What an element has scrolled away at its sides, kept up to date. */
export function useBeyond(element: RefObject<HTMLElement | null>): Beyond {
  const [beyond, setBeyond] = useState(nothing)
  useLayoutEffect(() => {
    const { current } = element
    if (!current) return undefined
    const look = () => {
      const left = current.scrollLeft > 1
      const right = current.scrollLeft + current.clientWidth < current.scrollWidth - 1
      setBeyond((was) => (was.left === left && was.right === right ? was : { left, right }))
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(current)
    if (current.firstElementChild) observer.observe(current.firstElementChild)
    current.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      current.removeEventListener('scroll', look)
    }
  }, [element])
  return beyond
}
