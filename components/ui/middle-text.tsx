'use client'

import { useLayoutEffect, useRef } from 'react'
import { middleCut } from './middle-cut'

type Props = {
  text: string
  title?: string
  className?: string
  /** How many of the last letters matter most. */
  kept?: number
}

/**
 * A name that loses its middle where it does not fit. The whole name stays in the document, for
 * readers and for copying; what is seen in its place is drawn by `.middle-text` (globals.css).
 */
export function MiddleText({ text, title, className = '', kept }: Props) {
  const box = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => (box.current ? watch(box.current, text, kept) : undefined), [text, kept])
  return (
    <span key={text} ref={box} className={`middle-text ${className}`} title={title}>
      <span>{text}</span>
    </span>
  )
}

type Watched = { readonly text: string; readonly kept: number | undefined }

const watched = new WeakMap<Element, Watched>()
let observer: ResizeObserver | null = null
let pen: CanvasRenderingContext2D | null = null

/** One observer for all names: boxes are read after layout, never forcing one. Returns how to stop. */
function watch(box: HTMLElement, text: string, kept: number | undefined): () => void {
  observer ??= new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) if (target instanceof HTMLElement) fill(target, contentRect.width)
  })
  watched.set(box, { text, kept })
  observer.observe(box)
  return () => observer?.unobserve(box)
}

function fill(box: HTMLElement, room: number): void {
  const name = watched.get(box)
  const whole = box.firstElementChild?.getBoundingClientRect().width ?? 0
  pen ??= document.createElement('canvas').getContext('2d')
  // Half a pixel is rounding, not a lack of room.
  if (!name || !pen || whole <= room + 0.5) return void box.removeAttribute('data-cut')
  const ink = pen
  ink.font = getComputedStyle(box).font
  const scale = whole / Math.max(1, ink.measureText(name.text).width)
  box.dataset.cut = middleCut(name.text, (text) => ink.measureText(text).width * scale <= room, name.kept)
}
