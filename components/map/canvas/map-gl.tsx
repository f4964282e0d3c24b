'use client'

import { useCallback, useLayoutEffect, useMemo, useRef } from 'react'
import { createGlPainter, type GlPainter } from './gl-painter'
import { paintOver } from './paint'
import { paintCaptions, paintGlyphs } from './paint-captions'
import { prepare } from '../scene/prepare'
import type { RendererProps } from '../renderer'
import { useFrames, type Frame } from './use-frames'
import type { Palette } from '../scene/palette'

type Props = RendererProps & {
  /** Told when the graphics card gives up; something else must draw then. */
  readonly onLost: () => void
}

/** The map by WebGL2, for more than some 300 nodes; names and what stands out lie on a 2D canvas above it. */
export function MapGl({ scene, emphasis, camera, captions, onLost }: Props) {
  const bulk = useRef<HTMLCanvasElement>(null)
  const over = useRef<HTMLCanvasElement>(null)
  const painter = useRef<GlPainter | null>(null)
  const loaded = useRef<unknown>(null)
  const prepared = useMemo(() => prepare(scene), [scene])

  useLayoutEffect(() => {
    const element = bulk.current
    if (!element) return undefined
    try {
      painter.current = createGlPainter(element)
    } catch {
      painter.current = null
    }
    if (!painter.current) onLost()
    element.addEventListener('webglcontextlost', onLost)
    return () => {
      element.removeEventListener('webglcontextlost', onLost)
      painter.current?.dispose()
      painter.current = null
      loaded.current = null
    }
  }, [onLost])

  const draw = useCallback(
    ({ camera: at, size, palette }: Frame) => {
      const context = over.current?.getContext('2d')
      if (!context || !painter.current) return
      if (loaded.current !== prepared) painter.current.load(prepared)
      loaded.current = prepared
      painter.current.draw(at, size, emphasis.lit !== null)
      context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
      paintOver(context, prepared, at, size, palette, emphasis)
      paintGlyphs(context, prepared, at, size, palette)
      paintCaptions(context, prepared, at, palette, captions, emphasis.active)
    },
    [prepared, emphasis, captions],
  )
  const recolour = useCallback((palette: Palette) => painter.current?.colour(palette), [])
  useFrames(over, camera, draw, recolour, bulk)
  return (
    <>
      <canvas ref={bulk} aria-hidden="true" className="absolute inset-0 size-full" />
      <canvas ref={over} aria-hidden="true" className="pointer-events-none absolute inset-0 size-full" />
    </>
  )
}
