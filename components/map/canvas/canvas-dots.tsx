'use client'

import { useLayoutEffect, useMemo, useRef } from 'react'
import type { Size } from '../camera/camera'
import { useMotion } from './motion'
import { paletteOf, type Palette } from '../scene/palette'
import { type Dot, dotsAt, flows } from './pulses'
import type { RendererProps } from '../renderer'

/** Dots need no more frames than this, and a large map has better things to do. */
const frameMs = 1000 / 30

/**
 * Dots that run along the edges of what is hovered or chosen, over a map that is drawn on a canvas: on one
 * of their own, so that nothing else is painted again. Still where the system asks for less motion, and in
 * hidden tabs, which get no frames.
 */
export function CanvasDots({ scene, emphasis, camera }: Pick<RendererProps, 'scene' | 'emphasis' | 'camera'>) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const motion = useMotion()
  const { active, dragging } = emphasis
  const edges = useMemo(() => {
    const moves = motion && dragging === null && active.size > 0
    return moves ? scene.edges.filter((edge) => active.has(edge.id) && flows(edge)) : []
  }, [scene.edges, active, dragging, motion])
  useLayoutEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context || edges.length === 0) return undefined
    const still = matchMedia('(prefers-reduced-motion: reduce)')
    const palette = paletteOf(element)
    let frame = 0
    let last = 0
    const step = (now: number) => {
      frame = requestAnimationFrame(step)
      if (now - last < frameMs - 1) return
      last = now
      const { x, y, k } = camera.get()
      const ratio = devicePixelRatio
      const size = fitted(element, ratio)
      context.setTransform(ratio, 0, 0, ratio, 0, 0)
      context.clearRect(0, 0, size.width, size.height)
      context.translate(x, y)
      context.scale(k, k)
      paintDots(context, dotsAt(edges, now), palette, k)
    }
    const run = () => {
      cancelAnimationFrame(frame)
      clear(context, element)
      if (!still.matches) frame = requestAnimationFrame(step)
    }
    run()
    still.addEventListener('change', run)
    return () => {
      still.removeEventListener('change', run)
      cancelAnimationFrame(frame)
      clear(context, element)
    }
  }, [edges, camera])
  return <canvas ref={canvas} data-dots aria-hidden="true" className="pointer-events-none absolute inset-0 size-full" />
}

/** Dots keep to a size that is seen, however far away the map is. */
function paintDots(context: CanvasRenderingContext2D, dots: readonly Dot[], palette: Palette, k: number): void {
  for (const fails of [false, true]) {
    context.fillStyle = fails ? palette.bad : palette['fg-2']
    context.beginPath()
    for (const dot of dots) {
      if (dot.fails !== fails) continue
      const r = Math.max(dot.r, 1.4 / k)
      if (fails) context.rect(dot.x - r, dot.y - r, 2 * r, 2 * r)
      else {
        context.moveTo(dot.x + r, dot.y)
        context.arc(dot.x, dot.y, r, 0, 2 * Math.PI)
      }
    }
    context.fill()
  }
}

/** The canvas with as many pixels as its place has; setting them clears it, so only where they differ. */
function fitted(element: HTMLCanvasElement, ratio: number): Size {
  const size = { width: element.clientWidth, height: element.clientHeight }
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)]
  if (element.width !== width) element.width = width
  if (element.height !== height) element.height = height
  return size
}

function clear(context: CanvasRenderingContext2D, { width, height }: HTMLCanvasElement): void {
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, width, height)
}
