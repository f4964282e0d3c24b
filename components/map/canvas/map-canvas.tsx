'use client'

import { useCallback, useMemo, useRef } from 'react'
import { paint } from './paint'
import { paintCaptions, paintGlyphs } from './paint-captions'
import { prepare } from '../scene/prepare'
import type { RendererProps } from '../renderer'
import { useFrames, type Frame } from './use-frames'

/** The map on a 2D canvas, where WebGL is missing or slow: detail by zoom, fewer edges while the camera moves. */
export function MapCanvas({ scene, emphasis, camera, captions }: RendererProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const prepared = useMemo(() => prepare(scene), [scene])
  const outlines = useMemo(() => prepared.regions.map((region) => new Path2D(region.path)), [prepared])
  const draw = useCallback(
    ({ camera: at, size, palette, moving }: Frame) => {
      const context = canvas.current?.getContext('2d')
      if (!context) return
      context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
      paint(context, prepared, outlines, at, size, palette, emphasis, moving)
      if (moving) return
      paintGlyphs(context, prepared, at, size, palette)
      paintCaptions(context, prepared, at, palette, captions, emphasis.active)
    },
    [prepared, outlines, emphasis, captions],
  )
  useFrames(canvas, camera, draw)
  return <canvas ref={canvas} aria-hidden="true" className="absolute inset-0 size-full" />
}
